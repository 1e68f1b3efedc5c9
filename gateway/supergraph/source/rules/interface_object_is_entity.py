"""INTERFACE_OBJECT_USAGE_ERROR: an interface object is found by a key."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@interfaceObject` on types without a key."""
    for found in schema.types.values():
        if found.interface_object and not found.keys:
            yield finding(
                schema,
                "INTERFACE_OBJECT_USAGE_ERROR",
                f"{found.name} is marked @interfaceObject and has no @key",
                f"give {found.name} the key by which the interface is found in other sources",
                found.marks.place,
            )
