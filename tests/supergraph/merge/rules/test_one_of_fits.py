"""Where one source takes exactly one field, no source requires another or fills one in."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(i: I): Int }\ninput I @oneOf { a: Int b: Int }",
                "b": "type Query { y(i: I): Int }\ninput I { a: Int! b: Int }",
            },
            [
                "INVALID_GRAPHQL a:3:18 I has @oneOf, and I.a is required or has a default in a (Bureau A) at a:3:18 and b (Bureau B) at b:3:11",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I): Int }\ninput I @oneOf { a: Int b: Int }",
                "b": "type Query { y(i: I): Int }\ninput I { a: Int = 1 b: Int }",
            },
            [
                "INVALID_GRAPHQL a:3:18 I has @oneOf, and I.a is required or has a default in a (Bureau A) at a:3:18 and b (Bureau B) at b:3:11",
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
            "a": "type Query { x(i: I): Int }\ninput I @oneOf { a: Int b: Int }",
            "b": "type Query { y(i: I): Int }\ninput I { a: Int b: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
