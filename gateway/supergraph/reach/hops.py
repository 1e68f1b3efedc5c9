"""Hops: at which spots an object can be had that is at one of them, and what can be answered there.

The answers are the least ones that hold together (a key that needs itself is not had). They are found by a
worklist over spots: whoever asked of a spot is looked at again when more of it is known, so that neither the
depth of the graph nor cycles in it matter.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from gateway.supergraph.model import TYPENAME, ContextArgument, FieldInSource, FieldSet, KeyField
from gateway.supergraph.reach.above import NOTHING, Above
from gateway.supergraph.reach.paths import Crossing, CrossingBook, Path, paths_of
from gateway.supergraph.reach.spots import ALL_ROOTS, Landing, Spot, Terrain

_T = TypeVar("_T")

MAX_WORK = 5_000_000
"""Units of work, one for each look at one spot (a supergraph of 100 sources with 5,000 fields takes some 400,000)."""


class TooMuchWork(Exception):
    """The supergraph is too entangled to be looked at."""


Question = Spot | tuple[Spot, FieldSet]
"""What the worklist finds out: which spots are reached from one, or whether a field set can be had at it."""


class Hops:
    """Remembers, for each spot, the spots of the same object that can be reached from it, by source."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self.book = CrossingBook(terrain)
        self._found: dict[Spot, dict[str, Spot]] = {}
        self._had_at: dict[tuple[Spot, FieldSet], bool] = {}
        self._asked_by: dict[Question, set[Question]] = {}
        self._waiting: deque[Question] = deque()
        self._queued: set[Question] = set()
        self._current: Question | None = None
        self._paths: dict[FieldSet, tuple[Path, ...]] = {}
        self._had: set[tuple[Landing, Path, Above]] = set()
        self.work = 0

    def reached(self, start: Spot) -> Mapping[str, Spot]:
        """The spots of the object that is at `start`, by source: itself, and all that keys lead to.

        Raises TooMuchWork.
        """
        return self._settle(lambda: self._look(start))

    def answers(self, spot: Spot, start: Spot, field: str, above: Above = NOTHING) -> FieldInSource | None:
        """What the source says of a field that can be answered at `spot` for an object that is at `start`.

        `above`: what lies above the object. Above one from which a field set starts, nothing does.
        """
        return self._settle(lambda: self._resolves(spot, start, field, above))

    def gives(self, taken: ContextArgument, above: Above) -> bool:
        """Whether the value that an argument takes from a context can be had."""
        return self._settle(lambda: self._gives(taken, above))

    def supplies(self, start: Spot, path: Path) -> bool:
        """Whether the value at the end of a path can be had for an object that is at `start`."""
        return self._settle(lambda: self._has(start, self._look(start), path))

    def tells_type(self, spot: Spot) -> bool:
        """Whether some source that can be reached knows the object's concrete type."""
        return spot.interface is None or any(one.interface is None for one in self.reached(spot).values())

    def paths(self, fields: FieldSet) -> tuple[Path, ...]:
        """The paths of a field set, with memory."""
        if fields not in self._paths:
            self._paths[fields] = paths_of(fields)
        return self._paths[fields]

    def spend(self, units: int) -> None:
        """Count work. Raises TooMuchWork past the bound."""
        self.work += units
        if self.work > MAX_WORK:
            raise TooMuchWork

    def _settle(self, ask: Callable[[], _T]) -> _T:
        """Ask again until nothing that the answer depends on is open."""
        while True:
            answer = ask()
            if not self._waiting:
                return answer
            while self._waiting:
                self._current = question = self._waiting.popleft()
                self._queued.discard(question)
                if self._grow(question) if isinstance(question, Spot) else self._fill(*question):
                    for asker in self._asked_by[question]:
                        self._queue(asker)
            self._current = None

    def _look(self, spot: Spot) -> dict[str, Spot]:
        """What is known so far of a spot; who asks is told when there is more."""
        if spot not in self._found:
            self._found[spot] = {spot.source: spot}
            self._queue(spot)
        self._note(spot)
        return self._found[spot]

    def _holds(self, spot: Spot, fields: FieldSet) -> bool:
        """Whether a field set can be had at a spot, as far as is known; who asks is told when it is."""
        question = (spot, fields)
        if question not in self._had_at:
            self._had_at[question] = False
            self._queue(question)
        self._note(question)
        return self._had_at[question]

    def _note(self, question: Question) -> None:
        askers = self._asked_by.setdefault(question, set())
        if self._current is not None and self._current != question:
            askers.add(self._current)

    def _queue(self, question: Question) -> None:
        if question not in self._queued:
            self._queued.add(question)
            self._waiting.append(question)

    def _fill(self, spot: Spot, fields: FieldSet) -> bool:
        """Find out whether a field set can be had; true when that is new."""
        if self._had_at[spot, fields]:
            return False
        found = self._look(spot)
        self._had_at[spot, fields] = had = all(self._has(spot, found, path) for path in self.paths(fields))
        return had

    def _grow(self, start: Spot) -> bool:
        """Take every way from a spot that can be taken by now; true when that leads to more than before."""
        found = self._found[start]
        before = len(found)
        crossings = self.book.crossings(start)
        waiting: Sequence[int] = range(len(crossings.all))
        while waiting:
            known = set(found)
            for crossing in [crossings.all[index] for index in waiting]:
                self._cross(crossing, start, found)
            self._follow(start, found)
            waiting = crossings.after(found.keys() - known)
        return len(found) > before

    def _cross(self, crossing: Crossing, start: Spot, found: dict[str, Spot]) -> None:
        self.spend(len(crossing.targets))
        fresh = [spot for spot in crossing.targets if spot.source not in found]
        if fresh and all(self._has(start, found, path) for path in crossing.paths):
            for spot in fresh:
                found.setdefault(spot.source, spot)

    def _follow(self, start: Spot, found: dict[str, Spot]) -> None:
        """From where an interface object's concrete type is known, all leads on that is reached from there."""
        if start.interface is not None:
            for known in [spot for spot in found.values() if spot.interface is None]:
                for source, spot in self._look(known).items():
                    found.setdefault(source, spot)

    def _has(self, start: Spot, found: Mapping[str, Spot], path: Path, above: Above = NOTHING) -> bool:
        """Whether a value can be had from any of the spots found for an object."""
        step, rest = path[0], path[1:]
        if step.on is not None and not self.terrain.is_a(start.type_name, step.on):
            return False
        for source in self.terrain.sources(start.type_name, step.field):
            spot = found.get(source)
            said = self._resolves(spot, start, step.field, above) if spot is not None else None
            if spot is None or said is None:
                continue
            if not rest:
                return True
            over = above.below(self.terrain.contexts(start.type_name), (start,))
            self.spend(len(over.setters))
            if self._lands(self.terrain.below(spot, step.field, said), rest, over):
                return True
        return False

    def _lands(self, landing: Landing, path: Path, above: Above) -> bool:
        """Whether a value can be had of all objects that land somewhere and that the path is for."""
        if (landing, path, above) in self._had:
            return True
        condition = path[0].on
        names = [
            name
            for name in self.terrain.possible(landing)
            if condition is None or self.terrain.is_a(name, condition)
        ]
        spots = [spot for name in names if (spot := self.terrain.stand(landing, name)) is not None]
        had = bool(spots) and all(self._has(spot, self._look(spot), path, above) for spot in spots)
        if had:
            self._had.add((landing, path, above))
        return had

    def _resolves(self, spot: Spot, start: Spot, field: str, above: Above) -> FieldInSource | None:
        """A field with inputs needs them, and a key by which they come (back) to its source.

        Inputs are what it `@requires`, unless the source has that at hand, and what it takes from contexts. Nothing is
        handed to a root type, which is asked for without a representation.
        """
        self.spend(1)
        said = self.terrain.said(spot, field)
        if said is None or not (said.requires or said.context_arguments):
            return said
        if spot.type_name in ALL_ROOTS or not all(self._gives(one, above) for one in said.context_arguments):
            return None
        if not said.context_arguments and self._at_hand(spot, said.requires):
            return said
        if (spot == start or said.context_arguments) and not self._own_key(spot):
            return None
        return said if self._holds(spot, said.requires) else None

    def _gives(self, taken: ContextArgument, above: Above) -> bool:
        return any(
            self._holds(spot, taken.selections.get(spot.type_name, ())) for spot in above.of(taken.context)
        )

    def _at_hand(self, spot: Spot, fields: FieldSet) -> bool:
        """Whether the source has all of a field set where it has the object: a `@provides` on the way may say so."""
        return all(
            self._is_at_hand(spot, part)
            for part in fields
            if part.on is None or self.terrain.is_a(spot.type_name, part.on)
        )

    def _is_at_hand(self, spot: Spot, part: KeyField) -> bool:
        if part.name == TYPENAME:
            return spot.interface is None
        said = self.terrain.said(spot, part.name)
        if said is None or said.requires or said.context_arguments:
            return False
        if not part.children:
            return True
        landing = self.terrain.below(spot, part.name, said)
        inside = (self.terrain.stand(landing, name) for name in self.terrain.possible(landing))
        return all(one is None or self._at_hand(one, part.children) for one in inside)

    def _own_key(self, spot: Spot) -> bool:
        return any(
            self._holds(spot, key)
            for way in self.terrain.ways(spot)
            if way.target.source == spot.source
            for key in way.keys
        )
