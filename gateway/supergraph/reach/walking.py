"""Walking: every field of every type is asked for, at every set of spots where its objects can be met.

Breadth first, so that what fails is first found by a shortest operation. An object is met at several spots at once
when several sources have the field that leads to it: any of them may be asked, so a field fails only where none of
them leads to it. A set of spots that holds all of one that was walked before offers nothing new.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from graphql import GraphQLObjectType

from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT, Kind
from gateway.supergraph.reach.above import NOTHING, Above
from gateway.supergraph.reach.hops import Hops
from gateway.supergraph.reach.sharing import differ
from gateway.supergraph.reach.spots import SUBSCRIPTION_ROOT, Landing, Spot, Terrain


@dataclass(frozen=True, slots=True)
class Trail:
    """How an object is asked for: the root's or parent's trail, the field, and the concrete type it is met as.

    `above`: the objects on the way that set contexts.
    """

    parent: "Trail | None"
    field: str
    type_name: str
    above: Above = NOTHING

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
    as interface objects alone. `differ`: what fails is to return anything of one type in all the sources that answer
    the field, where it has `landed`. `trail` leads to the object whose field it is.
    """

    trail: Trail
    field: str
    starts: tuple[Spot, ...]
    untold: str | None = None
    landed: tuple[Landing, ...] = ()
    differ: bool = False

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


Waiting = deque[tuple[Trail, tuple[Spot, ...]]]
"""Objects that are still to be looked at: how they are asked for, and the spots at which they are met."""


class _Seen:
    """The sets of spots that were walked, by type and what lies above.

    `clean`: those of earlier walks, in which nothing failed.
    """

    def __init__(self, clean: "_Seen | None" = None) -> None:
        self._clean = clean
        self._walked: dict[tuple[str, Above], list[frozenset[Spot]]] = {}

    def add(self, type_name: str, above: Above, spots: frozenset[Spot]) -> bool:
        """True when nothing that was walked promises as much for this set."""
        place = (type_name, above)
        if self._covers(place, spots) or (self._clean and self._clean._covers(place, spots)):
            return False
        self._walked.setdefault(place, []).append(spots)
        return True

    def _covers(self, place: tuple[str, Above], spots: frozenset[Spot]) -> bool:
        return any(other <= spots for other in self._walked.get(place, ()))

    def become_clean(self) -> None:
        """Nothing failed in this walk: later ones need not look at its sets again."""
        if self._clean is not None:
            for place, known in self._walked.items():
                for spots in known:
                    self._clean.add(*place, spots)


class Walker:
    """Walks one supergraph."""

    def __init__(self, terrain: Terrain, hops: Hops) -> None:
        self.terrain = terrain
        self.hops = hops
        self.supergraph = terrain.supergraph
        self._interfaces = {
            name for name, known in terrain.supergraph.types.items() if known.kind is Kind.INTERFACE
        }
        self._public: dict[str, list[str]] = {}
        self._split: list[tuple[Trail, str, dict[str, list[Landing]]]] = []

    def failures(self) -> Iterator[Failure | SplitFailure]:
        """Everything that fails, shortest operation first. Raises TooMuchWork."""
        waiting: Waiting = deque()
        seen = _Seen()
        failed = False
        for failure in chain(self._roots(waiting), self._walk(waiting, seen)):
            failed = True
            yield failure
        clean = _Seen() if failed else seen
        for trail, field, by_source in self._split:
            split = self._walk_split(trail, field, by_source, clean)
            if split is not None:
                yield split

    def _roots(self, waiting: Waiting) -> Iterator[Failure]:
        """Start with the fields of the root types; mutations of several sources are for later."""
        for root in (QUERY_ROOT, MUTATION_ROOT, SUBSCRIPTION_ROOT):
            if root not in self.supergraph.types:
                continue
            trail = Trail(None, "", root)
            starts = tuple(Spot(source, root) for source in self.terrain.root_sources(root))
            for field in self._fields(root):
                landings = self._landings(trail, field, starts)
                by_source: dict[str, list[Landing]] = {}
                for landing in landings:
                    by_source.setdefault(landing.source, []).append(landing)
                if root == MUTATION_ROOT and len(by_source) > 1 and not self._differ(root, field, landings):
                    self._split.append((trail, field, by_source))
                else:
                    yield from self._lead(trail, field, starts, landings, waiting)
        for lookup in self.supergraph.lookups.values():
            trail = Trail(Trail(None, "", QUERY_ROOT), lookup.field, lookup.type_name)
            waiting.append((trail, (Spot(lookup.record, lookup.type_name),)))

    def _walk_split(
        self, trail: Trail, field: str, by_source: dict[str, list[Landing]], clean: _Seen
    ) -> SplitFailure | None:
        """Ask a mutation of each of its sources alone, until one answers all."""
        found: list[tuple[str, Failure]] = []
        for source, landings in sorted(by_source.items()):
            waiting: Waiting = deque()
            seen = _Seen(clean)
            starts = (Spot(source, MUTATION_ROOT),)
            failures = chain(self._lead(trail, field, starts, landings, waiting), self._walk(waiting, seen))
            first = next(failures, None)
            if first is None:
                seen.become_clean()
                return None
            found.append((source, first))
        return SplitFailure(field, tuple(found))

    def _walk(self, waiting: Waiting, seen: _Seen) -> Iterator[Failure]:
        while waiting:
            trail, starts = waiting.popleft()
            everywhere = self._everywhere(starts)
            self.hops.spend(len(everywhere))
            if not seen.add(trail.type_name, trail.above, everywhere):
                continue
            for field in self._fields(trail.type_name):
                landings = self._landings(trail, field, starts)
                yield from self._lead(trail, field, starts, landings, waiting)

    def _everywhere(self, starts: Iterable[Spot]) -> frozenset[Spot]:
        """Every spot at which an object can be had that was met at `starts`."""
        return frozenset(spot for start in starts for spot in self.hops.reached(start).values())

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
            for source in self.terrain.sources(trail.type_name, field):
                spot = reached.get(source)
                if spot is None or (spot, spot == start) in asked:
                    continue
                asked.add((spot, spot == start))
                said = self.hops.answers(spot, start, field, trail.above)
                if said is not None:
                    found[self.terrain.below(spot, field, said)] = None
        return list(found)

    def _lead(
        self,
        trail: Trail,
        field: str,
        starts: tuple[Spot, ...],
        landings: Sequence[Landing],
        waiting: Waiting,
    ) -> Iterator[Failure]:
        """Go on to the objects that a field leads to, or fail."""
        if not landings:
            yield Failure(trail, field, starts)
            return
        if self._differ(trail.type_name, field, landings):
            yield Failure(trail, field, starts, landed=tuple(landings), differ=True)
            return
        above = trail.above.below(self.terrain.contexts(trail.type_name), starts)
        for name in self._met(trail.type_name, field):
            self.hops.spend(len(landings) + len(above.setters))
            spots = [self.terrain.stand(landing, name) for landing in landings]
            if None in spots:
                continue  # some source's copy of the field never leads to this type, so nobody's copy does
            told = tuple(dict.fromkeys(spot for spot in spots if spot and self.hops.tells_type(spot)))
            if told:
                waiting.append((Trail(trail, field, name, above), told))
            else:
                yield Failure(trail, field, starts, name, tuple(landings))

    def _differ(self, type_name: str, field: str, landings: Sequence[Landing]) -> bool:
        return len(landings) > 1 and differ(self.terrain, landings, self._met(type_name, field))

    def _met(self, type_name: str, field: str) -> list[str]:
        """The concrete types that clients can meet behind a field, in order of name.

        Not an interface object that nothing implements: there is no type that anyone could tell.
        """
        returned = self.supergraph.field(type_name, field).type.name
        return sorted(self.supergraph.public_types(returned) - self._interfaces)
