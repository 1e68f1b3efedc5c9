"""Security directives of a composed supergraph: what they stand on is denied, since nothing here satisfies them."""

from gateway.policy.model import Coordinate
from gateway.supergraph.model import Kind, Supergraph


def secured_fields(supergraph: Supergraph) -> frozenset[Coordinate]:
    """Every (concrete or root type, field) that a security directive protects.

    Interfaces spread nothing: what they hold for every implementing type stands on those types' own fields already,
    and the rest was copied up to them from one type, which protects no other.
    """
    return frozenset(
        (found.name, field.name)
        for found in supergraph.types.values()
        if found.kind is not Kind.INTERFACE
        for field in found.fields.values()
        if field.secured_by
    )
