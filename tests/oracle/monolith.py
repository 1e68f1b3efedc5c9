"""The same data twice: split over three sources in memory, and whole, answered by graphql-core.

What the gateway answers from the sources must be what graphql-core answers from the whole. Row guards are
applied there in the plainest way: by looking at the whole row before anything is resolved.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLResolveInfo, execute_sync, parse

from connectors.base import (
    Capabilities,
    Claim,
    Condition,
    FailureKind,
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
from gateway.supergraph.composition import compose
from gateway.supergraph.model import Supergraph
from gateway.supergraph.source_schema import SourceText

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
    texts = [
        SourceText(name, name.upper(), LINK + sdl, Capabilities(batch=100)) for name, sdl in SOURCES.items()
    ]
    return compose(texts, record=RECORD)


# Any: rows are JSON, each its own shape.
Row = dict[str, Any]


@dataclass
class World:
    """All rows by (type, id); references between rows are (type, id) pairs."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    def find(self, type_name: str, representation: Representation) -> Row | None:
        """The row that has the representation's key."""
        wanted = {key: value for key, value in representation.items() if key != "__typename"}
        for (name, _), row in self.rows.items():
            if name == type_name and all(row.get(key) == value for key, value in wanted.items()):
                return row
        return None

    def follow(self, value: Json) -> Json:
        """A value with references replaced by the rows they lead to."""
        if isinstance(value, tuple):
            return self.rows.get(value)
        if isinstance(value, list):
            return [self.follow(item) for item in value]
        return value


@dataclass
class MemorySource:
    """One source over a world. `down`: every question fails."""

    world: World
    down: bool = False
    asked: list[list[Representation]] = field(default_factory=list)

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
        return FetchResult([self._entity(prepared, item, variables) for item in representations])

    async def ensure_known(self) -> SourceFailure | None:
        return SourceFailure(FailureKind.UNAVAILABLE, "down") if self.down else None

    def _entity(self, spec: FetchSpec, representation: Representation, variables: Variables) -> Row | None:
        row = self.world.find(spec.type_name, representation)
        return None if row is None else self._select(row, spec.selections, variables)

    def _select(self, row: Row, selections: Sequence[FieldSelection], variables: Variables) -> Row:
        answer: Row = {}
        for item in selections:
            if row["__typename"] in item.types and _holds(item.condition, variables):
                arguments = {
                    one.name: variables[one.variable] for one in item.arguments if one.variable in variables
                }
                value = resolve(self.world, row, item.field, arguments)
                answer[item.response] = self._inside(value, item, variables)
        return answer

    def _inside(self, value: Json, item: FieldSelection, variables: Variables) -> Json:
        if isinstance(value, list):
            return [self._inside(one, item, variables) for one in value]
        if isinstance(value, dict):
            return self._select(value, item.children, variables)
        return copy.copy(value)


def _holds(condition: Condition, variables: Variables) -> bool:
    return any(all(variables.get(name) is wanted for name, wanted in terms) for terms in condition.any_of)


def resolve(world: World, row: Row, name: str, arguments: Mapping[str, Json]) -> Json:
    """The value of one field of one row."""
    if name == "n":
        base = row.get("n")
        return base + (arguments.get("k") or 0) if isinstance(base, int) else base
    return world.follow(row.get(name))


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
    """What graphql-core answers from the whole world, invisible rows and cells left out."""

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
        if info.parent_type.name == "Query":
            lookup = graph.lookups[info.field_name]
            return shown(world.find(lookup.type_name, {lookup.key_field: arguments["id"]}))
        alternatives = cells.get((row["__typename"], info.field_name))
        if alternatives is not None and not any(
            all(holds(row, one) for one in terms) for terms in alternatives
        ):
            return None
        return shown(resolve(world, row, info.field_name, arguments))

    result = execute_sync(
        graph.schema,
        parse(query),
        root_value={},
        variable_values=dict(variables),
        field_resolver=field_resolver,
        type_resolver=lambda value, *_: value["__typename"],
    )
    assert not result.errors, result.errors
    return result.data
