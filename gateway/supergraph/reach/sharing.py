"""Shared fields: the sources that answer a field for one object have a concrete type in common to give it."""

from collections.abc import Collection, Iterable

from gateway.supergraph.model import Kind
from gateway.supergraph.reach.spots import Landing, Terrain


def differ(terrain: Terrain, landings: Collection[Landing], met: Iterable[str]) -> bool:
    """Whether the sources in which a field lands can return nothing of one type. `met`: the types that clients see.

    Only where two of them return an interface or a union: others may promise less than that one.
    """
    possible = {
        landing.source: frozenset(terrain.possible(landing))
        for landing in landings
        if _is_abstract(terrain, landing)
    }
    return (
        len(possible) > 1 and any(possible.values()) and not frozenset(met).intersection(*possible.values())
    )


def _is_abstract(terrain: Terrain, landing: Landing) -> bool:
    """Interfaces and unions are. An interface object is not: it names no type."""
    known = terrain.supergraph.types.get(landing.type_name)
    if known is None or known.kind not in (Kind.INTERFACE, Kind.UNION):
        return False
    said = known.sources.get(landing.source)
    return said is not None and not said.interface_object
