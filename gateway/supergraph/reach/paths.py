"""Field sets as the paths down to their leaves, and keys as what leads from one object to spots of the same one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.supergraph.model import TYPENAME, FieldSet
from gateway.supergraph.reach.spots import Spot, Terrain


@dataclass(frozen=True, slots=True)
class Step:
    """One field on the way down a field set; `on`: the type condition around it."""

    field: str
    on: str | None


Path = tuple[Step, ...]
"""From an object down to one leaf of a field set."""


def paths_of(fields: FieldSet) -> tuple[Path, ...]:
    """Every path to a leaf of a field set (which is at most 16 deep: `field_sets`)."""
    found: list[Path] = []
    for part in fields:
        if part.name != TYPENAME:
            step = Step(part.name, part.on)
            found += [(step, *path) for path in paths_of(part.children)] or [(step,)]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Crossing:
    """One key, and the spots of the same object that it leads to."""

    paths: tuple[Path, ...]
    targets: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Crossings:
    """All that leads on from an object. `touched`: per source, the crossings whose keys it says anything of."""

    all: tuple[Crossing, ...]
    touched: Mapping[str, tuple[int, ...]]

    def after(self, sources: Iterable[str]) -> list[int]:
        """The crossings that may be open now that an object was had from these sources too, in order."""
        return sorted({index for source in sources for index in self.touched.get(source, ())})


class CrossingBook:
    """The crossings of every kind of object, with memory."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self._known: dict[tuple[str, str | None], Crossings] = {}

    def crossings(self, spot: Spot) -> Crossings:
        """What leads on from an object at a spot."""
        key = (spot.type_name, spot.interface)
        if key not in self._known:
            self._known[key] = self._find(spot)
        return self._known[key]

    def _find(self, spot: Spot) -> Crossings:
        targets: dict[FieldSet, list[Spot]] = {}
        for way in self.terrain.ways(spot):
            for fields in way.keys:
                targets.setdefault(fields, []).append(way.target)
        found = tuple(Crossing(paths_of(fields), tuple(spots)) for fields, spots in targets.items())
        touched: dict[str, dict[int, None]] = {}
        for index, crossing in enumerate(found):
            for source in self._sources(spot, crossing):
                touched.setdefault(source, {})[index] = None
        return Crossings(found, {source: tuple(indices) for source, indices in touched.items()})

    def _sources(self, spot: Spot, crossing: Crossing) -> Iterable[str]:
        """The sources on which it depends whether a key can be had."""
        firsts = {path[0].field for path in crossing.paths}
        return {source for field in firsts for source in self.terrain.sources(spot.type_name, field)}
