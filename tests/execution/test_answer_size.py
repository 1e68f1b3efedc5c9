"""An answer is bounded before it is written: aliases multiply what a source sends."""

import pytest

from gateway.errors import RequestRefused
from tests.execution.composed import ScriptedSource, ask, by_key, composed

SDL = """
type Query @join__type(graph: A) { rows: [Row] }
type Row @join__type(graph: A) { text: String texts: [[String]] any: JSON row: Row }
scalar JSON @join__type(graph: A)
"""
LONG = "x" * 10_000
ROW = {"text": LONG, "texts": [[None, LONG]], "any": {"deep": [LONG]}, "row": {"text": LONG}}


@pytest.mark.parametrize("field", ["text", "texts", "any", "row { text }"])
def test_aliases_that_multiply_what_a_source_sends_are_refused(field: str) -> None:
    graph = composed(SDL, "a")
    few, many = (" ".join(f"a{number}: {field}" for number in range(count)) for count in (3, 90))
    rows = {"": {"rows": [dict(ROW, __typename="Row") for _ in range(100)]}}
    assert ask(graph, f"{{ rows {{ {few} }} }}", {"a": ScriptedSource(by_key(rows))}).data is not None
    with pytest.raises(RequestRefused) as refused:
        ask(graph, f"{{ rows {{ {many} }} }}", {"a": ScriptedSource(by_key(rows))})
    assert refused.value.problems[0].to_json()["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "response_bytes",
    }


def test_the_same_holds_where_an_error_has_to_be_told() -> None:
    graph = composed(SDL, "a")
    many = " ".join(f"a{number}: text" for number in range(90))
    rows = {"": {"rows": [{"text": LONG, "__typename": "Row"} for _ in range(100)] + [7]}}
    with pytest.raises(RequestRefused) as refused:
        ask(graph, f"{{ rows {{ {many} }} }}", {"a": ScriptedSource(by_key(rows))})
    assert refused.value.problems[0].to_json()["extensions"]["limit"] == "response_bytes"
