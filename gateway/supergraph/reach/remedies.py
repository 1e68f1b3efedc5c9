"""The edit that mends what cannot be answered: in which source, on which type, and where that stands."""

from collections.abc import Mapping, Sequence

from gateway.supergraph.model import ContextArgument, FieldSet
from gateway.supergraph.reach.hops import Hops
from gateway.supergraph.reach.reasons import Gap, Reasons, context_text, path_text, set_text
from gateway.supergraph.reach.spots import ALL_ROOTS, Spot, Terrain, Way
from gateway.supergraph.reach.walking import Failure
from gateway.supergraph.source.model import SourcePlace

Places = Mapping[tuple[str, str], SourcePlace]
"""Where things stand in the sources: (source, coordinate) → place; a coordinate is `Type` or `Type.field`."""

_DEEPEST = 8
"""Inputs of inputs that are followed to the one that is missing."""


class Remedies:
    """Finds the smallest edit for a failure."""

    def __init__(self, terrain: Terrain, hops: Hops, reasons: Reasons, places: Places) -> None:
        self.terrain = terrain
        self.hops = hops
        self.reasons = reasons
        self.places = places
        self.types = terrain.supergraph.types

    def of(self, failure: Failure) -> str:
        """What to do, as an order."""
        if failure.untold is not None:
            return self._tell(failure)
        if failure.differ:
            return "let all sources of the field return the same types, or resolve it in one source alone"
        if not failure.starts:
            return f"define {failure.type_name}.{failure.field} in a source"
        return self._give(failure) or self._mend(failure.starts, failure.field, frozenset())

    def _give(self, failure: Failure) -> str | None:
        """The field's source is at hand, and what it takes from contexts is not: let that be had."""
        above = failure.trail.above
        for spot in dict.fromkeys(s for start in failure.starts for s in self.hops.reached(start).values()):
            said = self.terrain.said(spot, failure.field)
            taken = self.reasons.not_given(said, above) if said is not None else None
            if taken is None:
                continue
            for setter in above.of(taken.context):
                return self._supply_value(setter, taken)
            return (
                f'write `@context(name: "{context_text(taken)}")` on a type on this way in `{spot.source}`, or'
                f" let {spot.known_as}.{failure.field} do without{self._place(spot.source, spot.known_as)}"
            )
        return None

    def _supply_value(self, setter: Spot, taken: ContextArgument) -> str:
        for path in self.hops.paths(taken.selections.get(setter.type_name, ())):
            if not self.hops.supplies(setter, path):
                gap = self.reasons.gap(setter, path)
                return self._mend((gap.spot,), gap.field, frozenset())
        return f"let {taken.name} be taken from something else"

    def _mend(self, starts: Sequence[Spot], field: str, waiting: frozenset[tuple[str, str]]) -> str:
        """Let a field be answered for objects met at `starts`. `waiting`: the fields that it is an input of."""
        for way in self.reasons.ways(starts):
            if self.terrain.said(way.target, field) and not self._is_reached(way, starts):
                return self._supply(way, starts) + self._or_find_by(way.target, starts[0])
        waiting |= {(starts[0].type_name, field)}
        return (
            self._input(starts, field, waiting) or self._join(starts, field) or self._define(starts[0], field)
        )

    def _is_reached(self, way: Way, starts: Sequence[Spot]) -> bool:
        return any(way.target.source in self.hops.reached(start) for start in starts)

    def _supply(self, way: Way, starts: Sequence[Spot]) -> str:
        """A source finds the object by a key: let the source at hand supply it."""
        key = min(way.keys, key=lambda one: (len(set_text(one)), set_text(one)))
        start = starts[0]
        return (
            f'add `@key(fields: "{set_text(key)}")` and what it names to {start.known_as} in `{start.source}`'
            f"{self._place(start.source, start.known_as)}"
        )

    def _tell(self, failure: Failure) -> str:
        landing = failure.landed[0]
        spot = self.terrain.stand(landing, failure.untold or "")
        ways = [way for way in self.terrain.ways(spot) if way.target.interface is None] if spot else []
        if spot is not None and ways:
            return self._supply(ways[0], (spot,))
        owner = min(
            (
                name
                for name, said in self.types[landing.type_name].sources.items()
                if not said.interface_object
            ),
            default=landing.source,
        )
        return f"give the interface {landing.type_name} a resolvable @key in `{owner}`{self._place(owner, landing.type_name)}"

    def _input(self, starts: Sequence[Spot], field: str, waiting: frozenset[tuple[str, str]]) -> str | None:
        """The field's source is at hand, and its inputs are not: mend what keeps these from it."""
        for spot in dict.fromkeys(spot for start in starts for spot in self.hops.reached(start).values()):
            said = self.terrain.said(spot, field)
            if said is None or not said.requires:
                continue
            if spot.type_name in ALL_ROOTS:
                return self._without_inputs(spot, field)
            for path in self.hops.paths(said.requires):
                if self.hops.supplies(spot, path):
                    continue
                gap = self.reasons.gap(spot, path)
                itself = (gap.spot.type_name, gap.field) in waiting
                open_ = gap.wanted is None and not itself and not self._is_contextual(gap)
                if open_ and len(waiting) < _DEEPEST:
                    return self._mend((gap.spot,), gap.field, waiting)
                return (
                    f"take `{path_text(path)}` out of the @requires of {spot.known_as}.{field} in `{spot.source}`"
                    f"{self._place(spot.source, f'{spot.known_as}.{field}')}"
                    f"{', which waits for itself' if itself else ''}"
                )
            return self._find_by(spot, spot)
        return None

    def _is_contextual(self, gap: Gap) -> bool:
        """Whether sources take values from contexts for a field: a key to them would not do."""
        known = [self.types[name].fields.get(gap.field) for name in self.terrain.names_of(gap.spot.type_name)]
        return any(said.context_arguments for one in known if one for said in one.sources.values())

    def _without_inputs(self, spot: Spot, field: str) -> str:
        coordinate = f"{spot.type_name}.{field}"
        return f"take the @requires off {coordinate} in `{spot.source}`{self._place(spot.source, coordinate)}"

    def _owner(self, spot: Spot, field: str) -> Spot | None:
        for name in self.terrain.names_of(spot.type_name):
            known = self.types[name].fields.get(field)
            for source in known.resolvers if known else ():
                if source != spot.source:
                    return Spot(source, spot.type_name, None if name == spot.type_name else name)
        return None

    def _join(self, starts: Sequence[Spot], field: str) -> str | None:
        """No key leads to the source that has the field: give it one that can be supplied."""
        owner = self._owner(starts[0], field)
        if owner is None or self._key_for(starts[0]) is None:
            return None
        return self._find_by(owner, starts[0])

    def _find_by(self, owner: Spot, start: Spot) -> str:
        key = self._key_for(start)
        text = f'`@key(fields: "{set_text(key)}")`' if key else "a @key"
        return (
            f"add {text} to {owner.known_as} in `{owner.source}`{self._place(owner.source, owner.known_as)}"
        )

    def _or_find_by(self, owner: Spot, start: Spot) -> str:
        """The other end of the same gap: the source that has the field finds the object by what is at hand."""
        key = self._key_for(start)
        if key is None:
            return ""
        place = self._place(owner.source, owner.known_as)
        return f', or `@key(fields: "{set_text(key)}")` and what it names to {owner.known_as} in `{owner.source}`{place}'

    def _key_for(self, start: Spot) -> FieldSet | None:
        """A key of the type that can be supplied from where the object is met."""
        known = [self.types[name].keys for name in self.terrain.names_of(start.type_name)]
        keys = sorted({key for one in known for found in one.values() for key in found}, key=set_text)
        return next(
            (key for key in keys if all(self.hops.supplies(start, path) for path in self.hops.paths(key))),
            None,
        )

    def _define(self, start: Spot, field: str) -> str:
        """A value type: nobody else can be asked for this object, so that the field has to be where it is met."""
        owner = self._owner(start, field) or start
        return (
            f"define {start.type_name}.{field} as @shareable in `{start.source}`"
            f"{self._place(start.source, start.known_as)} too, or give {start.type_name} a @key there and in "
            f"`{owner.source}`{self._place(owner.source, f'{owner.known_as}.{field}')}"
        )

    def _place(self, source: str, coordinate: str) -> str:
        place = self.places.get((source, coordinate)) or self.places.get((source, coordinate.split(".")[0]))
        return f" ({place})" if place else ""
