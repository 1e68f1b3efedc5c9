"""EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: what a source does not resolve, it provides nothing with."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find fields with both `@external` and `@provides`."""
    for found in schema.types.values():
        for field in found.fields.values():
            if field.external is not None and field.provides is not None:
                yield finding(
                    schema,
                    "EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE",
                    f"{found.name}.{field.name} is marked both @external and @provides",
                    "take one of the two off: @external says that this source does not resolve the field",
                    field.external,
                )
