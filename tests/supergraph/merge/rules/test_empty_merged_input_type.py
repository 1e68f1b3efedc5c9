"""Something of an input type is in all sources."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { b: Int }",
            },
            [
                "EMPTY_MERGED_INPUT_TYPE a:3:1 I has no field that all its sources have: a (Bureau A) at a:3:1 and b (Bureau B) at b:3:1",
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
            "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int c: Int }",
            "b": "type Query { x(i: I): Int @shareable }\ninput I { b: Int c: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
