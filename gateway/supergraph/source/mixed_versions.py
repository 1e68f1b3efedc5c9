"""What a source of Federation 1 and the others need of each other, as it can be told before they are merged."""

from collections.abc import Iterator, Sequence

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema, SourceType
from gateway.supergraph.source.specification import OLDEST
from gateway.supergraph.source.usages import finding


def baseless_extensions(schemas: Sequence[SourceSchema]) -> Iterator[Finding]:
    """EXTENSION_WITH_NO_BASE: a source of Federation 1 extends a type that nobody defines."""
    defined = {found.name for schema in schemas for found in schema.types.values() if not found.extension}
    for schema in schemas:
        for found in schema.types.values() if schema.federation < OLDEST else ():
            if found.extension and found.name not in defined:
                yield finding(
                    schema,
                    "EXTENSION_WITH_NO_BASE",
                    f"{found.name} is extended, and no source defines it",
                    f"define it in the source that owns it (`type {found.name}`), or correct the name",
                    found.marks.place,
                )


def unfounded_interface_objects(schemas: Sequence[SourceSchema]) -> Iterator[Finding]:
    """INTERFACE_OBJECT_USAGE_ERROR: the interface has its key in Federation 1, where that says nothing.

    `schemas` are as they were read: upgrading takes such keys out.
    """
    for schema in schemas:
        for found in schema.types.values():
            if schema.federation < OLDEST and found.kind is Kind.INTERFACE and found.keys:
                yield from _stood_for(schema, found, schemas)


def _stood_for(
    schema: SourceSchema, interface: SourceType, others: Sequence[SourceSchema]
) -> Iterator[Finding]:
    for other in others:
        stand_in = other.types.get(interface.name)
        if stand_in is not None and stand_in.interface_object:
            yield finding(
                other,
                "INTERFACE_OBJECT_USAGE_ERROR",
                f"{interface.name} is an @interfaceObject, so that another source tells of which type each is; the key"
                f" of the interface in {schema.source.name} ({interface.keys[0].fields.place}) does not serve, for"
                " interfaces are not found by keys in Federation 1",
                f"link federation v2.3 or newer in {schema.source.name}, or take the key from the interface",
                stand_in.marks.place,
            )
