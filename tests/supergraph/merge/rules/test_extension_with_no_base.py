"""What is extended is defined somewhere."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\nextend type T @key(fields: "id") { id: ID! }',
            },
            [
                "EXTENSION_WITH_NO_BASE a:3:1 a (Bureau A) at a:3:1 extends T, which no source defines",
            ],
        ),
        (
            {
                "a": "type Query { e: E }\nextend enum E { A }",
                "b": "extend enum E { A }",
            },
            [
                "EXTENSION_WITH_NO_BASE a:3:1 a (Bureau A) at a:3:1 extends E, which no source defines",
                "EXTENSION_WITH_NO_BASE b:2:1 b (Bureau B) at b:2:1 extends E, which no source defines",
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
            "a": 'type Query { t: T }\nextend type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id") { id: ID! }',
        },
        {
            "a": 'type Query { t: T }\ntype T @federation__extends @key(fields: "id") { id: ID! }',
        },
        {
            "a": 'type Query { t: T }\nextend type T @key(fields: "id") { id: ID! }',
            "b": 'type T @federation__extends @key(fields: "id") { id: ID! }',
        },
        {
            "a": "extend type Query { t: Int }\nextend type Mutation { m: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
