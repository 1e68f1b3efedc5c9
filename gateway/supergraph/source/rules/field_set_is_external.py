"""REQUIRES_FIELDS_MISSING_EXTERNAL, PROVIDES_FIELDS_MISSING_EXTERNAL: these name what others resolve."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import FieldSetError, SourceTypes
from gateway.supergraph.source.usages import finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@requires` and `@provides` that name a field which neither is external nor lies below one that is."""
    for usage in usages(schema, types):
        if usage.directive == "key" or usage.given.misfit is not None or usage.type_name is None:
            continue
        try:
            chosen = types.chosen(usage.given, usage.type_name)
        except FieldSetError:
            continue  # field_set_fits tells it
        for item in chosen:
            if item.leaf and not item.is_external:
                yield finding(
                    schema,
                    f"{usage.prefix}_FIELDS_MISSING_EXTERNAL",
                    f"{usage} names {item}, which this source resolves itself: it is not marked @external",
                    f"take {item.name} out of the field set, or mark it @external",
                    usage.given.place,
                )
