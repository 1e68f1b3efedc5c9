"""Why a field cannot be answered: one clause for each source that has it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gateway.supergraph.model import ContextArgument, FieldInSource, FieldSet
from gateway.supergraph.reach.above import NOTHING, Above
from gateway.supergraph.reach.hops import Hops
from gateway.supergraph.reach.paths import Path, Step
from gateway.supergraph.reach.spots import ALL_ROOTS, Spot, Terrain, Way
from gateway.supergraph.reach.walking import Failure

MAX_CLAUSES = 6
"""Clauses that are written of one failure: of a hundred sources the rest fail alike."""

_DEEPEST = 1
"""How far a clause explains why an input is missing by what else is missing."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The object and the field of it at which a path ends that cannot be had.

    `wanted`: the field can be had, and never leads to this type, which the path goes on with.
    """

    spot: Spot
    field: str
    wanted: str | None = None


class Reasons:
    """Explains failures."""

    def __init__(self, terrain: Terrain, hops: Hops) -> None:
        self.terrain = terrain
        self.hops = hops
        self.types = terrain.supergraph.types

    def of(self, failure: Failure) -> str:
        """The reasons of one failure, joined by semicolons."""
        if failure.untold is not None:
            return bounded(self._untold(failure))
        if failure.differ:
            return f"it can be {self.each_returns(failure)}, which have no type in common"
        above = failure.trail.above
        clauses = self._missing(failure.field, failure.starts, 0, above) if failure.starts else ()
        return bounded(clauses) or "no source has it"

    def _untold(self, failure: Failure) -> Iterator[str]:
        for landing in failure.landed:
            yield (
                f"`{landing.source}` knows {landing.type_name} as an interface object, so that another source has to "
                f"tell whether it is {failure.untold}"
            )
            spot = self.terrain.stand(landing, failure.untold or "")
            if spot is not None:
                yield from (
                    self.way_fails(way, (spot,))
                    for way in self.terrain.ways(spot)
                    if way.target.interface is None
                )

    def each_returns(self, failure: Failure) -> str:
        """The concrete types that a field can return in each source where it lands."""
        texts: dict[str, None] = {}  # an ordered set
        for landing in failure.landed:
            names = list(self.terrain.possible(landing))
            more = f" and {len(names) - MAX_CLAUSES} more" if len(names) > MAX_CLAUSES else ""
            shown = ", ".join(names[:MAX_CLAUSES]) or "nothing"
            texts[f"{shown}{more} in `{landing.source}`"] = None
        return " but ".join([*texts][:MAX_CLAUSES])

    def _missing(
        self, field: str, starts: Sequence[Spot], depth: int, above: Above = NOTHING
    ) -> Iterator[str]:
        """Why no source answers a field of an object that is met at `starts`; last those that have it external."""
        reached = {source: spot for start in starts for source, spot in self.hops.reached(start).items()}
        external: list[str] = []
        for name in self.terrain.names_of(starts[0].type_name):
            known = self.types[name].fields.get(field)
            for source, said in sorted(known.sources.items() if known else ()):
                spot = reached.get(source)
                here = spot is not None and spot.known_as == name
                if said.external:
                    external += [source] if here else []
                elif spot is not None and here:
                    yield self._not_given(source, spot, said, above) or self._stuck_there(
                        source, spot, said, depth
                    )
                else:
                    yield self._not_reached(source, name, starts)
        yield from (f"`{source}` has the field external" for source in external)

    def _not_given(self, source: str, spot: Spot, said: FieldInSource, above: Above) -> str | None:
        """What keeps a source from a field that takes values from contexts; None where these can be had."""
        if said.context_arguments and spot.type_name in ALL_ROOTS:
            return f"`{source}` takes a value from a context for it, and nothing can be handed to a root type"
        taken = self.not_given(said, above)
        if taken is None:
            return None
        lacking = f"`{source}` takes {taken.name} from the context {context_text(taken)}, which"
        for setter in above.of(taken.context):
            selection = set_text(taken.selections.get(setter.type_name, ()))
            return f"{lacking} {setter.type_name} sets above, and its `{selection}` cannot be had there"
        return f"{lacking} nothing above sets"

    def not_given(self, said: FieldInSource, above: Above) -> ContextArgument | None:
        """The first argument whose value cannot be had from what lies above."""
        return next((one for one in said.context_arguments if not self.hops.gives(one, above)), None)

    def _stuck_there(self, source: str, spot: Spot, said: FieldInSource, depth: int) -> str:
        required = f"`{source}` requires `{set_text(said.requires)}` of it"
        if not said.requires:
            required = f"`{source}` takes {said.context_arguments[0].name} of it from a context"
        if spot.type_name in ALL_ROOTS:
            return f"{required}, and nothing can be handed to a root type"
        for path in self.hops.paths(said.requires):
            if not self.hops.supplies(spot, path):
                why = bounded(self._gap_text(self.gap(spot, path), depth + 1)) if depth < _DEEPEST else ""
                why = f" ({why})" if why else ""
                return f"`{source}` requires `{path_text(path)}` of it, which cannot be had there{why}"
        return f"{required}, and has no resolvable @key by which it finds {spot.known_as}"

    def _gap_text(self, gap: Gap, depth: int) -> Iterator[str]:
        if gap.wanted is not None:
            yield f"{gap.spot.known_as}.{gap.field} never returns {gap.wanted} where it can be asked for"
        else:
            yield from self._missing(gap.field, (gap.spot,), depth)

    def gap(self, start: Spot, path: Path) -> Gap:
        """Where a path ends that cannot be had."""
        while len(path) > 1:
            step, path = path[0], path[1:]
            below = list(self._below(start, step, path))
            open_ = next((spot for spot in below if not self.hops.supplies(spot, path)), None)
            if open_ is None:
                answered = self.hops.supplies(start, (step,))
                return Gap(start, step.field, path[0].on if answered else None)
            start = open_
        return Gap(start, path[0].field)

    def _below(self, start: Spot, step: Step, rest: Path) -> Iterator[Spot]:
        """Where the objects stand that a step leads to and the rest of its path is for."""
        for spot in self.hops.reached(start).values():
            said = self.hops.answers(spot, start, step.field)
            if said is None:
                continue
            landing = self.terrain.below(spot, step.field, said)
            for name in self.terrain.possible(landing):
                if rest[0].on is None or self.terrain.is_a(name, rest[0].on):
                    below = self.terrain.stand(landing, name)
                    if below is not None:
                        yield below

    def _not_reached(self, source: str, name: str, starts: Sequence[Spot]) -> str:
        ways = [way for way in self.ways(starts) if way.target.source == source]
        if not ways:
            return f"`{source}` has no resolvable @key by which it finds {name}"
        return self.way_fails(ways[0], starts)

    def way_fails(self, way: Way, starts: Sequence[Spot]) -> str:
        """Why a way cannot be taken: the keys of it, and what of them is missing."""
        keys = " or ".join(f"`{set_text(key)}`" for key in way.keys)
        lacking = [f"`{path_text(path)}`" for path in self.lacking(way, starts)]
        lacks = "which" if len(way.keys) == 1 and lacking == [keys] else " and ".join(lacking) + ", which"
        joint = ", " if lacks == "which" else " and needs "
        return (
            f"`{way.target.source}` finds {way.target.known_as} by {keys}{joint}{lacks} {sources_text(starts)} "
            f"{'does' if len({spot.source for spot in starts}) == 1 else 'do'} not supply"
        )

    def ways(self, starts: Sequence[Spot]) -> list[Way]:
        """The ways that were open from any of the spots."""
        return list(dict.fromkeys(way for start in starts for way in self.terrain.ways(start)))

    def lacking(self, way: Way, starts: Sequence[Spot]) -> list[Path]:
        """What is missing of the key of a way of which the least is missing."""
        lacking = [
            [
                path
                for path in self.hops.paths(key)
                if not any(self.hops.supplies(spot, path) for spot in starts)
            ]
            for key in way.keys
        ]
        return min(lacking, key=len)


def bounded(clauses: Iterable[str]) -> str:
    """Clauses as one text, each once; of very many the first ones."""
    texts: dict[str, None] = {}  # an ordered set
    for clause in clauses:
        if len(texts) == MAX_CLAUSES and clause not in texts:
            return "; ".join(texts) + "; and so on"
        texts[clause] = None
    return "; ".join(texts)


def sources_text(spots: Iterable[Spot]) -> str:
    """The sources of some spots, in order of name."""
    names = sorted({spot.source for spot in spots})
    shown = [f"`{name}`" for name in names[:MAX_CLAUSES]]
    more = f" and {len(names) - MAX_CLAUSES} more" if len(names) > MAX_CLAUSES else ""
    return ", ".join(shown) + more


def context_text(taken: ContextArgument) -> str:
    """A context as its source calls it."""
    return taken.context.rpartition("__")[2]


def set_text(fields: FieldSet) -> str:
    """A field set as it is written."""
    return " ".join(str(part) for part in fields)


def path_text(path: Path) -> str:
    """One field of a field set, with what it stands in."""
    text = ""
    for step in reversed(path):
        text = f"{step.field} {{ {text} }}" if text else step.field
        text = f"... on {step.on} {{ {text} }}" if step.on else text
    return text
