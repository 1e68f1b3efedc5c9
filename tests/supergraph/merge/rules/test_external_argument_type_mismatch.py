"""An argument of an external field has the type that it has where the field is resolved."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int): Int }',
                "b": 'type T @key(fields: "id") { id: ID! z(by: String): Int @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_ARGUMENT_TYPE_MISMATCH b:2:39 T.z(by:) is `Int` in a (Bureau A) at a:3:39 but `String` in b (Bureau B) at b:2:39, where the field is @external",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int): Int }',
                "b": 'type T @key(fields: "id") { id: ID! z(by: Int!): Int @external r: Int @requires(fields: "z(by: 1)") }',
            },
            [
                "EXTERNAL_ARGUMENT_TYPE_MISMATCH b:2:39 T.z(by:) is `Int` in a (Bureau A) at a:3:39 but `Int!` in b (Bureau B) at b:2:39, where the field is @external",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int!): Int }',
            "b": 'type T @key(fields: "id") { id: ID! z(by: Int): Int @external r: Int @requires(fields: "z(by: 1)") }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int): Int }',
            "b": 'type T @key(fields: "id") { id: ID! z(by: Int): Int @external r: Int @requires(fields: "z(by: 1)") }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
