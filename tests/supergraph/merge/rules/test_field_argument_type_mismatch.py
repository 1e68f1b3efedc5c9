"""One of the types of an argument fits in all the others."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(a: Int): Int @shareable }",
                "b": "type Query { x(a: String): Int @shareable }",
            },
            [
                "FIELD_ARGUMENT_TYPE_MISMATCH a:2:16 Query.x(a:) is `Int` in a (Bureau A) at a:2:16 but `String` in b (Bureau B) at b:2:16",
            ],
        ),
        (
            {
                "a": "type Query { x(a: [Int!]): Int @shareable }",
                "b": "type Query { x(a: [Int]!): Int @shareable }",
            },
            [
                "FIELD_ARGUMENT_TYPE_MISMATCH a:2:16 Query.x(a:) is `[Int!]` in a (Bureau A) at a:2:16 but `[Int]!` in b (Bureau B) at b:2:16",
            ],
        ),
        (
            {
                "a": "directive @d(a: Int) on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d(a: ID) on FIELD\ntype Query { x: Int @shareable }\n",
            },
            [
                "FIELD_ARGUMENT_TYPE_MISMATCH a:2:14 @d(a:) is `Int` in a (Bureau A) at a:2:14 but `ID` in b (Bureau B) at b:2:14",
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
            "a": "type Query { x(a: Int!): Int @shareable }",
            "b": "type Query { x(a: Int): Int @shareable }",
        },
        {
            "a": "type Query { x(a: Int, b: ID): Int @shareable }",
            "b": "type Query { x(a: Int): Int @shareable }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
