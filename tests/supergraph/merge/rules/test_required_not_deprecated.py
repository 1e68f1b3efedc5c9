"""Clients are not told to leave out what they must give."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param(
            {
                "a": "type Query { x(n: Int!): Int @shareable }",
                "b": "type Query { x(n: Int @deprecated): Int @shareable }",
            },
            [
                "INVALID_GRAPHQL b:2:16 Query.x(n:) must be given once merged, of a (Bureau A) at a:2:16 and b (Bureau B) at b:2:16, and is deprecated in b (Bureau B) at b:2:16",
            ],
            id="an argument",
        ),
        pytest.param(
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { n: Int! = 1 }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { n: Int @deprecated }",
            },
            [
                "INVALID_GRAPHQL b:3:11 I.n must be given once merged, of a (Bureau A) at a:3:11 and b (Bureau B) at b:3:11, and is deprecated in b (Bureau B) at b:3:11",
            ],
            id="an input field, whose default not all give",
        ),
        pytest.param(
            {
                "a": "type Query { x: Int }\ndirective @d(n: Int!) on FIELD",
                "b": "type Query { y: Int }\ndirective @d(n: Int @deprecated) on FIELD",
            },
            [
                "INVALID_GRAPHQL b:3:14 @d(n:) must be given once merged, of a (Bureau A) at a:3:14 and b (Bureau B) at b:3:14, and is deprecated in b (Bureau B) at b:3:14",
            ],
            id="an argument of a directive for operations",
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sources: dict[str, str], expected: list[str]) -> None:
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(
            {
                "a": "type Query { x(n: Int): Int @shareable }",
                "b": "type Query { x(n: Int @deprecated): Int @shareable }",
            },
            id="optional",
        ),
        pytest.param(
            {
                "a": "type Query { x(n: Int! = 1): Int @shareable }",
                "b": "type Query { x(n: Int = 1 @deprecated): Int @shareable }",
            },
            id="with one default",
        ),
        pytest.param(
            {
                "a": "type Query { x(n: Int! = 1): Int @shareable }",
                "b": "type Query { x(n: Int @deprecated): Int @shareable }",
                "c": "type Query { x: Int @shareable }",
            },
            id="not in the merged schema",
        ),
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
