"""What sources are sent for arguments that clients write as literals, with variables in them."""

from typing import Any  # values as JSON has them

import pytest

from gateway.errors import RequestRefused
from gateway.operation import OperationLimits, coerce_variables, read_operation
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.model import Supergraph
from gateway.supergraph.source.model import SourceText

SDL = """
type Query {
  d(v: D = {a: 9}): String n(v: N): String l(v: [Int!]): String ll(v: [[Int]]): String
  f(v: Float): String e(v: E): String j(v: JSON): String o(v: One): String need(v: Int!): String
}
input D { a: Int r: Int! = 3 inner: D }
input N { a: Int! b: String }
input One @oneOf { a: Int b: String }
enum E { X Y }
scalar JSON
"""
SENT: dict[str, tuple[str, dict[str, Any], Any]] = {
    "a field with a default that is left out": ("d(v: {a: 1})", {}, {"a": 1}),
    "the same, nested": ("d(v: {inner: {a: 1}})", {}, {"inner": {"a": 1}}),
    "a variable that is not given": ("d(v: {a: $i, r: $i})", {}, {}),
    "a variable that is null": ("d(v: {a: $i})", {"i": None}, {"a": None}),
    "one value for a list": ("l(v: 1)", {}, [1]),
    "one value for lists of lists": ("ll(v: 1)", {}, [[1]]),
    "an item that is not given": ("ll(v: [[1, $i]])", {}, [[1, None]]),
    "a whole number for a Float": ("f(v: 1)", {}, 1.0),
    "an enum": ("e(v: Y)", {}, "Y"),
    "JSON with an absent entry": ("j(v: {a: $i, b: [1, $i, X]})", {}, {"b": [1, None, "X"]}),
    "one of several": ('o(v: {b: "x"})', {}, {"b": "x"}),
}
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "null in an input field that forbids it": ("n(v: {a: $i})", {"i": None}),
    "null in a list that forbids it": ("l(v: [1, $i])", {"i": None}),
    "null for a required argument": ("need(v: $i)", {"i": None}),
    "a number that is too large": ("f(v: 1e400)", {}),
    "JSON with a number that cannot be sent": ("j(v: {a: 123456789012345678901234567890})", {}),
    "JSON with a number that is too large": ("j(v: 1e400)", {}),
    "JSON that is nested too deeply": ("j(v: $j)", {"j": None}),
    "none of several": ("o(v: {b: $s})", {"s": None}),
}


@pytest.fixture(scope="module")
def supergraph() -> Supergraph:
    link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n'
    return compose_sources([SourceText("a", "a", link + SDL, url="http://127.0.0.1:9/")]).read.supergraph


def value_of(field: str, variables: dict[str, Any], supergraph: Supergraph) -> Any:
    declared = {"$i": "$i: Int = 5", "$s": '$s: String = "d"', "$j": "$j: JSON"}
    if not variables:
        declared["$i"] = "$i: Int"
    used = [text for name, text in declared.items() if name in field]
    head = f"query ({', '.join(used)})" if used else ""
    operation = read_operation(f"{head} {{ {field} }}", None, supergraph, OperationLimits())
    [value] = operation.argument_values(coerce_variables(operation, variables, supergraph)).values()
    return value


@pytest.mark.parametrize("case", SENT)
def test_what_is_sent(case: str, supergraph: Supergraph) -> None:
    field, variables, expected = SENT[case]
    assert value_of(field, variables, supergraph) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_coerce_is_refused_and_never_left_out(case: str, supergraph: Supergraph) -> None:
    field, variables = REFUSED[case]
    if "j" in variables:
        deep: Any = 1
        for _ in range(300):
            deep = [deep]
        variables = {"j": deep}
    with pytest.raises(RequestRefused) as refused:
        value_of(field, variables, supergraph)
    assert {problem.code.value for problem in refused.value.problems} <= {
        "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED",
    }  # fmt: skip


def test_an_argument_that_is_not_given_is_left_to_the_source(supergraph: Supergraph) -> None:
    operation = read_operation("query ($d: D) { d(v: $d) }", None, supergraph, OperationLimits())
    assert operation.argument_values(coerce_variables(operation, {}, supergraph)) == {}
