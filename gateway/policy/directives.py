"""Security directives of a composed supergraph: what they stand on is denied, since nothing here satisfies them."""

from gateway.policy.model import Coordinate
from gateway.supergraph.model import Supergraph


def secured_fields(supergraph: Supergraph) -> frozenset[Coordinate]:
    """Every (concrete or root type, field) that a security directive protects.

    What stands on an interface's field protects the field of every type that implements it: whether a client
    came through the interface is no longer known where decisions are made.
    """
    return frozenset(
        (concrete, field.name)
        for found in supergraph.types.values()
        for field in found.fields.values()
        if field.secured_by
        for concrete in (found.possible or {found.name})
    )
