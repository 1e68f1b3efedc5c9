"""The query plan: plain data that says what is fetched, from where, after what, and what leaves.

A plan holds no value of a request and no principal's claim; it is shared by every request with the same
operation and constraints. Positions, guards and output fields name values of the raw answer tree by their
internal response key (`raw`): the field's own name, or one of its own where it has arguments or directives.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from connectors.base import (
    ALWAYS,
    Condition,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    RowFilter,
    Variables,
)
from gateway.constraints import Permit, Reason
from gateway.operation.model import Argument, Directive

TypeRows = tuple[tuple[str, RowFilter], ...]
"""Per concrete type, in order of name, the rows that are visible."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client's selection stands: what errors name.

    `response_path` holds the client's response keys from the root; `in_list`: a list lies on the way, so that
    no single path exists. `condition` is the selection's, with all its ancestors'.
    """

    coordinate: str
    response_path: tuple[str, ...]
    in_list: bool
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a position: follow `raw`, through any lists, to objects of these concrete types.

    `static`: the one type that the objects can have; None: read `__typename`. An object without one was met as
    an interface object, its concrete type is not known (yet): it is followed when `untyped`. Only objects that
    pass `rows` are followed, as far as that is known yet.
    """

    raw: str
    types: frozenset[str]
    static: str | None
    rows: TypeRows
    untyped: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a fetch takes its objects from, and how it asks for them.

    `position` leads from the root of the answer tree; the empty one is the root itself. `sent_as` is what
    `__typename` says in the representations; None: the object's own concrete type. `fallbacks` are
    taken instead of `inputs`, in order, for an object that has null in those before. A root fetch has no inputs:
    what it answers belongs to every object at its position, and it is made when there is one. `unless`: keys in place
    of which it is made: an object that has all of one is not asked for.
    """

    position: tuple[Step, ...]
    inputs: tuple[InputField, ...] = ()
    sent_as: str | None = None
    fallbacks: tuple[tuple[InputField, ...], ...] = ()
    unless: tuple[tuple[InputField, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FetchNode:
    """One fetch from one source: entities at one or several positions, or fields of a root type.

    `depends_on`: the nodes that must have ended before. `existence`: an entity that this source does not have
    does not exist (the source of record of a root lookup). `cells`: only objects on which one of these holds
    need the fetch at all. `supplies`: per top-level raw key, the places that are null when the fetch fails.
    """

    id: int
    spec: FetchSpec
    entries: tuple[Entry, ...]
    depends_on: frozenset[int]
    condition: Condition
    existence: bool
    cells: RowFilter
    supplies: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class LookupSeed:
    """A root lookup: a synthetic representation. `slot` holds the key's value; `raw` is where the object stands."""

    raw: str
    type_name: str
    key_field: str
    slot: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in an output field, as the public schema promises it.

    A list has `item`; a leaf has its type's name in `leaf`, and the names of an enum in `values`; objects have
    neither. `non_null`: null may not stand here (GraphQL specification, section 6.4.4).
    """

    leaf: str | None
    values: frozenset[str] | None = None
    non_null: bool = False
    item: "Shape | None" = None


@dataclass(frozen=True, slots=True)
class OutputField:
    """One field of the answer, for a set of concrete types of its object.

    `permit` is None where the field is denied (for the reason `denial`): it is null. `turns` say where it
    stands among its siblings (`Selection.turns`). `condition` is relative to the parent. `targets` are
    the concrete types that an object there can have, `rows` which of their rows are visible.
    """

    response: str
    raw: str
    field: str
    types: frozenset[str]
    arguments: tuple[Argument, ...]
    condition: Condition
    permit: Permit | None
    shape: Shape
    place: Place
    targets: frozenset[str] = frozenset()
    rows: TypeRows = ()
    children: tuple["OutputField", ...] = ()
    denial: Reason | None = None
    turns: tuple[tuple[int, Condition], ...] = ()
    directives: tuple[Directive, ...] = ()

    def turn(self, variables: Variables) -> int:
        """Its place among its siblings for one request, in which its condition holds."""
        return next((turn for turn, condition in self.turns if condition.holds(variables)), 0)


@dataclass(frozen=True, slots=True)
class StaticDenial:
    """A selection that this kind of principal may not see, for this purpose, whatever the data."""

    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """All that can be known of a request before it is made.

    `constants` are the values of argument slots that belong to no client: arguments inside `@requires`. `exact`:
    errors name each place of the data, as the GraphQL specification says (policy off); else they name
    selections and never depend on data.
    """

    seeds: tuple[LookupSeed, ...]
    nodes: tuple[FetchNode, ...]
    output: tuple[OutputField, ...]
    denials: tuple[StaticDenial, ...]
    conditional: tuple[str, ...]  # coordinates guarded beyond the rows of their type
    masked: tuple[str, ...]  # coordinates that some row may show masked
    root_type: str = "Query"
    constants: Mapping[str, Json] = made(default_factory=dict)
    exact: bool = False

    @property
    def depth(self) -> int:
        """The number of dependent steps: the longest chain of fetches."""
        levels: dict[int, int] = {}
        for node in self.nodes:
            levels[node.id] = 1 + max((levels[other] for other in node.depends_on), default=0)
        return max(levels.values(), default=0)


def output_fields(fields: tuple[OutputField, ...]) -> Iterator[OutputField]:
    """Every output field, parents before children."""
    for item in fields:
        yield item
        yield from output_fields(item.children)


def types_of(selections: tuple[FieldSelection, ...]) -> frozenset[str]:
    """All types on which any of these is asked for."""
    return frozenset[str]().union(*(item.types for item in selections))
