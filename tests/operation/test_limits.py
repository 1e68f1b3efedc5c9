"""What an operation may cost, and how a refusal reads."""

import pytest
from graphql import get_introspection_query

from gateway.errors import RequestRefused
from gateway.operation import OperationLimits, coerce_variables, operation_key, read_operation
from tests.oracle.monolith import supergraph

GRAPH = supergraph()
DEEP = "{a(id:1)" + "{kids{owner" * 2_500 + "{id}" + "}}" * 2_500 + "}"


def apart(times: int, each: str) -> str:
    """Selections of the root, 90 to an inline fragment."""
    return "{" + f"... {{ {f'{each} ' * 90} }} " * times + "}"


MANY = [f"F{n}" for n in range(1_000)]
REFUSED = {
    "nothing": ("", "GRAPHQL_PARSE_FAILED", None),
    "no GraphQL": ("{ a(id: \\ ", "GRAPHQL_PARSE_FAILED", None),
    "a bracket too few": ("{ a(id: 1) { id }", "GRAPHQL_PARSE_FAILED", None),
    "5,000 levels": (DEEP, "LIMIT_EXCEEDED", "depth"),
    "5,000 lists inside each other": ("{ a(id: " + "[" * 5_000 + "]" * 5_000 + ") { id } }", "LIMIT_EXCEEDED", "depth"),
    "20,000 tokens": ("{ a(id: 1) {" + " id" * 20_000 + "} }", "LIMIT_EXCEEDED", "tokens"),
    "one field 150 times": ("{ a(id: 1) {" + " id" * 150 + "} }", "LIMIT_EXCEEDED", "repeats"),
    "an object 810 times, in inline fragments": (apart(9, "a(id: 1) { kids { owner { id } } }"), "LIMIT_EXCEEDED", "repeats"),
    "an object 450 times, one level down": (
        "{ a(id: 1) " + apart(5, "kids { id }") + "}", "LIMIT_EXCEEDED", "repeats",
    ),
    "one leaf 900 times, in inline fragments": ("{ a(id: 1) " + apart(10, "id") + "}", "LIMIT_EXCEEDED", "repeats"),
    "an object in each of 400 fragments": (
        "{ " + " ".join(f"...{name}" for name in MANY[:400]) + " }"
        + " ".join(f"fragment {name} on Query {{ a(id: 1) {{ id }} }}" for name in MANY[:400]),
        "LIMIT_EXCEEDED",
        "repeats",
    ),
    "children of one key that only together are many": (
        "{" + f"a(id: 1) {{ {'kids { id } ' * 40} }} " * 10 + "}", "LIMIT_EXCEEDED", "repeats",
    ),
    "fragments that each spread the next two": (
        "{ ...F0 }" + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 2} x{n}: __typename }}" for n in range(280))
        + " fragment F280 on Query { __typename } fragment F281 on Query { __typename }",
        "LIMIT_EXCEEDED",
        "repeats",
    ),
    "an operation that is not asked for": (
        "query A { __typename } query B " + apart(14, "a(id: 1) { id }"), "LIMIT_EXCEEDED", "repeats",
    ),
    "a fragment inside itself": ("{ a(id: 1) { ...F } } fragment F on A { kids { owner { ...F } } }", "GRAPHQL_VALIDATION_FAILED", None),
    "fragments that fan out": (
        "{ a(id: 1) { ...F0 } } "
        + " ".join(f"fragment F{n} on A {{ x: kids {{ owner {{ ...F{n + 1} }} }} y: kids {{ owner {{ ...F{n + 1} }} }} }}"
                   for n in range(13))
        + " fragment F13 on A { id }",
        "LIMIT_EXCEEDED",
        "selections",
    ),
    "conditions that multiply": (
        "query (" + " ".join(f"$v{n}: Boolean! $w{n}: Boolean!" for n in range(24)) + ") { a(id: 1) {"
        + " ".join(f"one @include(if: $v{n}) {{ ...F }}" for n in range(24))
        + "} } fragment F on V {" + " ".join(f"inner @skip(if: $w{n}) {{ x }}" for n in range(24)) + "}",
        "LIMIT_EXCEEDED",
        "conditions",
    ),
    "introspection that multiplies": (
        "{" + " ".join(f'q{n}: __type(name: "Query") {{ fields {{ ...F }} }}' for n in range(40)) + "} fragment F on __Field {"
        + " ".join(f"x{n}: name" for n in range(40)) + "}",
        "LIMIT_EXCEEDED",
        "introspection",
    ),
    "an unknown field": ("{ a(id: 1) { ids } }", "GRAPHQL_VALIDATION_FAILED", None),
    "a mutation": ("mutation { drop }", "GRAPHQL_VALIDATION_FAILED", None),
    "two operations and no name": ("query A { __typename } query B { __typename }", "GRAPHQL_VALIDATION_FAILED", None),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(case: str) -> None:
    text, code, limit = REFUSED[case]
    with pytest.raises(RequestRefused) as refused:
        read_operation(text, None, GRAPH, OperationLimits(tokens=16_000))
    found = refused.value.problems[0].to_json()
    assert found["extensions"]["code"] == code
    assert found["extensions"].get("limit") == limit


LARGE = {
    "a leaf 450 times": "{ a(id: 1) " + apart(5, "id") + "}",
    "an object 100 times": "{" + "a(id: 1) { id } " * 100 + "}",
    "120 components that each ask for the same": "{" + " ".join(f"...{name}" for name in MANY[:120]) + "}"
    + " ".join(f"fragment {name} on Query {{ __typename a(id: 1) {{ __typename id }} }}" for name in MANY[:120]),
}  # fmt: skip


@pytest.mark.parametrize("case", LARGE)
def test_what_clients_made_of_many_components_ask_is_within_limits(case: str) -> None:
    read_operation(LARGE[case], None, GRAPH, OperationLimits(tokens=10_000))


def test_no_message_suggests_a_name() -> None:
    with pytest.raises(RequestRefused) as refused:
        read_operation('{ a(id: "1") { kid pett } }', None, GRAPH, OperationLimits())
    assert len(refused.value.problems) == 2
    assert not any("Did you mean" in problem.message for problem in refused.value.problems)


def test_an_unknown_operation_name_is_refused_and_a_known_one_chosen() -> None:
    text = "query A { a: __typename } query B { b: __typename }"
    assert read_operation(text, "B", GRAPH, OperationLimits()).selections[0].response == "b"
    with pytest.raises(RequestRefused):
        read_operation(text, "C", GRAPH, OperationLimits())


@pytest.mark.parametrize(
    "query",
    [
        "query ($v: Boolean = true) { a(id: 1) { s @include(if: $v) } }",
        "query ($v: ID = 1) { a(id: $v) { s } }",
    ],
)
def test_null_in_place_of_a_default_is_bad_user_input(query: str) -> None:
    operation = read_operation(query, None, GRAPH, OperationLimits())
    operation.argument_values(coerce_variables(operation, {}, GRAPH))
    with pytest.raises(RequestRefused) as refused:
        operation.argument_values(coerce_variables(operation, {"v": None}, GRAPH))
    assert refused.value.problems[0].to_json()["extensions"]["code"] == "BAD_USER_INPUT"


def test_an_empty_operation_name_is_not_the_same_as_none() -> None:
    assert operation_key("{ x }", "") != operation_key("{ x }", None)


def test_no_slot_takes_the_name_of_a_variable() -> None:
    text = "query ($a0: Boolean = true, $a2: Int) { a(id: 1) { s @include(if: $a0) n(k: $a2) x: n(k: 3) } }"
    operation = read_operation(text, None, GRAPH, OperationLimits())
    assert set(operation.slots) == {"a1", "a3", "a4"}


def test_the_usual_introspection_is_within_limits() -> None:
    read_operation(get_introspection_query(input_value_deprecation=True), None, GRAPH, OperationLimits())


def test_variables_that_do_not_fit_are_bad_user_input() -> None:
    operation = read_operation("query ($id: ID!) { a(id: $id) { id } }", None, GRAPH, OperationLimits())
    with pytest.raises(RequestRefused) as refused:
        coerce_variables(operation, {"id": [1]}, GRAPH)
    assert refused.value.problems[0].to_json()["extensions"]["code"] == "BAD_USER_INPUT"
