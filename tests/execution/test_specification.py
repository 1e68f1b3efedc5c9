"""Whatever a source answers, the data is what graphql-core makes of it: coercion, null bubbling, error paths."""

import copy
from random import Random
from typing import Any

from graphql import (
    GraphQLList,
    GraphQLObjectType,
    execute_sync,
    get_nullable_type,
    is_composite_type,
    parse,
)
from hypothesis import event, given, settings
from hypothesis import strategies as st

from connectors.base import Json
from tests.execution.composed import ScriptedSource, composed, plan, run, told

BODY = """
type Query @join__type(graph: ONE) { o: O on: O! list: [O] strict: [O!]! grid: [[O!]!] u: U n: [Named!] }
interface Named @join__type(graph: ONE) { s: String in: Int! }
type O implements Named @join__type(graph: ONE) @join__implements(graph: ONE, interface: "Named") {
  s: String sn: String! b: Boolean i: Int in: Int! f: Float id: ID e: E en: E! any: Any
  ids: [ID!] ints: [[Int]!] o: O on: O! us: [U]
}
type P implements Named @join__type(graph: ONE) @join__implements(graph: ONE, interface: "Named") {
  s: String in: Int! p: [E!]
}
union U @join__type(graph: ONE) @join__unionMember(graph: ONE, member: "O")
  @join__unionMember(graph: ONE, member: "P") = O | P
enum E @join__type(graph: ONE) { X @join__enumValue(graph: ONE) Y @join__enumValue(graph: ONE) }
scalar Any @join__type(graph: ONE)
"""
GRAPH = composed(BODY, "one")
FLAT = "s sn b i in f id e en any ids ints"
OBJECT = f"{FLAT} o {{ {FLAT} on {{ in }} }} x: on {{ s en }} us {{ ... on O {{ en }} ... on P {{ p }} __typename }}"
QUERY = f"""{{
  o {{ {OBJECT} }} on {{ {OBJECT} }} list {{ sn o {{ en }} }} strict {{ s }} grid {{ s in }}
  u {{ __typename ... on P {{ p in }} ... on O {{ en ints }} }} n {{ s in ... on P {{ p }} }}
}}"""

PLAN = plan(GRAPH, QUERY)

# Per leaf what is right and what is not. graphql-core is more lenient than we are with texts that look like
# numbers, and with numbers as texts.
LEAVES: dict[str, tuple[list[Json], list[Json]]] = {
    "String": (["", "text", "王芳"], [{}, ["s"]]),
    "Boolean": ([True, False], ["yes", []]),
    "Int": ([0, -1, 2**31 - 1, -(2**31), 3.0], [2**31, 1.5, "x", 2**70, {}]),
    "Float": ([0, 1.5, -2], ["x", float("nan"), float("inf"), {}]),
    "ID": (["7", 7], [1.5, {}]),
    "E": (["X", "Y"], ["Z", 1, {}]),
    "Any": (["x", 1, True, [1, {"a": None}], {"k": "v"}], ["x"]),
}


def value(dice: Random, kind: str, depth: int) -> Json:
    """A value of a type, now and then null or something else."""
    right = dice.random() > 0.02
    if not right and dice.random() < 0.5:
        return None
    if not kind.endswith("!") and dice.random() < 0.15:
        return None
    kind = kind.removesuffix("!")
    if kind in LEAVES:
        return dice.choice(LEAVES[kind][0 if right else 1])
    if not right:
        return dice.choice(["rubbish", 7, {"a": 1}] if kind.startswith("[") else ["rubbish", 7, ["x"]])
    if kind.startswith("["):
        return [value(dice, kind[1:-1], depth) for _ in range(dice.randint(0, 3))]
    return row(dice, kind, depth - 1)


def row(dice: Random, kind: str, depth: int) -> dict[str, Json]:
    name = dice.choice(sorted(GRAPH.possible(kind)))
    told_name = name if kind == name or dice.random() > 0.03 else dice.choice(["Query", "Nowhere", 7])
    known = GRAPH.schema.type_map[name]
    assert isinstance(known, GraphQLObjectType)
    made: dict[str, Json] = {"__typename": told_name}
    for field, said in known.fields.items():
        nested = str(said.type).strip("[]!") not in LEAVES
        made[field] = None if nested and depth <= 0 else value(dice, str(said.type), depth)
    return made


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_data_and_error_paths_are_graphql_cores(seed: int) -> None:
    root = row(Random(seed), "Query", 3)
    found = run(GRAPH, PLAN, {"one": ScriptedSource(lambda *_: [copy.deepcopy(root)])})
    whole = execute_sync(
        GRAPH.schema,
        parse(QUERY),
        root,
        field_resolver=resolved,
        type_resolver=lambda value, *_: value["__typename"],
    )
    expected = {tuple(error.path or ()) for error in whole.errors or ()}
    event(f"null: {whole.data is None}, errors: {min(len(expected), 3)}")
    paths = [tuple(path or ()) for _, path in told(found)]
    assert found.data == whole.data
    assert set(paths) <= expected and len(paths) == len(set(paths))
    # An error below a place that is null by another is not told again: graphql-core tells some of those.
    assert all(any(seen(found.data, path, told_path) for told_path in paths) for path in expected)


def resolved(row: Any, info: Any, **_: Any) -> Json:  # Any: what graphql-core gives a resolver
    """A field of an object."""
    return objects_alone(row[info.field_name], info.return_type)


def objects_alone(value: Json, kind: Any) -> Json:
    """The value, with an error where it is no object and should be: graphql-core would look for its fields."""
    kind = get_nullable_type(kind)
    if isinstance(kind, GraphQLList):
        return [objects_alone(item, kind.of_type) for item in value] if isinstance(value, list) else value
    if is_composite_type(kind) and value is not None and not isinstance(value, dict):
        return TypeError("no object")
    return value


def seen(data: Json, path: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    """Whether `path` is `other`, or lies below the place that is null by the error at `other`."""
    if path == other:
        return True
    null = data
    for depth, key in enumerate(other):
        if null is None:
            return path[:depth] == other[:depth]
        null = null[key]
    return path[: len(other)] == other
