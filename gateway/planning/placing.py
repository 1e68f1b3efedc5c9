"""Placement: resolutions become fetches with their selections, inputs and dependencies.

At each object the inputs of row guards come first; hops of everything else wait for the fetches that supply the
row guards of the object and of its ancestors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from connectors.base import EVERY_ROW, Condition, InputField, RowFilter
from gateway.operation.conditions import NEVER, at_least
from gateway.planning.budget import WorkBudget
from gateway.planning.groups import Demand, Group, Placed, in_both, place, with_ancestors
from gateway.planning.guarding import guard_part, visible_part
from gateway.planning.inputs import InputBook, conflict, join_inputs
from gateway.planning.plan import Place, Step
from gateway.planning.resolution import Hop, Resolution, Taken
from gateway.planning.wants import Want, either_rows
from gateway.supergraph.model import ROOTS, TYPENAME, FieldSet


@dataclass(frozen=True, slots=True)
class Spot:
    """An object under placement: where it is, which fetch leads to it, and where its selections go.

    `waits` are the fetches that supply the row guards of its ancestors; `filtered`: nobody needs it when it is
    not visible; `top`: its selections are the fetch's own; `as_type`: the interface object's name, when its
    concrete type is not known there. `group` is None at the root. `unless`: keys, of which an object that has one needs
    nothing here: what is placed makes up for them.
    """

    group: Group | None
    selections: list[Placed]
    position: tuple[Step, ...]
    waits: frozenset[Group] = frozenset()
    filtered: bool = True
    top: bool = True
    as_type: str | None = None
    unless: tuple[tuple[InputField, ...], ...] = ()


class Placer:
    """Places the resolutions of one operation; `groups` fill on the way, each after all that it depends on."""

    def __init__(self, book: InputBook, budget: WorkBudget) -> None:
        self.book = book
        self.budget = budget
        self.groups: list[Group] = []
        self._by_place: dict[object, list[Group]] = {}
        self._numbers = count()

    def root(self, resolved: Resolution) -> None:
        """Place what is wanted at the root."""
        self._emit(resolved, Spot(None, [], ()), None)

    def mutation(self, resolved: Resolution) -> None:
        """Place one field of the mutation root: after everything that is placed already.

        It joins the request of the field before it when that has nothing below it: a source takes the fields of
        one request in order (GraphQL specification, section 6.2.2).
        """
        last = self.groups[-1] if self.groups else None
        hop = resolved.hops[0]
        joins = (
            last is not None
            and (last.root and not last.position)
            and (last.source, last.condition) == (hop.way.source, _demand_of(hop.inner).condition)
        )
        if not joins:
            self._by_place.clear()
        self._emit(resolved, Spot(None, [], (), frozenset(self.groups)), None)

    def lookup(
        self,
        step: Step,
        key: FieldSet,
        resolved: Resolution,
        condition: Condition,
        places: tuple[Place, ...],
    ) -> None:
        """Place a root lookup: the source of record first, everything else after it.

        `places` are the lookup's own: they are null when the source of record fails.
        """
        type_name = min(step.types)
        group = self._new_group(resolved.at.source, frozenset({type_name}), (step,), frozenset())
        group.keys = (self.book.inputs(key, group.types, nullable=False),)
        group.existence = True
        group.condition = condition
        group.cells = EVERY_ROW
        group.supplies = {(step.raw, where): None for where in places}
        group.rows = dict(step.rows).get(type_name, EVERY_ROW)
        self._object(resolved, Spot(group, group.selections, (step,)), None)

    def _object(self, resolved: Resolution, spot: Spot, demand: Demand | None) -> set[Group]:
        """Place what is wanted at one object, guards first. Returns the fetches that supply it."""
        suppliers: set[Group] = set()
        guards = guard_part(resolved)
        if guards is not None:
            suppliers = self._emit(guards, spot, demand)
            own = {spot.group} if spot.group is not None else set()
            spot = replace(spot, waits=spot.waits | own | suppliers)
            resolved = visible_part(resolved)
        return suppliers | self._emit(resolved, spot, demand)

    def _emit(self, resolved: Resolution, spot: Spot, demand: Demand | None) -> set[Group]:
        suppliers: set[Group] = set()
        for taken in resolved.taken:
            suppliers |= self._take(taken, spot, demand)
        for hop in sorted(resolved.hops, key=_comes_after):
            suppliers |= self._hop(hop, spot, demand)
        return suppliers

    def _take(self, taken: Taken, spot: Spot, demand: Demand | None) -> set[Group]:
        """Select a field in the fetch at hand, and place what is wanted below it.

        Of an interface object, a source selects for all concrete types or for none.
        """
        self.budget.spend()
        want, group = taken.want, spot.group
        assert group is not None, "the root resolves nothing by itself"
        if spot.top:
            group.serve(want, demand)
        unfiltered = not spot.filtered or want.unfiltered
        rows = EVERY_ROW
        if len(want.targets) == 1 and not unfiltered:
            rows = dict(want.rows).get(next(iter(want.targets)), EVERY_ROW)
        condition = want.condition if demand is None else demand.condition
        types = want.types if spot.as_type is None else self.book.supergraph.possible(spot.as_type)
        placed = place(spot.selections, Placed(want.raw, want.field, want.arguments, types, condition,
                                               want.targets, rows, spot.as_type, want.directives))  # fmt: skip
        if taken.inputs is not None:
            self._emit(taken.inputs, spot, demand or Demand(want.condition, want.cells))
        if taken.inner is None or not want.targets:
            return {group}
        as_type = taken.inner.at.interface
        possible = taken.inner.at.types  # in this source; clients may know fewer
        static = min(possible) if len(possible) == 1 and as_type is None else None
        filters = tuple((name, rows) for name, rows in want.rows if not rows.is_everything)
        step = Step(want.raw, want.targets, static, filters, untyped=as_type is not None)
        inner = Spot(
            group,
            placed.children,
            (*_met(spot, want.types), step),
            spot.waits,
            not unfiltered,
            False,
            as_type,
        )
        if as_type is None and len(possible | want.targets) > 1:
            _name(inner, possible, condition)
        return {group} | self._object(taken.inner, inner, demand)

    def _hop(self, hop: Hop, spot: Spot, demand: Demand | None) -> set[Group]:
        """Place a fetch from another source for the object, after what supplies its inputs."""
        asked = demand or _demand_of(hop.inner)
        before = self._emit(hop.inputs, spot, asked)
        keys = [self.book.inputs(hop.key, hop.types, nullable=False)]
        for key, inputs in hop.fallbacks:
            free = inputs.asked <= hop.inputs.asked
            where = spot if free else replace(spot, waits=spot.waits | before, unless=tuple(keys))
            before |= self._emit(inputs, where, asked)
            keys.append(self.book.inputs(key, hop.types, nullable=False))
        group = self._group_at(hop, tuple(keys), spot, before)
        group.ask(asked)
        known = hop.inner.at.interface is None
        at = Spot(
            group,
            group.selections,
            _typed(group.position) if known and hop.way.entity is not None else group.position,
            spot.waits,
            spot.filtered,
            True,
            hop.inner.at.interface,
            spot.unless,
        )
        if known and hop.way.entity is not None:
            _name(at, hop.inner.at.types, asked.condition)
        return {group} | self._emit(hop.inner, at, demand)

    def _group_at(
        self, hop: Hop, keys: tuple[tuple[InputField, ...], ...], spot: Spot, before: set[Group]
    ) -> Group:
        """The fetch for this object from this source: one that is planned already, when it need not wait for more."""
        source, entity = hop.way.source, hop.way.entity
        root = bool(hop.types & ROOTS)
        position = spot.position if root else _narrowed(spot.position, hop.types)
        required = self.book.inputs(hop.requires, hop.types, nullable=True)
        depends_on = frozenset(before | spot.waits | ({spot.group} if spot.group is not None else set()))
        # Of an interface object, the same is asked for all concrete types: they share a fetch.
        where = position if hop.inner.at.interface is None else _narrowed(position, frozenset())
        key = (source, entity, root, where, hop.key)
        for group in self._by_place.get(key, ()):
            # A fetch that supplies guards here asks about this row anyway: it may bring along what has its inputs.
            fits = depends_on <= group.ancestors or (
                group in with_ancestors(spot.waits)
                and (before <= group.ancestors or group.sends(keys, required, spot.unless))
            )
            if fits and (spot.group is None or spot.group in group.ancestors):
                joined = join_inputs((*group.required, *required))
                # What is required has been fetched for the types of its own hop alone.
                had = (hop.types <= group.types or joined == required) and (
                    group.types <= hop.types or joined == group.required
                )
                if had and not conflict((*keys[0], *joined)):
                    group.required = joined
                    group.keys = tuple(dict.fromkeys((*group.keys, *keys)))
                    group.types |= hop.types
                    group.position = position if root else _narrowed(position, group.types)
                    group.rows = group.rows if spot.filtered else EVERY_ROW
                    group.unless = in_both(group.unless, spot.unless)
                    return group
        group = self._new_group(source, hop.types, position, depends_on)
        group.entity, group.root = entity, root
        group.keys, group.required, group.unless = keys, required, spot.unless
        if spot.filtered and not root:
            filters = {dict(position[-1].rows).get(name, EVERY_ROW) for name in hop.types}
            group.rows = filters.pop() if len(filters) == 1 else EVERY_ROW
        self._by_place.setdefault(key, []).append(group)
        return group

    def _new_group(
        self,
        source: str,
        types: frozenset[str],
        position: tuple[Step, ...],
        depends_on: frozenset[Group],
    ) -> Group:
        self.budget.spend()
        number = next(self._numbers)
        implied = frozenset[Group]().union(*(other.ancestors for other in depends_on))
        group = Group(number, source, types, position, depends_on - implied, with_ancestors(depends_on))
        self.groups.append(group)
        return group


def _comes_after(hop: Hop) -> bool:
    """False for the hops to an interface object that others, which require less, can join."""
    return hop.inner.at.interface is None or not hop.requires or hop.inputs.depth > 0


def _name(spot: Spot, types: frozenset[str], condition: Condition) -> None:
    """Select the concrete type's name: what is found there is told apart by it."""
    place(spot.selections, Placed(TYPENAME, TYPENAME, (), types, condition, frozenset()))


def _met(spot: Spot, types: frozenset[str]) -> tuple[Step, ...]:
    """The position of an object of these types: what is below a field of a few of them is not met below others."""
    if not spot.position or spot.as_type is not None or not types < spot.position[-1].types:
        return spot.position
    return _narrowed(spot.position, types)


def _narrowed(position: tuple[Step, ...], types: frozenset[str]) -> tuple[Step, ...]:
    """The position with its end at these concrete types alone."""
    return (*position[:-1], replace(position[-1], types=types))


def _typed(position: tuple[Step, ...]) -> tuple[Step, ...]:
    """The position when the concrete types at its end are known."""
    return (*position[:-1], replace(position[-1], untyped=False))


def _demand_of(resolved: Resolution) -> Demand:
    condition, cells = NEVER, RowFilter(())
    for want in _wants_of(resolved):
        condition = at_least(condition, want.condition)
        cells = either_rows(cells, want.cells)
    return Demand(condition, cells)


def _wants_of(resolved: Resolution) -> Iterator[Want]:
    for taken in resolved.taken:
        yield taken.want
    for hop in resolved.hops:
        yield from _wants_of(hop.inner)
