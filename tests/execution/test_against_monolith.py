"""Random operations over random data: the federated answer is the monolith's, guards and failures included."""

from collections.abc import Mapping
from typing import Any

import anyio
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from connectors.base import Claim, GuardTerm, Json, PathStep, RowFilter
from gateway.constraints import ALLOW, EVERY_ROW, Candidate, Constraints, LookupPermit, Permit
from gateway.errors import RequestRefused
from gateway.execution import FetchLimits, RequestValues, answer, prepare_plan
from gateway.operation import Operation, OperationLimits, coerce_variables, read_operation
from gateway.planning import plan_operation
from gateway.planning.checker import check_plan
from tests.oracle.monolith import Cells, Guards, MemorySource, World, monolith_answer, supergraph

GRAPH = supergraph()
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
VARIABLES = {"t": True, "f": False}
OPERANDS = {"me": ("s1", "t1", "e1"), "you": ("s2",)}


def guard(name: str, claim: str, *path: str) -> GuardTerm:
    steps = tuple(
        PathStep(field, narrow or None) for field, _, narrow in (part.partition("<") for part in path)
    )
    return GuardTerm(name, steps, "equals", Claim(claim))


GUARDS = {
    "A": [
        guard("a-s", "me", "s"),
        guard("a-kids", "me", "kids", "t"),
        guard("a-y", "me", "one", "y"),
        guard("a-extra", "me", "kids", "extra"),
    ],
    "B": [guard("b-t", "me", "t"), guard("b-owner", "you", "owner", "s"), guard("b-none", "nobody", "t")],
    "C": [guard("c-friends", "me", "friends<B", "t"), guard("c-name", "you", "name")],
    "D": [guard("d-a", "me", "a", "s")],
}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to three rows of each entity, with references among them, and nulls everywhere."""
    ids = {name: [f"{name.lower()}{number}" for number in range(draw(st.integers(1, 3)))] for name in "ABCD"}

    def ref(*types: str) -> st.SearchStrategy[Any]:
        pairs = [(name, one) for name in types for one in ids[name]]
        return st.none() | st.sampled_from(pairs)

    def text(prefix: str) -> st.SearchStrategy[Any]:
        return st.none() | st.sampled_from([f"{prefix}{number}" for number in range(3)])

    value = st.fixed_dictionaries({"__typename": st.just("V"), "x": text("x"), "y": text("t"),
                                   "inner": st.none() | st.just({"__typename": "V", "x": None, "y": "t1",
                                                                 "inner": None})})  # fmt: skip
    shapes = {
        "A": {"s": text("s"), "n": st.none() | st.integers(0, 9), "one": st.none() | value,
              "pet": ref("B", "C"), "kids": st.none() | st.lists(ref("B"), max_size=3)},
        "B": {"t": text("t"), "owner": ref("A"), "mate": ref("D"),
              "extra": st.none() | st.lists(text("e"), max_size=2)},
        "C": {"c1": st.none() | st.integers(0, 9), "name": text("s"),
              "friends": st.none() | st.lists(ref("B", "C"), max_size=3),
              "grid": st.none() | st.lists(st.lists(ref("B"), max_size=2), max_size=2)},
        "D": {"name": text("s"), "a": ref("A")},
    }  # fmt: skip
    world = World()
    for name, shape in shapes.items():
        for one in ids[name]:
            row = {"__typename": name, "id": one, **draw(st.fixed_dictionaries(shape))}
            if name == "B":
                row["code"] = f"code-{one}"
            world.rows[name, one] = row
    return world


@st.composite
def selection_sets(draw: st.DrawFn, type_name: str, depth: int) -> str:
    """A selection set on a type, with aliases, fragments and conditions."""
    parts = []
    kind = GRAPH.schema.type_map[type_name]
    fields = dict(kind.fields) if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
    possible = sorted(GRAPH.possible(type_name))
    for _ in range(draw(st.integers(1, 4))):
        directive = draw(
            st.sampled_from(["", "", "", "@include(if: $t)", "@skip(if: $t)", "@include(if: $f)"])
        )
        choice = draw(st.integers(0, 9))
        if choice == 0 or not fields:
            narrowed = draw(st.sampled_from(possible))
            parts.append(f"... on {narrowed} {directive} {draw(selection_sets(narrowed, depth))}")
        elif choice == 1:
            parts.append(f"__typename {directive}")
        else:
            name = draw(st.sampled_from(sorted(fields)))
            alias = draw(st.sampled_from(["", "", "x: ", "y: "]))
            argument = draw(st.sampled_from(["", "(k: 1)", "(k: 2)"])) if name == "n" else ""
            target = get_named_type(fields[name].type)
            inner = ""
            if isinstance(target, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
                inner = "{ __typename }" if depth <= 0 else draw(selection_sets(target.name, depth - 1))
            parts.append(f"{alias}{name}{argument} {directive} {inner}")
    return "{ " + " ".join(parts) + " }"


@st.composite
def operations(draw: st.DrawFn) -> tuple[str, Operation]:
    """A query with one to three lookups that validates."""
    roots = []
    for number in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from("abcd"))
        key = f"{name}{draw(st.integers(0, 2))}"
        roots.append(
            f"r{number}: {name}(id: {key!r})".replace("'", '"') + draw(selection_sets(name.upper(), 3))
        )
    text = (
        "query ($t: Boolean!, $f: Boolean!) { __typename @include(if: $t) @skip(if: $f) "
        + " ".join(roots)
        + " }"
    )
    try:
        return text, read_operation(text, None, GRAPH, OperationLimits())
    except RequestRefused as refused:
        assume("conflict" not in refused.problems[0].message)
        raise


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Guards, Cells]:
    """Row filters for some types, guarded cells for some fields."""

    def filters(name: str) -> st.SearchStrategy[RowFilter]:
        terms = st.lists(st.sampled_from(GUARDS[name]), max_size=2, unique=True).map(tuple)
        return st.lists(terms, min_size=1, max_size=2).map(lambda found: RowFilter(tuple(found)))

    rows = {name: draw(filters(name)) for name in "ABCD" if draw(st.booleans())}
    cells = {}
    for name, field in [
        ("A", "s"),
        ("A", "one"),
        ("B", "extra"),
        ("B", "owner"),
        ("C", "friends"),
        ("C", "c1"),
    ]:
        if draw(st.integers(0, 3)) == 0:
            cells[name, field] = draw(filters(name)).any_of
    return rows, cells


def constraints(operation: Operation, rows: Guards, cells: Cells) -> Constraints:
    def decision(coordinate: tuple[str, str]) -> Permit:
        found = cells.get(coordinate)
        return ALLOW if found is None else Permit(tuple(Candidate(terms) for terms in found))

    types = {name: rows.get(name, EVERY_ROW) for name in operation.needs.types}
    roots = {
        (root, name): LookupPermit(rows.get(GRAPH.lookups[name].type_name, EVERY_ROW))
        for root, name in operation.needs.roots
    }
    fields = {coordinate: decision(coordinate) for coordinate in operation.needs.fields}
    return Constraints(tuple(sorted(fields.items(), key=lambda item: item[0])), tuple(sorted(types.items())),
                       tuple(sorted(roots.items())), "v", "p")  # fmt: skip


def federated(
    operation: Operation, world: World, decided: Constraints, down: frozenset[str] = frozenset()
) -> tuple[Json, list[Mapping[str, Any]]]:
    plan = plan_operation(operation, decided, GRAPH)
    check_plan(plan, GRAPH, decided)
    sources = {name: MemorySource(world, name in down) for name in GRAPH.sources}
    variables = coerce_variables(operation, VARIABLES, GRAPH)
    values = RequestValues(variables, operation.argument_values(variables), OPERANDS)

    async def run() -> Any:
        return await answer(prepare_plan(plan, GRAPH, sources), values, sources, GRAPH.sources, FetchLimits())

    found = anyio.run(run)
    return found.data, [problem.to_json() for problem in found.problems]


@settings(max_examples=100, deadline=None, suppress_health_check=UNHURRIED)
@given(operations(), worlds())
def test_the_federated_answer_is_the_monoliths(asked: tuple[str, Operation], world: World) -> None:
    text, operation = asked
    data, errors = federated(operation, world, constraints(operation, {}, {}))
    assert not errors
    assert data == monolith_answer(GRAPH, world, text, VARIABLES, {}, {}, OPERANDS)


@settings(max_examples=100, deadline=None, suppress_health_check=UNHURRIED)
@given(operations(), worlds(), decisions())
def test_guards_hide_rows_and_cells_and_nothing_else(
    asked: tuple[str, Operation], world: World, decided: tuple[Guards, Cells]
) -> None:
    text, operation = asked
    data, errors = federated(operation, world, constraints(operation, *decided))
    assert not errors
    assert data == monolith_answer(GRAPH, world, text, VARIABLES, *decided, OPERANDS)


@settings(max_examples=80, deadline=None, suppress_health_check=UNHURRIED)
@given(operations(), worlds(), decisions(), st.sampled_from(["one", "two", "three"]))
def test_what_a_failed_source_takes_away_is_told(
    asked: tuple[str, Operation], world: World, decided: tuple[Guards, Cells], down: str
) -> None:
    text, operation = asked
    data, errors = federated(operation, world, constraints(operation, *decided), frozenset({down}))
    whole = monolith_answer(GRAPH, world, text, VARIABLES, *decided, OPERANDS)
    paths = [error["extensions"]["responsePath"] for error in errors]
    assert all(error["extensions"]["source"] == down for error in errors)
    for path in losses(data, whole, ()):
        assert any(list(path[: len(told)]) == told for told in paths), (path, errors)


def losses(data: Json, whole: Json, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Where the answer lacks something of the whole; anything but a lack is wrong."""
    if data == whole:
        return []
    if data is None:
        return [path]
    if isinstance(data, list) and isinstance(whole, list):
        if len(data) == len(whole):
            return [lost for one, other in zip(data, whole, strict=True) for lost in losses(one, other, path)]
        assert len(data) < len(whole)
        return [path]
    assert isinstance(data, dict) and isinstance(whole, dict), (data, whole, path)
    assert data.keys() == whole.keys()
    return [lost for key in data for lost in losses(data[key], whole[key], (*path, key))]
