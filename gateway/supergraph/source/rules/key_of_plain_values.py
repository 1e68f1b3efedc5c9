"""KEY_FIELDS_SELECT_INVALID_TYPE: a key is made of values and objects, not of interfaces and unions."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find keys that name a field whose type is an interface or a union."""
    for usage in usages(schema, types):
        if usage.directive != "key" or usage.given.misfit is not None or usage.type_name is None:
            continue
        for item in types.chosen_before(usage.given, usage.type_name):
            returned = types.returned(item.field) if item.field is not None else None
            if item.field is not None and returned is not None and returned.kind is not Kind.OBJECT:
                yield finding(
                    schema,
                    "KEY_FIELDS_SELECT_INVALID_TYPE",
                    f"{usage} names {item}, which is the {returned.kind.value} {returned.name} ({item.field.marks.place})",
                    "make the key of scalars, enums and objects",
                    usage.given.place,
                )
