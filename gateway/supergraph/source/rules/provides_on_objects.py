"""PROVIDES_ON_NON_OBJECT_FIELD: only what has fields can come with some of them."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.types import type_text
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@provides` on fields whose type has no fields."""
    for found in schema.types.values():
        for field in found.fields.values():
            if field.provides is not None and types.returned(field) is None:
                yield finding(
                    schema,
                    "PROVIDES_ON_NON_OBJECT_FIELD",
                    f"@provides stands on {found.name}.{field.name}, whose type {type_text(field.type)} has no fields",
                    "take @provides off",
                    field.provides.place,
                )
