"""EXTERNAL_ON_INTERFACE: no source resolves the field of an interface, so none leaves it to others."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@external` on fields of interfaces."""
    for found in schema.types.values():
        for field in found.fields.values():
            if found.kind is Kind.INTERFACE and field.external is not None:
                yield finding(
                    schema,
                    "EXTERNAL_ON_INTERFACE",
                    f"{found.name}.{field.name} is a field of an interface, and marked @external",
                    f"take @external off, and mark the field in the types that implement {found.name}",
                    field.external,
                )
