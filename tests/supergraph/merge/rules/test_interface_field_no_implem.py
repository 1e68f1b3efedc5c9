"""Implementations have every field that any source gives their interface."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
                "b": 'interface I { b: Int }\ntype U implements I @key(fields: "id") { id: ID! a: Int b: Int }',
            },
            [
                "INTERFACE_FIELD_NO_IMPLEM a:4:19 I.b is declared in b (Bureau B) at b:2:15, but T, which implements I in a (Bureau A) at a:4:19, does not have it",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id", resolvable: false) { id: ID! c: Int }\ntype T implements I @key(fields: "id") { id: ID! c: Int }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! c: Int @external e: Int @requires(fields: "c") }',
                "d": 'interface I { id: ID! }\ntype U implements I @key(fields: "id") { id: ID! }',
            },
            [
                "INTERFACE_FIELD_NO_IMPLEM d:3:19 I.c is declared in a (Bureau A) at a:3:61 and b (Bureau B) at b:2:54, but U, which implements I in d (Bureau D) at d:3:19, does not have it",
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
            "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
            "b": 'interface I { b: Int }\ntype T implements I @key(fields: "id") { id: ID! b: Int }',
        },
        {
            "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
