"""A field that needs or provides others stays where it is, and so does one of an interface object."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") @shareable z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @requires(fields: "z") @shareable z: Int @external }',
            },
            [
                "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE a:3:44 a (Bureau A) at a:3:44 overrides T.a, which has @requires in b (Bureau B) at b:2:37",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @override(from: "b") @shareable }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE a:4:57 a (Bureau A) at a:4:57 overrides T.a, which b has only through the interface object I",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @external @override(from: "a") r: Int @requires(fields: "a") }',
            },
            [
                "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE b:2:54 b (Bureau B) at b:2:54 overrides T.a, and has it as @external",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @shareable }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int @override(from: "a") @shareable }',
            },
            [
                "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE b:2:61 b (Bureau B) at b:2:61 overrides I.a on an interface object",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
            },
            [
                "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE b:2:61 b (Bureau B) at b:2:61 overrides I.a on an interface object",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") @shareable z: Int }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int r: Int @requires(fields: "z") z: Int @external }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
