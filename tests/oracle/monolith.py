"""The same data twice: split over three sources in memory, and whole, answered by graphql-core.

What the gateway answers from the sources must be what graphql-core answers from the whole. Row guards are
applied there in the plainest way: by looking at the whole row before anything is resolved.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import ExecutionResult, GraphQLResolveInfo, execute_sync, parse

from connectors.base import (
    Capabilities,
    Claim,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    GuardTerm,
    Json,
    PathStep,
    Representation,
    RowFilter,
    RunContext,
    SourceFailure,
    Variables,
)
from gateway.supergraph.model import ROOTS, Supergraph
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.unified import compose

LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n'
)
SOURCES = {
    "one": """
        type A @key(fields: "id") { id: ID! s: String kids: [B] pet: Pet one: V @shareable }
        type V { x: String inner: V @shareable }
        union Pet = B | C
        type B @key(fields: "id", resolvable: false) { id: ID! }
        type C @key(fields: "id") { id: ID! c1: Int grid: [[B]] }
        """,
    "two": """
        type A @key(fields: "id") { id: ID! n(k: Int): Int one: V @shareable }
        type V { y: String inner: V @shareable }
        type B @key(fields: "id") @key(fields: "code") { id: ID! code: String! t: String owner: A }
        """,
    "three": """
        type B @key(fields: "code") { code: String! extra: [String] mate: Named }
        type C @key(fields: "id") { id: ID! name: String friends: [Pet] }
        interface Named { name: String }
        type D implements Named @key(fields: "id") { id: ID! name: String a: A }
        type A @key(fields: "id", resolvable: false) { id: ID! }
        union Pet = B | C
        """,
}
KEYS = {"A": ("id",), "B": ("id", "code"), "C": ("id",), "D": ("id",)}
RECORD = {"A": "one", "B": "two", "C": "one", "D": "three"}


def supergraph() -> Supergraph:
    """The three sources, composed."""
    texts = [SourceText(name, name.upper(), LINK + sdl) for name, sdl in SOURCES.items()]
    composed = compose(texts, record=RECORD)
    able = {
        name: replace(source, capabilities=Capabilities(batch=100))
        for name, source in composed.sources.items()
    }
    return replace(composed, sources=able)


# Any: rows are JSON, each its own shape, or a function of the arguments in place of a value.
Row = dict[str, Any]


@dataclass
class World:
    """All rows by (type, id); references between rows are (type, id) pairs.

    `roots`: per root type, the values of the root fields that are no lookups; references there too. A value may
    be a function of the field's arguments.
    """

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    roots: dict[str, Row] = field(default_factory=dict)

    def find(self, types: Iterable[str], representation: Representation) -> Row | None:
        """The row of one of these types that is all that the representation says, inputs of `@requires` too."""
        wanted = {key: value for key, value in representation.items() if key != "__typename"}
        for (name, _), row in self.rows.items():
            if name in types and self._agrees(row, wanted):
                return row
        return None

    def root(self, type_name: str) -> Row:
        """A root type's object."""
        return {"__typename": type_name, **self.roots.get(type_name, {})}

    def follow(self, value: Json) -> Json:
        """A value with references replaced by the rows they lead to."""
        if isinstance(value, tuple):
            return self.rows.get(value)
        if isinstance(value, list):
            return [self.follow(item) for item in value]
        return value

    def _agrees(self, value: Json, wanted: Json) -> bool:
        value = self.follow(value)
        if callable(value):
            return True  # with which arguments it was asked is not known here
        if isinstance(wanted, dict):
            return isinstance(value, dict) and all(
                self._agrees(value.get(key), inner) for key, inner in wanted.items()
            )
        if isinstance(wanted, list):
            return (
                isinstance(value, list)
                and len(value) == len(wanted)
                and all(self._agrees(one, other) for one, other in zip(value, wanted, strict=True))
            )
        return bool(value == wanted)


@dataclass
class MemorySource:
    """One source over a world. `down`: every question fails.

    `known_as`: per concrete type, the interface as which this source knows its objects (`@interfaceObject`).
    `roots`: the source's own names of the root types, where they are others than the public ones.
    """

    world: World
    down: bool = False
    asked: list[list[Representation]] = field(default_factory=list)
    known_as: Mapping[str, str] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)

    def prepare(self, spec: FetchSpec) -> Any:  # the spec itself serves as the prepared form
        return spec

    async def fetch(
        self,
        prepared: Any,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        self.asked.append(list(representations))
        if self.down:
            raise SourceFailure(FailureKind.UNAVAILABLE, "down")
        if prepared.kind is FetchKind.ROOT:
            return FetchResult([self._root(prepared, variables)])
        return FetchResult([self._entity(prepared, item, variables) for item in representations])

    async def ensure_known(self) -> SourceFailure | None:
        return SourceFailure(FailureKind.UNAVAILABLE, "down") if self.down else None

    def _root(self, spec: FetchSpec, variables: Variables) -> Row:
        root = self.world.root(self.roots.get(spec.type_name, spec.type_name))
        return self._select(root, spec.selections, variables)

    def _entity(self, spec: FetchSpec, representation: Representation, variables: Variables) -> Row | None:
        name = representation["__typename"]
        assert any(name == one.type_name for one in spec.entities), f"{name} is not what {spec} asks for"
        concrete = {one for one, interface in self.known_as.items() if interface == name} or {name}
        row = self.world.find(concrete, representation)
        return None if row is None else self._select(row, spec.selections, variables)

    def _select(self, row: Row, selections: Sequence[FieldSelection], variables: Variables) -> Row:
        answer: Row = {}
        names = {row["__typename"], self.known_as.get(row["__typename"], row["__typename"])}
        for item in selections:
            if names & item.types and item.condition.holds(variables):
                arguments = {
                    one.name: variables[one.variable] for one in item.arguments if one.variable in variables
                }
                value = resolve(self.world, row, item.field, arguments)
                if item.field == "__typename":
                    value = self.known_as.get(value, value)
                answer[item.response] = self._inside(value, item, variables)
        return answer

    def _inside(self, value: Json, item: FieldSelection, variables: Variables) -> Json:
        if isinstance(value, list):
            return [self._inside(one, item, variables) for one in value]
        if isinstance(value, dict) and item.children:
            return self._select(value, item.children, variables)
        return copy.copy(value)


def memory_sources(graph: Supergraph, world: World, down: Iterable[str] = ()) -> dict[str, MemorySource]:
    """Every source of a supergraph over one world; interface objects are known as such."""
    sources = {name: MemorySource(world, name in down) for name in graph.sources}
    for type_name, found in graph.types.items():
        for source, said in found.sources.items():
            if said.interface_object:
                known = dict.fromkeys(found.possible, type_name)
                sources[source].known_as = {**sources[source].known_as, **known}
    return sources


def resolve(world: World, row: Row, name: str, arguments: Mapping[str, Json]) -> Json:
    """The value of one field of one row."""
    value = row.get(name)
    if name == "n":
        return value + (arguments.get("k") or 0) if isinstance(value, int) else value
    if callable(value):
        value = value(arguments)
    return world.follow(value)


Guards = Mapping[str, RowFilter]
Cells = Mapping[tuple[str, str], tuple[tuple[GuardTerm, ...], ...]]


def monolith_answer(
    graph: Supergraph,
    world: World,
    query: str,
    variables: Mapping[str, Json],
    rows: Guards,
    cells: Cells,
    operands: Mapping[str, tuple[str, ...]],
) -> Json:
    """The data that graphql-core answers from the whole world, invisible rows and cells left out."""
    result = monolith_result(graph, world, query, variables, rows, cells, operands)
    assert not result.errors, result.errors
    return result.data


def monolith_result(
    graph: Supergraph,
    world: World,
    query: str,
    variables: Mapping[str, Json],
    rows: Guards,
    cells: Cells,
    operands: Mapping[str, tuple[str, ...]],
) -> ExecutionResult:
    """The same with its errors: a row may hold null where the schema promises a value."""

    def shown(value: Json) -> Json:
        if isinstance(value, list):
            inner = [shown(item) for item in value if not (isinstance(item, dict) and not seen(item))]
            return inner
        return None if isinstance(value, dict) and not seen(value) else value

    def seen(row: Row) -> bool:
        filtered = rows.get(row["__typename"])
        return filtered is None or any(all(holds(row, term) for term in terms) for terms in filtered.any_of)

    def holds(row: Row, term: GuardTerm) -> bool:
        assert isinstance(term.operand, Claim)
        wanted = operands.get(term.operand.name, ())
        return any(value in wanted for value in leaves(row, list(term.path)) if value is not None)

    def leaves(row: Row, path: list[PathStep]) -> list[Json]:
        found = [resolve(world, row, path[0].field, {})]
        flat: list[Json] = []
        while found:
            item = found.pop()
            found.extend(item) if isinstance(item, list) else flat.append(item)
        if path[0].narrow:
            flat = [item for item in flat if isinstance(item, dict) and item["__typename"] == path[0].narrow]
        if len(path) == 1:
            return flat
        return [leaf for item in flat if isinstance(item, dict) for leaf in leaves(item, path[1:])]

    def field_resolver(row: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if info.parent_type.name in ROOTS:
            lookup = graph.lookups.get(info.field_name)
            if lookup is not None:
                return shown(world.find({lookup.type_name}, {lookup.key_field: arguments[lookup.argument]}))
            row = world.root(info.parent_type.name)
        alternatives = cells.get((row["__typename"], info.field_name))
        if alternatives is not None and not any(
            all(holds(row, one) for one in terms) for terms in alternatives
        ):
            return None
        return shown(resolve(world, row, info.field_name, arguments))

    return execute_sync(
        graph.schema,
        parse(query),
        root_value={},
        variable_values=dict(variables),
        field_resolver=field_resolver,
        type_resolver=lambda value, *_: value["__typename"],
    )
