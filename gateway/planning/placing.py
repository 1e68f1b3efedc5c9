"""Placement: which source answers each want, and which fetches that makes.

Starting from the source that leads to an object, take what it has; for the rest hop along keys, nearest and
widest first; hand back what no source can answer from here (residue), so that the parent tries another source's
copy of its own field. Hops of an object wait for the fetches that supply its row guards and its ancestors'.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from dataclasses import field as made
from itertools import count

from connectors.base import EVERY_ROW, Condition, RowFilter
from gateway.operation.conditions import NEVER, either
from gateway.operation.model import Argument
from gateway.planning.plan import Place, Step
from gateway.planning.wants import Want, Wants, WorkBudget, either_rows
from gateway.supergraph.model import TYPENAME, FieldSet, Supergraph
from gateway.supergraph.satisfiability import next_sources


@dataclass(slots=True)
class Placed:
    """One selection inside a fetch."""

    raw: str
    field: str
    arguments: tuple[Argument, ...]
    types: frozenset[str]
    condition: Condition
    targets: frozenset[str]
    rows: RowFilter
    children: list["Placed"] = made(default_factory=list)


@dataclass(eq=False, slots=True)
class Group:
    """A fetch in the making: entities of one type at one position from one source."""

    number: int
    source: str
    type_name: str
    position: tuple[Step, ...]
    key: FieldSet
    existence: bool = False
    rows: RowFilter = EVERY_ROW
    depends_on: set["Group"] = made(default_factory=set)
    condition: Condition = NEVER
    cells: RowFilter = RowFilter(())
    selections: list[Placed] = made(default_factory=list)
    supplies: dict[tuple[str, Place], None] = made(default_factory=dict)  # an ordered set

    def serve(self, want: Want) -> None:
        """Take note of a want at the top of this fetch."""
        self.condition = either(self.condition, want.condition)
        self.cells = either_rows(self.cells, want.cells)
        self.supplies |= {(want.raw, place): None for place in want.places}


@dataclass(frozen=True, slots=True)
class Spot:
    """An object under planning: where it is, which fetch leads to it, and where its selections go.

    `waits` are the fetches that supply the row guards of its ancestors; `filtered`: nobody needs it when it is
    not visible; `top`: its selections are the fetch's own.
    """

    group: Group
    selections: list[Placed]
    position: tuple[Step, ...]
    waits: frozenset[Group]
    filtered: bool
    top: bool


class Placer:
    """Places the wants of one operation; `groups` fill on the way, in order of creation."""

    def __init__(self, supergraph: Supergraph, budget: WorkBudget) -> None:
        self.supergraph = supergraph
        self.budget = budget
        self.groups: list[Group] = []
        self._touched: list[Group] = []
        self._numbers = count()

    def lookup(
        self,
        step: Step,
        source: str,
        type_name: str,
        key: FieldSet,
        wants: Wants,
        condition: Condition,
        places: tuple[Place, ...],
    ) -> None:
        """Plan a root lookup: the source of record first, everything else after it.

        `places` are the lookup's own: they are null when the source of record fails.
        Raises LookupError, naming the first field, when something wanted cannot be reached from there.
        """
        group = self._new_group(source, type_name, (step,), key)
        group.existence = True
        group.condition = condition
        group.cells = EVERY_ROW
        group.supplies = {(step.raw, place): None for place in places}
        group.rows = dict(step.rows).get(type_name, EVERY_ROW)
        spot = Spot(group, group.selections, (step,), frozenset(), True, True)
        for want in self._object(wants, spot, set()):
            raise LookupError(f"{min(want.types)}.{want.field}")

    def _object(self, wants: Wants, spot: Spot, tried: set[str]) -> Wants:
        """Place what is wanted at one object; the residue is what cannot be had from here.

        First the inputs of row guards, then the rest, whose hops wait for what supplies those inputs.
        """
        guards = [_guard_part(want) for want in wants if want.guard]
        before = len(self._touched)
        residue = self._wants(guards, spot, tried)
        if guards:
            spot = replace(spot, waits=spot.waits | {spot.group, *self._touched[before:]})
        residue += self._wants([part for want in wants for part in _visible_part(want)], spot, tried)
        return Wants(residue)

    def _wants(self, wants: Iterable[Want], spot: Spot, tried: set[str]) -> list[Want]:
        missing: list[Want] = []
        for want in wants:
            self.budget.spend()
            here = frozenset(
                name for name in want.types if self._resolves(spot.group.source, name, want.field)
            )
            if here:
                missing += self._local(want if here == want.types else want.narrowed(here), spot)
            if here != want.types:
                missing.append(want.narrowed(want.types - here) if here else want)
        return self._hops(missing, spot, tried | {spot.group.source}) if missing else missing

    def _local(self, want: Want, spot: Spot) -> list[Want]:
        """Take a field from the source at hand. What its children lack there comes back under the same field."""
        placed = self._select(want, spot)
        if not want.targets:
            return []
        static = next(iter(want.targets)) if len(want.targets) == 1 else None
        step = Step(want.raw, want.targets, static, want.rows)
        filtered = spot.filtered and not want.unfiltered
        inner = Spot(spot.group, placed.children, (*spot.position, step), spot.waits, filtered, False)
        residue = self._object(want.children, inner, set())
        return [replace(want, children=residue)] if residue else []

    def _select(self, want: Want, spot: Spot) -> Placed:
        if spot.top:
            spot.group.serve(want)
        rows = EVERY_ROW
        if len(want.targets) == 1 and spot.filtered and not want.unfiltered:
            rows = dict(want.rows).get(next(iter(want.targets)), EVERY_ROW)
        return _place(spot.selections, Placed(want.raw, want.field, want.arguments, want.types, want.condition,
                                              want.targets, rows))  # fmt: skip

    def _hops(self, missing: list[Want], spot: Spot, tried: set[str]) -> list[Want]:
        """Send what is missing to other sources, by key; each concrete type by itself."""
        residue: list[Want] = []
        for type_name in sorted({name for want in missing for name in want.types}):
            left = [want.narrowed(frozenset({type_name})) if len(want.types) > 1 else want
                    for want in missing if type_name in want.types]  # fmt: skip
            asked = tried
            while left:
                route = self._best_route(type_name, left, spot, asked)
                if route is None:
                    residue += left
                    break
                taken = [want for want in left if self._resolves(route[-1][0], type_name, want.field)]
                left = [want for want in left if want not in taken]
                left += self._follow(route, type_name, Wants(taken), spot, asked)
                asked = asked | {route[-1][0]}
        return residue

    def _best_route(
        self, type_name: str, left: list[Want], spot: Spot, tried: set[str]
    ) -> list[tuple[str, FieldSet]] | None:
        """The chain of (source, key) to the best source: nearest, then widest, then batching, then by name."""
        best: tuple[tuple[int, int, int, int, str], list[tuple[str, FieldSet]]] | None = None
        for route in self._routes(spot.group.source, type_name):
            source = route[-1][0]
            covered = sum(self._resolves(source, type_name, want.field) for want in left)
            if source in tried or not covered:
                continue
            able = self.supergraph.sources[source].capabilities
            cost = (len(route), -covered, 0 if able.batch > 1 else 1, able.latency, source)
            if best is None or cost < best[0]:
                best = (cost, route)
        return best[1] if best else None

    def _routes(self, source: str, type_name: str) -> Iterator[list[tuple[str, FieldSet]]]:
        """Shortest chains of key hops to every other source, breadth first."""
        seen = {source}
        waiting: list[tuple[str, list[tuple[str, FieldSet]]]] = [(source, [])]
        while waiting:
            at, route = waiting.pop(0)
            for other, key in next_sources(self.supergraph.types, at, type_name):
                if other not in seen:
                    seen.add(other)
                    self.budget.spend()
                    yield [*route, (other, key)]
                    waiting.append((other, [*route, (other, key)]))

    def _follow(
        self, route: list[tuple[str, FieldSet]], type_name: str, wants: Wants, spot: Spot, tried: set[str]
    ) -> Wants:
        """Plan the hops of a route, each feeding the next its key; wants are placed at its end."""
        at = spot
        condition = _any_condition(want.condition for want in wants)
        cells = _any_rows(want.cells for want in wants)
        for source, key in route:
            self._select_key(key, type_name, condition, at.selections)
            group = self._group_at(source, type_name, key, at)
            group.condition = either(group.condition, condition)
            group.cells = either_rows(group.cells, cells)
            at = replace(at, group=group, selections=group.selections, top=True)
        return self._object(wants, at, tried | {source for source, _ in route[:-1]})

    def _group_at(self, source: str, type_name: str, key: FieldSet, at: Spot) -> Group:
        """The fetch for this object from this source: one that is planned already, when it need not wait for more."""
        depends_on = {at.group, *at.waits}
        position = _narrowed(at.position, type_name)
        for group in self.groups:
            same = (group.source, group.type_name, group.position, group.key) == (
                source,
                type_name,
                position,
                key,
            )
            before = _ancestors(group) if same else set()
            # A fetch that supplies guards here asks about this row anyway: it may bring the rest along.
            if same and at.group in before and (group in at.waits or depends_on <= before):
                self._touched.append(group)
                group.rows = group.rows if at.filtered else EVERY_ROW
                return group
        group = self._new_group(source, type_name, position, key)
        self._touched.append(group)
        group.depends_on = depends_on
        if at.filtered:
            group.rows = dict(position[-1].rows).get(type_name, EVERY_ROW)
        return group

    def _select_key(
        self, key: FieldSet, type_name: str, condition: Condition, selections: list[Placed]
    ) -> None:
        for part in key:
            reference = self.supergraph.field(type_name, part.name).type
            targets = self.supergraph.possible(reference.name) if part.children else frozenset[str]()
            placed = _place(selections, Placed(part.name, part.name, (), frozenset({type_name}), condition,
                                               targets, EVERY_ROW))  # fmt: skip
            for name in sorted(targets):
                self._select_key(part.children, name, condition, placed.children)

    def _new_group(self, source: str, type_name: str, position: tuple[Step, ...], key: FieldSet) -> Group:
        self.budget.spend()
        self.groups.append(Group(next(self._numbers), source, type_name, position, key))
        return self.groups[-1]

    def _resolves(self, source: str, type_name: str, name: str) -> bool:
        if name == TYPENAME:
            return True
        said = self.supergraph.field(type_name, name).sources.get(source)
        return said is not None and not said.external


def _narrowed(position: tuple[Step, ...], type_name: str) -> tuple[Step, ...]:
    """The position with its end at one concrete type alone."""
    return (*position[:-1], replace(position[-1], types=frozenset({type_name})))


def _guard_part(want: Want) -> Want:
    """The want with those of its children alone that row guards need, over the raw graph: hidden rows too."""
    return replace(
        want, rows=(), children=Wants([_guard_part(child) for child in want.children if child.guard])
    )


def _visible_part(want: Want) -> list[Want]:
    """The want without what row guards need and `_guard_part` has: none when nothing is left."""
    if not want.guard:
        return [want]
    children = [part for child in want.children for part in _visible_part(child)]
    return [replace(want, children=Wants(children))] if children else []


def _place(selections: list[Placed], new: Placed) -> Placed:
    """Add a selection, or join it with those of the same key on some of its types: no key is asked twice."""
    same = [old for old in selections if old.raw == new.raw and old.types & new.types]
    if not same:
        selections.append(new)
        return new
    joined = same[0]
    for other in (*same[1:], new):
        joined.types |= other.types
        joined.condition = either(joined.condition, other.condition)
        joined.targets |= other.targets
        joined.rows = joined.rows if joined.rows == other.rows else EVERY_ROW
        for child in other.children:
            _place(joined.children, child)
    for other in same[1:]:
        selections.remove(other)
    return joined


def _ancestors(group: Group) -> set[Group]:
    found: set[Group] = set()
    waiting = list(group.depends_on)
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += other.depends_on
    return found


def _any_condition(conditions: Iterable[Condition]) -> Condition:
    result = NEVER
    for condition in conditions:
        result = either(result, condition)
    return result


def _any_rows(filters: Iterable[RowFilter]) -> RowFilter:
    result = RowFilter(())
    for rows in filters:
        result = either_rows(result, rows)
    return result
