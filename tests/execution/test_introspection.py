"""Introspection answers what graphql-core would answer, within bounds that are counted."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any  # JSON

import orjson
import pytest
from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_introspection_query,
    introspection_types,
    is_object_type,
    parse,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Variables
from gateway.errors import RequestRefused
from gateway.execution.introspection import Introspected
from gateway.execution.metafields import INNER, LEAVES
from gateway.execution.visible import whole_schema
from tests.execution.asking_schemas import EVERYTHING, USUAL, VALUES, ask, drawn

SHOWN = whole_schema(EVERYTHING)


def expected(schema: GraphQLSchema, text: str, variables: Variables | None = None) -> ExecutionResult:
    return execute_sync(schema, parse(text), variable_values=dict(variables or {}))


def paths(found: Introspected) -> list[list[str | int]]:
    return [list(problem.path or ()) for problem in found.problems]


def parts(data: dict[str, Any] | None) -> dict[str, bytes] | None:
    """With the order below the root, which each part has by itself."""
    return None if data is None else {key: orjson.dumps(value) for key, value in data.items()}


def left(result: ExecutionResult) -> list[list[str | int]]:
    """The paths of graphql-core's errors without those below a null that another one made, which it keeps."""
    told = [list(error.path or ()) for error in result.errors or ()]
    return [
        path for index, path in enumerate(told) if not _below_another(path, told[index + 1 :], result.data)
    ]


def _below_another(path: Sequence[str | int], later: list[list[str | int]], data: Any) -> bool:
    for length, step in enumerate(path[:-1]):
        if data is None:
            return any(other[:length] == path[:length] for other in later)
        data = data[step]
    return data is None and any(other[: len(path) - 1] == path[:-1] for other in later)


def test_every_field_of_introspection_is_known() -> None:
    kinds = [kind for kind in introspection_types.values() if isinstance(kind, GraphQLObjectType)]
    for kind in kinds:
        assert LEAVES.get(kind.name, {}).keys() | INNER.get(kind.name, {}).keys() == kind.fields.keys()
    assert LEAVES.keys() | INNER.keys() == {kind.name for kind in kinds if is_object_type(kind)}


USUAL_QUERIES = {
    "graphql-core's with all options": USUAL,
    "as GraphiQL asks": get_introspection_query(schema_description=True, input_value_deprecation=True),
    "as older tools ask": get_introspection_query(descriptions=False),
    "13 levels of lists": get_introspection_query(type_depth=13, specified_by_url=True),
}


@pytest.mark.parametrize("name", USUAL_QUERIES)
def test_the_usual_queries_tell_everything_in_the_usual_order(name: str) -> None:
    found = ask(SHOWN, USUAL_QUERIES[name])
    assert (found.data, paths(found)) == (expected(EVERYTHING, USUAL_QUERIES[name]).data, [])
    assert str(found.data) == str(expected(EVERYTHING, USUAL_QUERIES[name]).data)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**32))
def test_any_question_is_answered_as_graphql_core_answers_it(seed: int) -> None:
    text = drawn(Random(seed))
    found, other = ask(SHOWN, text, VALUES), expected(EVERYTHING, text, VALUES)
    assert parts(found.data) == parts(other.data), text
    assert paths(found) == left(other), text


NULL: Mapping[str, tuple[str, dict[str, Any] | None, list[list[str | int]]]] = {
    "the name of a type": ('t: __type(name: $name) { name } __typename', {"t": None}, [["t"]]),
    "of a type, beside another": (
        't: __type(name: $name) { name } u: __type(name: "Day") { name }', {"t": None, "u": {"name": "Day"}}, [["t"]],
    ),
    "where a list may be null": (
        '__type(name: "House") { name fields(includeDeprecated: $old) { name } }',
        {"__type": {"name": "House", "fields": None}}, [["__type", "fields"]],
    ),
    "where a list may not be null": (
        '__type(name: "House") { name fields { args(includeDeprecated: $old) { name } } }',
        {"__type": {"name": "House", "fields": None}}, [["__type", "fields", 0, "args"]],
    ),
    "where nothing may be null": (
        "__schema { directives(includeDeprecated: $old) { name } }", None, [["__schema", "directives"]],
    ),
    "below what another one has made null": (
        """__type(name: "House") { fields {
             type { name enumValues(includeDeprecated: $old) { name } } args(includeDeprecated: $old) { name }
           } }""",
        {"__type": {"fields": None}}, [["__type", "fields", 0, "args"]],
    ),
    "in a place that is not there": (
        '__type(name: "Nobody") { fields(includeDeprecated: $old) { name } }', {"__type": None}, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NULL)
def test_null_for_an_argument_that_may_not_be_null_is_an_error_at_its_place(case: str) -> None:
    asked, data, places = NULL[case]
    variables = '$name: String = "Person"' if "$name" in asked else "$old: Boolean = true"
    text = f"query ({variables}) {{ {asked} }}"
    found = ask(SHOWN, text, {"name": None, "old": None})
    assert (found.data, paths(found)) == (data, places)
    for problem in found.problems:
        assert problem.to_json()["extensions"] == {"code": "BAD_USER_INPUT"}
        assert problem.locations


def test_null_that_decides_whether_something_is_there_is_refused() -> None:
    text = 'query ($v: Boolean = true) { __type(name: "Day") { name @include(if: $v) } }'
    with pytest.raises(RequestRefused) as refused:
        ask(SHOWN, text, {"v": None})
    assert refused.value.problems[0].to_json()["extensions"]["code"] == "BAD_USER_INPUT"


def test_many_errors_are_counted_by_the_last_one() -> None:
    wide = build_schema(f"type Query {{ {' '.join(f'f{n}: Int' for n in range(150))} }}")
    text = """query ($old: Boolean = true) {
      __type(name: "Query") { fields { type { fields(includeDeprecated: $old) { name } } } }
    }"""
    found = ask(whole_schema(wide), text, {"old": None})
    assert len(found.problems) == 101
    assert found.problems[-1].extensions == {"limit": "errors", "more": 50}


RING = whole_schema(
    build_schema(
        "type Query { a: A } "
        + " ".join(
            f"type {kind} {{ {' '.join(f'{other.lower()}: {other}!' for other in 'ABCDEFGH')} }}"
            for kind in "ABCDEFGH"
        )
    )
)

REFUSED = {
    "many aliases": (
        "{" + " ".join(f't{n}: __type(name: "A") {{ a: name b: name }}' for n in range(210)) + "}",
        "introspection",
    ),
    "fragments that fan out": (
        '{ __type(name: "A") { ...F0 } }'
        + " ".join(f"fragment F{n} on __Type {{ a: ofType {{ ...F{n + 1} }} b: ofType {{ ...F{n + 1} }} }}" for n in range(9))
        + " fragment F9 on __Type { name }",
        "introspection",
    ),
    "fragments inside each other": (
        '{ __type(name: "A") { ...F0 } }'
        + " ".join(f"fragment F{n} on __Type {{ ofType {{ ...F{n + 1} }} }}" for n in range(70))
        + " fragment F70 on __Type { name }",
        "depth",
    ),
    "an answer that is large by what stands in it again": (
        "{ __schema { types { fields { type { ofType { fields { type { ofType { description name kind } } } } } } } } }",
        "response_bytes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_multiplies_is_refused_before_it_is_made(case: str) -> None:
    text, limit = REFUSED[case]
    with pytest.raises(RequestRefused) as refused:
        ask(RING, text, size=20_000)
    assert refused.value.problems[0].to_json()["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": limit}


def test_what_is_said_of_a_type_counts_with_the_answer() -> None:
    said = whole_schema(build_schema(f'"{"x" * 1_000}" type A {{ a: A }} type Query {{ a: A b: A }}'))
    text = '{ __type(name: "Query") { fields { type { description } } } }'
    assert ask(said, text, size=2_200).data is not None
    with pytest.raises(RequestRefused) as refused:
        ask(said, text, size=2_000)
    assert refused.value.problems[0].extensions == {"limit": "response_bytes"}


def test_objects_with_nothing_in_them_count_with_the_answer() -> None:
    names = [f"T{n}" for n in range(500)]
    kinds = " ".join(f"type {name} {{ a: Int }}" for name in names)
    union = whole_schema(build_schema(f"type Query {{ u: U }} union U = {' | '.join(names)} {kinds}"))
    text = '{ __type(name: "U") { possibleTypes { name @skip(if: true) } } }'
    found = ask(union, text, size=1_600)
    assert len(orjson.dumps(found.data)) > 1_500
    with pytest.raises(RequestRefused) as refused:
        ask(union, text, size=1_500)
    assert refused.value.problems[0].extensions == {"limit": "response_bytes"}


COUNTED = {
    "each object as ten, each field as one": ('{ __type(name: "A") { name fields { name } } }', 11 + 12 + 8 * 11),
    "what stands there again as four": (
        '{ __type(name: "A") { fields { type { ofType { name fields { name type { ofType { name } } } } } } } }',
        11 + 11 + 8 * (11 + 11) + 8 * (12 + 8 * 12) + 64 * 11 + 8 * 11 + 56 * 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTED)
def test_the_values_of_an_answer_are_counted(case: str) -> None:
    text, values = COUNTED[case]
    assert ask(RING, text, values=values).data is not None
    with pytest.raises(RequestRefused) as refused:
        ask(RING, text, values=values - 1)
    assert refused.value.problems[0].extensions == {"limit": "introspection"}


def test_the_usual_query_over_3000_types_is_answered() -> None:
    types = "".join(
        f'"Type {n}." type T{n} {{ {" ".join(f"f{m}(first: Int = 10): [T{(n + m) % 3000}!]!" for m in range(3))} }} '
        for n in range(3_000)
    )
    found = ask(
        whole_schema(build_schema(f"type Query {{ t: T0 }} {types}")), USUAL, size=2**25, values=3_000_000
    )
    assert found.data is not None
    assert len(found.data["__schema"]["types"]) > 3_000
