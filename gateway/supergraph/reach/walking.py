"""Walking: every field of every type is asked for, at every set of spots where its objects can be met.

Breadth first, so that what fails is first found by a shortest operation. An object is met at several spots at once
when several sources have the field that leads to it: any of them may be asked, so a field fails only where none of
them leads to it. A set of spots that holds all of one that was walked before offers nothing new.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graphql import GraphQLObjectType

from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT, TypeRef
from gateway.supergraph.reach.hops import Hops, TooMuchWork
from gateway.supergraph.reach.spots import SUBSCRIPTION_ROOT, Landing, Spot, Terrain

MAX_VISITS = 100_000
"""Sets of spots that are walked at most."""

Places = frozenset[tuple[Spot, bool]]
"""The spots at which an object can be had, and whether its source can be asked for it by a key."""


@dataclass(frozen=True, slots=True)
class Trail:
    """How an object is asked for: the root's or parent's trail, the field, and the concrete type it is met as."""

    parent: "Trail | None"
    field: str
    type_name: str

    def steps(self) -> list["Trail"]:
        """From the root down; the root itself, which no field leads to, is first."""
        found: list[Trail] = []
        here: Trail | None = self
        while here is not None:
            found.append(here)
            here = here.parent
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Failure:
    """A field that cannot be answered for objects met at `starts`.

    `untold`: what fails is to tell the concrete type `untold` of the objects that the field leads to, which are known
    as interface objects alone. `trail` leads to the object whose field it is.
    """

    trail: Trail
    field: str
    starts: tuple[Spot, ...]
    untold: str | None = None
    landed: tuple[Landing, ...] = ()

    @property
    def type_name(self) -> str:
        """The type whose field fails."""
        return self.trail.type_name


@dataclass(frozen=True, slots=True)
class SplitFailure:
    """A mutation that several sources have, none of which answers all that can be asked of it.

    It must not run twice, so one source has to do; `failures`: per source, what fails first when it is asked.
    """

    field: str
    failures: tuple[tuple[str, Failure], ...]


class _Seen:
    """The sets of spots that were walked, by type: those that hold no other one."""

    def __init__(self) -> None:
        self._by_type: dict[str, list[Places]] = {}

    def add(self, type_name: str, spots: Places) -> bool:
        """True when nothing that was walked promises as much for this set."""
        known = self._by_type.setdefault(type_name, [])
        if any(other <= spots for other in known):
            return False
        known[:] = [other for other in known if not spots <= other]
        known.append(spots)
        return True


class Walker:
    """Walks one supergraph."""

    def __init__(self, terrain: Terrain, hops: Hops) -> None:
        self.terrain = terrain
        self.hops = hops
        self.supergraph = terrain.supergraph
        self.visits = 0
        self._public: dict[str, list[str]] = {}

    def failures(self) -> Iterator[Failure | SplitFailure]:
        """Everything that fails, shortest operation first. Raises TooMuchWork."""
        waiting: deque[tuple[Trail, tuple[Spot, ...]]] = deque()
        split: list[tuple[Trail, str, dict[str, list[Landing]]]] = []
        for root in (QUERY_ROOT, MUTATION_ROOT, SUBSCRIPTION_ROOT):
            if root not in self.supergraph.schema.type_map or root not in self.supergraph.types:
                continue
            trail = Trail(None, "", root)
            starts = tuple(Spot(source, root) for source in self.terrain.root_sources(root))
            for field in self._fields(root):
                landings = self._landings(trail, field, starts)
                if root == MUTATION_ROOT and len({landing.source for landing in landings}) > 1:
                    by_source: dict[str, list[Landing]] = {}
                    for landing in landings:
                        by_source.setdefault(landing.source, []).append(landing)
                    split.append((trail, field, by_source))
                else:
                    yield from self._lead(trail, field, starts, landings, waiting)
        for lookup in self.supergraph.lookups.values():
            trail = Trail(Trail(None, "", QUERY_ROOT), lookup.field, lookup.type_name)
            waiting.append((trail, (Spot(lookup.record, lookup.type_name),)))
        yield from self._walk(waiting, _Seen())
        for trail, field, by_source in split:
            yield from self._walk_split(trail, field, by_source)

    def _walk_split(
        self, trail: Trail, field: str, by_source: dict[str, list[Landing]]
    ) -> Iterator[SplitFailure]:
        found: list[tuple[str, Failure]] = []
        for source, landings in sorted(by_source.items()):
            waiting: deque[tuple[Trail, tuple[Spot, ...]]] = deque()
            starts = (Spot(source, MUTATION_ROOT),)
            failures = [*self._lead(trail, field, starts, landings, waiting)]
            first = next(iter(failures), None) or next(self._walk(waiting, _Seen()), None)
            if first is None:
                return
            found.append((source, first))
        yield SplitFailure(field, tuple(found))

    def _walk(self, waiting: deque[tuple[Trail, tuple[Spot, ...]]], seen: _Seen) -> Iterator[Failure]:
        while waiting:
            trail, starts = waiting.popleft()
            if not seen.add(trail.type_name, self._everywhere(starts)):
                continue
            self.visits += 1
            if self.visits > MAX_VISITS:
                raise TooMuchWork
            for field in self._fields(trail.type_name):
                landings = self._landings(trail, field, starts)
                yield from self._lead(trail, field, starts, landings, waiting)

    def _everywhere(self, starts: Iterable[Spot]) -> Places:
        """Every spot at which an object can be had that was met at `starts`."""
        return frozenset(
            (spot, spot != start or self.hops.returns_by_key(spot))
            for start in starts
            for spot in self.hops.reached(start).values()
        )

    def _fields(self, type_name: str) -> list[str]:
        """The fields that clients can ask of a type."""
        if type_name not in self._public:
            public = self.supergraph.schema.type_map.get(type_name)
            known = self.supergraph.types[type_name].fields
            fields = public.fields if isinstance(public, GraphQLObjectType) else ()
            self._public[type_name] = [name for name in fields if name in known]
        return self._public[type_name]

    def _landings(self, trail: Trail, field: str, starts: Sequence[Spot]) -> list[Landing]:
        """Where a field leads from an object met at `starts`, by every source that can answer it."""
        found: dict[Landing, None] = {}  # an ordered set
        asked: set[tuple[Spot, bool]] = set()
        for start in starts:
            reached = self.hops.reached(start)
            for source in self._sources(trail.type_name, field):
                spot = reached.get(source)
                if spot is None or (spot, spot == start) in asked:
                    continue
                asked.add((spot, spot == start))
                said = self.hops.answers(spot, start, field)
                if said is not None:
                    found[self.terrain.below(spot, field, said)] = None
        return list(found)

    def _sources(self, type_name: str, field: str) -> list[str]:
        types = self.supergraph.types
        known = [types[name].fields.get(field) for name in self.terrain.names_of(type_name)]
        return sorted({source for one in known if one is not None for source in one.sources})

    def _lead(
        self,
        trail: Trail,
        field: str,
        starts: tuple[Spot, ...],
        landings: Sequence[Landing],
        waiting: deque[tuple[Trail, tuple[Spot, ...]]],
    ) -> Iterator[Failure]:
        """Go on to the objects that a field leads to, or fail."""
        if not landings:
            yield Failure(trail, field, starts)
            return
        returned = self.supergraph.field(trail.type_name, field).type
        for name in self._met(returned):
            spots = [self.terrain.stand(landing, name) for landing in landings]
            if None in spots:
                continue  # some source's copy of the field never leads to this type, so nobody's copy does
            told = tuple(dict.fromkeys(spot for spot in spots if spot and self.hops.tells_type(spot)))
            if told:
                waiting.append((Trail(trail, field, name), told))
            else:
                yield Failure(trail, field, starts, name, tuple(landings))

    def _met(self, returned: TypeRef) -> list[str]:
        return sorted(self.supergraph.public_types(returned.name))
