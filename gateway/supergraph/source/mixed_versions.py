"""What a source of Federation 1 and the others need of each other, as it can be told before they are merged."""

from collections.abc import Iterator, Sequence

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema, SourceType
from gateway.supergraph.source.specification import OLDEST
from gateway.supergraph.source.usages import finding

_FIELDED = frozenset({Kind.OBJECT, Kind.INTERFACE})


def baseless_extensions(schemas: Sequence[SourceSchema]) -> Iterator[Finding]:
    """EXTENSION_WITH_NO_BASE: a source of Federation 1 extends a type that no other defines.

    What it extends of other kinds is left to the rule for all sources, as what sources of Federation 2 extend is.
    """
    defined: dict[str, set[str]] = {}
    for schema in schemas:
        for found in schema.types.values():
            if found.defined:
                defined.setdefault(found.name, set()).add(schema.source.name)
    for schema in schemas:
        for found in schema.types.values() if schema.federation < OLDEST else ():
            elsewhere = defined.get(found.name, set()) - {schema.source.name}
            if found.kind in _FIELDED and found.extension and not elsewhere:
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
