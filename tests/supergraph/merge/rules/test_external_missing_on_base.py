"""What is external somewhere is resolved somewhere."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_MISSING_ON_BASE b:2:44 T.z is @external in b (Bureau B) at b:2:44, and no source resolves it",
            ],
        ),
        (
            {
                "a": 'type Query { e: E @shareable t: T }\nenum E { A B }\ntype T @key(fields: "id") { id: ID! }',
                "b": 'type Query { e: E @shareable }\nenum E { A }\ntype T @key(fields: "id") { id: ID! z(e: E): Int @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_MISSING_ON_BASE b:4:50 T.z is @external in b (Bureau B) at b:4:50, and no source resolves it",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
            "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
        },
        {
            "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'type I @interfaceObject @key(fields: "id") { id: ID! z: Int }',
            "c": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
