"""One of the types of a field is what all the others fit in; of an input field, what fits in all the others."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x: Int @shareable }",
                "b": "type Query { x: String @shareable }",
            },
            [
                "FIELD_TYPE_MISMATCH a:2:14 Query.x is `Int` in a (Bureau A) at a:2:14 but `String` in b (Bureau B) at b:2:14",
            ],
        ),
        (
            {
                "a": "type Query { x: [Int!] @shareable }",
                "b": "type Query { x: [Int]! @shareable }",
            },
            [
                "FIELD_TYPE_MISMATCH a:2:14 Query.x is `[Int!]` in a (Bureau A) at a:2:14 but `[Int]!` in b (Bureau B) at b:2:14",
            ],
        ),
        (
            {
                "a": "type Query { x: Int @shareable }",
                "b": "type Query { x: [Int] @shareable }",
            },
            [
                "FIELD_TYPE_MISMATCH a:2:14 Query.x is `Int` in a (Bureau A) at a:2:14 but `[Int]` in b (Bureau B) at b:2:14",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: String }",
            },
            [
                "FIELD_TYPE_MISMATCH a:3:11 I.a is `Int` in a (Bureau A) at a:3:11 but `String` in b (Bureau B) at b:3:11",
            ],
        ),
        (
            {
                "a": 'type Query { x: T @shareable }\ntype T @key(fields: "id") { id: ID! }',
                "b": 'type Query { x: U @shareable }\nunion U = V\ntype V @key(fields: "id") { id: ID! }',
            },
            [
                "FIELD_TYPE_MISMATCH a:2:14 Query.x is `T` in a (Bureau A) at a:2:14 but `U` in b (Bureau B) at b:2:14",
            ],
        ),
        (
            {
                "a": 'type Query { x: I @shareable }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type Query { x: I @shareable }\ntype I @interfaceObject @key(fields: "id") { id: ID! }',
                "c": 'type Query { x: T @shareable }\ntype T @key(fields: "id") { id: ID! }',
            },
            [
                "FIELD_TYPE_MISMATCH a:2:14 Query.x is `I` in a (Bureau A) at a:2:14 and b (Bureau B) at b:2:14 but `T` in c (Bureau C) at c:2:14",
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
            "a": 'type Query { x: I @shareable }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'type Query { y: I }\ntype I @interfaceObject @key(fields: "id") { id: ID! }',
            "c": 'type Query { x: T @shareable }\ntype T @key(fields: "id") { id: ID! }',
        },
        {
            "a": "type Query { x: Int! @shareable }",
            "b": "type Query { x: Int @shareable }",
        },
        {
            "a": 'type Query { x: T @shareable }\ntype T @key(fields: "id") { id: ID! }',
            "b": 'type Query { x: U @shareable }\nunion U = T\ntype T @key(fields: "id") { id: ID! }',
        },
        {
            "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
            "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int! }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
