"""Once merged, implementations still fit their interfaces."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I { a: Int! }\ntype T implements I @key(fields: "id") { id: ID! a: Int! @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "INVALID_GRAPHQL a:4:50 T.a is `Int` once merged (a (Bureau A) at a:4:50 and b (Bureau B) at b:2:37), and I.a, which it implements, is `Int!`",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I { a(x: Int): Int }\ntype T implements I @key(fields: "id") { id: ID! a(x: Int): Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a(x: Int!): Int @shareable }',
            },
            [
                "INVALID_GRAPHQL a:4:50 T.a(x:) is `Int!` once merged (a (Bureau A) at a:4:50 and b (Bureau B) at b:2:37), and I.a(x:), which it implements, is `Int`",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I { a(x: Int): Int }\ntype T implements I @key(fields: "id") { id: ID! a(x: Int): Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "INVALID_GRAPHQL a:4:50 T.a(x:) is gone once merged (a (Bureau A) at a:4:50 and b (Bureau B) at b:2:37), and I.a(x:), which it implements, is `Int`",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a(y: Int): Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a(y: Int!): Int @shareable }',
            },
            [
                "INVALID_GRAPHQL a:4:50 T.a(y:) is required (a (Bureau A) at a:4:50 and b (Bureau B) at b:2:37), and I.a, which it implements, does not have it",
            ],
        ),
        (
            {
                "a": "type Query { i: I }\ninterface I { a: Int }\ninterface J implements I { a: Int }\ntype T implements I & J @shareable { a: Int }",
                "b": "interface J { a: Int }\ntype U implements J @shareable { a: Int }",
            },
            [
                "INVALID_GRAPHQL b:3:1 J implements I in a (Bureau A) at a:4:1 and b (Bureau B) at b:2:1, and U, which implements J, does not in b (Bureau B) at b:3:1",
            ],
        ),
        (
            {
                "a": "type Query { i: I }\ninterface I { a: Int }\ninterface J implements I { a: Int }\ntype T implements I & J @shareable { a: Int }",
                "b": "interface J { a: Int }\ninterface I implements J { a: Int }\ntype T implements I & J @shareable { a: Int }",
            },
            [
                "INVALID_GRAPHQL a:4:1 I and J implement one another: J in a (Bureau A) at a:4:1 and b (Bureau B) at b:2:1",
                "INVALID_GRAPHQL a:3:1 J and I implement one another: I in a (Bureau A) at a:3:1 and b (Bureau B) at b:3:1",
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
            "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int! @shareable }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
