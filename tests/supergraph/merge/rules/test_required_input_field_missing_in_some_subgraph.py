"""An input field that a source requires is one that all sources have."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int! }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
            },
            [
                "REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH a:3:18 I.b is required in a (Bureau A) at a:3:18, and is not in b (Bureau B) at b:3:1",
            ],
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sources: dict[str, str], expected: list[str]) -> None:
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {
            "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int! = 1 c: Int }",
            "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
