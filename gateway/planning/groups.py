"""Fetches in the making: what placement fills and staging joins before they become plan nodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as made

from connectors.base import EVERY_ROW, Condition, InputField, RowFilter
from gateway.operation.conditions import NEVER, at_least
from gateway.operation.model import Argument, Directive
from gateway.planning.inputs import join_inputs
from gateway.planning.plan import Place, Step
from gateway.planning.wants import Want, either_rows


@dataclass(slots=True)
class Placed:
    """One selection inside a fetch. `as_type`: the interface object's name by which the source knows `types`."""

    raw: str
    field: str
    arguments: tuple[Argument, ...]
    types: frozenset[str]
    condition: Condition
    targets: frozenset[str]
    rows: RowFilter = EVERY_ROW
    as_type: str | None = None
    directives: tuple[Directive, ...] = ()
    children: list["Placed"] = made(default_factory=list)


@dataclass(frozen=True, slots=True)
class Demand:
    """On whose behalf hidden inputs are fetched: under which condition, and for which rows."""

    condition: Condition
    cells: RowFilter


@dataclass(eq=False, slots=True)
class Group:
    """A fetch in the making, for the objects at one position.

    `entity`: what representations say of their type; None: each its own. `root`: fields of a root type, no
    representations. `ancestors`: everything that it depends on, however far. `keys`: the inputs of the key, then those
    that serve where it is null; `required`: what `@requires` names, beside either. `unless`: keys, of which an object
    that has one needs nothing from here.
    """

    number: int
    source: str
    types: frozenset[str]
    position: tuple[Step, ...]
    depends_on: frozenset["Group"]
    ancestors: frozenset["Group"]
    entity: str | None = None
    root: bool = False
    keys: tuple[tuple[InputField, ...], ...] = ((),)
    required: tuple[InputField, ...] = ()
    unless: tuple[tuple[InputField, ...], ...] = ()
    existence: bool = False
    rows: RowFilter = EVERY_ROW
    condition: Condition = NEVER
    cells: RowFilter = RowFilter(())
    selections: list[Placed] = made(default_factory=list)
    supplies: dict[tuple[str, Place], None] = made(default_factory=dict)  # an ordered set

    @property
    def inputs(self) -> tuple[InputField, ...]:
        """The fields of representations."""
        return join_inputs((*self.keys[0], *self.required))

    @property
    def fallbacks(self) -> tuple[tuple[InputField, ...], ...]:
        """The fields of representations, in order, for objects that have null in the first key."""
        return tuple(join_inputs((*key, *self.required)) for key in self.keys[1:])

    def sends(
        self,
        keys: tuple[tuple[InputField, ...], ...],
        required: tuple[InputField, ...],
        unless: tuple[tuple[InputField, ...], ...],
    ) -> bool:
        """Whether all of these inputs are sent anyway, for the same objects."""
        joined = join_inputs((*self.required, *required))
        return set(keys) <= set(self.keys) and joined == self.required and unless == self.unless

    def serve(self, want: Want, demand: Demand | None) -> None:
        """Take note of a want at the top of this fetch."""
        if demand is not None:
            self.ask(demand)
            return
        self.ask(Demand(want.condition, want.cells))
        self.supplies |= {(want.raw, place): None for place in want.places}

    def ask(self, demand: Demand) -> None:
        """One more consumer, who needs nothing reported."""
        self.condition = at_least(self.condition, demand.condition)
        self.cells = either_rows(self.cells, demand.cells)


def with_ancestors(groups: Iterable[Group]) -> frozenset[Group]:
    """The groups and all that they depend on."""
    direct = frozenset(groups)
    return direct.union(*(group.ancestors for group in direct))


def in_both(
    unless: tuple[tuple[InputField, ...], ...], other: tuple[tuple[InputField, ...], ...]
) -> tuple[tuple[InputField, ...], ...]:
    """The keys with which an object needs neither of two fetches that become one."""
    return tuple(key for key in unless if key in other)


def place(selections: list[Placed], new: Placed) -> Placed:
    """Add a selection, or join it with those of the same key on some of its types: no key is asked twice."""
    same = [old for old in selections if old.raw == new.raw and old.types & new.types]
    if not same:
        selections.append(new)
        return new
    joined = same[0]
    for other in (*same[1:], new):
        joined.types |= other.types
        joined.condition = at_least(joined.condition, other.condition)
        joined.targets |= other.targets
        joined.rows = joined.rows if joined.rows == other.rows else EVERY_ROW
        for child in other.children:
            place(joined.children, child)
    for other in same[1:]:
        selections.remove(other)
    return joined
