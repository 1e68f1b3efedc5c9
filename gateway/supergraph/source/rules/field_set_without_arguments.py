"""KEY_FIELDS_HAS_ARGS, PROVIDES_FIELDS_HAS_ARGS: fields with arguments can be no part of these field sets."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import FieldSetError, SourceTypes
from gateway.supergraph.source.usages import finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find keys and `@provides` that name a field with arguments."""
    for usage in usages(schema, types):
        if usage.directive == "requires" or usage.given.misfit is not None or usage.type_name is None:
            continue
        try:
            chosen = types.chosen(usage.given, usage.type_name)
        except FieldSetError:
            continue  # field_set_fits tells it
        for item in chosen:
            if item.field is not None and item.field.arguments:
                yield finding(
                    schema,
                    f"{usage.prefix}_FIELDS_HAS_ARGS",
                    f"{usage} names {item}, which has arguments ({item.field.marks.place})",
                    f"name a field without arguments, or take the arguments from {item}",
                    usage.given.place,
                )
