"""What must be fetched at each object: the visible fields, and the hidden inputs of guards.

A `Want` is one field with one set of arguments on a set of concrete types. Wants of one field on overlapping
sets are split, so that on every concrete type each raw key is wanted once.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from dataclasses import field as made

from connectors.base import EVERY_ROW, Condition, PathStep, RowFilter
from gateway.operation.conditions import NEVER, at_least
from gateway.operation.model import Argument, Directive
from gateway.planning.budget import WorkBudget
from gateway.planning.plan import OutputField, Place, TypeRows
from gateway.supergraph.model import TYPENAME, Kind, Supergraph

ABSTRACT = frozenset({Kind.INTERFACE, Kind.UNION})
"""The kinds of types whose objects tell by `__typename` what they are."""


@dataclass(slots=True)
class Want:
    """One field to fetch, under the key `raw` of the answer tree. `condition` includes the ancestors'.

    `guard`: a row guard of its own object needs it. `unfiltered`: somebody needs the objects that it leads to
    whether they are visible or not. `cells`: the rows on which its consumers can show anything.
    """

    raw: str
    field: str
    arguments: tuple[Argument, ...]
    types: frozenset[str]
    condition: Condition = NEVER
    places: dict[Place, None] = made(default_factory=dict)  # an ordered set
    children: "Wants" = made(default_factory=lambda: Wants())
    targets: frozenset[str] = frozenset()
    rows: TypeRows = ()
    guard: bool = False
    unfiltered: bool = False
    cells: RowFilter = RowFilter(())
    directives: tuple[Directive, ...] = ()

    def on_types(self, types: frozenset[str]) -> "Want":
        """The same want on fewer types. It shares its children, so it is for those who only read."""
        return self if types == self.types else replace(self, types=types)

    def split(self, types: frozenset[str]) -> "Want":
        """The same want on other types, sharing nothing."""
        copy = deepcopy(self)
        copy.types = types
        return copy

    def ask(self, condition: Condition, place: Place, cells: RowFilter) -> None:
        """Add one consumer."""
        self.condition = at_least(self.condition, condition)
        self.places[place] = None
        self.cells = either_rows(self.cells, cells)


def either_rows(left: RowFilter, right: RowFilter) -> RowFilter:
    """The rows that pass one of the two."""
    if left.is_everything or right.is_everything:
        return EVERY_ROW
    if set(right.any_of) <= set(left.any_of):
        return left
    return RowFilter(tuple(dict.fromkeys((*left.any_of, *right.any_of))))


@dataclass(slots=True)
class Wants:
    """The wants at one object."""

    items: list[Want] = made(default_factory=list)
    by_raw: dict[str, list[Want]] = made(default_factory=dict)

    def __iter__(self) -> Iterator[Want]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def add(self, want: Want) -> None:
        """Add one want; nothing of it may be wanted yet."""
        self.items.append(want)
        self.by_raw.setdefault(want.raw, []).append(want)

    def on(
        self,
        types: frozenset[str],
        name: str,
        raw: str = "",
        arguments: tuple[Argument, ...] = (),
        directives: tuple[Directive, ...] = (),
    ) -> list[Want]:
        """The wants of this field that together cover exactly `types`; made or split where needed.

        `raw`: the key in the answer tree of a field with arguments or directives.
        """
        found: list[Want] = []
        raw, left = raw or name, types
        for item in list(self.by_raw.get(raw, ())):
            shared = item.types & left
            if not shared:
                continue
            if shared != item.types:
                self.add(item.split(item.types - shared))
                item.types = shared
            found.append(item)
            left -= shared
        if left:
            found.append(Want(raw, name, arguments, left, directives=directives))
            self.add(found[-1])
        return found


class WantBuilder:
    """Turns output fields into wants."""

    def __init__(self, supergraph: Supergraph, budget: WorkBudget) -> None:
        self.supergraph = supergraph
        self.budget = budget

    def root(self, output: tuple[OutputField, ...]) -> Wants:
        """What is wanted at the root, introspection and the root's own `__typename` apart."""
        wants = Wants()
        for item in output:
            if item.permit is not None and not item.field.startswith("__"):
                self._visible(wants, item)
        return wants

    def _fill(self, wants: Wants, reference: OutputField) -> None:
        """Add all that is wanted at the objects to which an output field leads."""
        guarded = [(name, rows) for name, rows in reference.rows if not rows.is_everything]
        if self._is_abstract(reference) and (guarded or _depends_on_type(reference)):
            self._typename(wants, reference.targets, reference.place, guard=bool(guarded))
        for name, rows in guarded:
            for term in (term for terms in rows.any_of for term in terms):
                self._path(wants, frozenset({name}), term.path, reference.place, guard=True)
        for item in reference.children:
            if item.permit is not None and item.field != TYPENAME:
                self._visible(wants, item)

    def _is_abstract(self, reference: OutputField) -> bool:
        named = self.supergraph.returned(min(reference.types), reference.field).name
        return self.supergraph.types[named].kind in ABSTRACT

    def _visible(self, wants: Wants, item: OutputField) -> None:
        assert item.permit is not None
        if item.place.condition == NEVER:
            return
        cells = RowFilter(tuple(candidate.guards for candidate in item.permit.candidates))
        for want in wants.on(item.types, item.field, item.raw, item.arguments, item.directives):
            self.budget.spend()
            want.ask(item.place.condition, item.place, cells)
            want.targets, want.rows = item.targets, item.rows
            if item.targets:
                self._fill(want.children, item)
        for term in (term for terms in cells.any_of for term in terms):
            self._path(wants, item.types, term.path, item.place, guard=False)

    def _path(
        self, wants: Wants, types: frozenset[str], path: tuple[PathStep, ...], place: Place, guard: bool
    ) -> None:
        """Want every field of a guard's path, over the raw graph."""
        step, rest = path[0], path[1:]
        for want in wants.on(types, step.field):
            self.budget.spend()
            want.ask(place.condition, place, EVERY_ROW)
            want.guard = want.guard or guard
            if not rest:
                continue
            want.unfiltered = True
            target = self.supergraph.types[self.supergraph.field(min(types), step.field).type.name]
            reached = target.possible
            want.targets = want.targets | reached
            if target.kind in ABSTRACT:
                self._typename(want.children, reached, place, guard=True)
            narrowed = reached & self.supergraph.possible(step.narrow) if step.narrow else reached
            self._path(want.children, narrowed, rest, place, guard)

    def _typename(self, wants: Wants, targets: frozenset[str], place: Place, guard: bool) -> None:
        """Want the concrete type's name."""
        for want in wants.on(targets, TYPENAME):
            want.ask(place.condition, place, EVERY_ROW)
            want.guard = want.guard or guard


def _depends_on_type(reference: OutputField) -> bool:
    """Whether what is selected on an interface or union depends on the object's concrete type."""
    return any(item.field == TYPENAME or item.types != reference.targets for item in reference.children)
