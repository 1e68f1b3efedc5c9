"""Several sources resolve a field only when all say that they share it."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x: Int }",
                "b": "type Query { x: Int @shareable }",
            },
            [
                "INVALID_FIELD_SHARING a:2:14 Query.x is resolved by a (Bureau A) at a:2:14 and b (Bureau B) at b:2:14, and not shareable in a (Bureau A) at a:2:14",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
                "c": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "INVALID_FIELD_SHARING a:3:37 T.a is resolved by a (Bureau A) at a:3:37, b (Bureau B) at b:2:37 and c (Bureau C) at c:2:37, and not shareable in all of them",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "one") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
                "c": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "INVALID_FIELD_SHARING a:3:37 T.a is resolved by a (Bureau A) at a:3:37 and c (Bureau C) at c:2:37, and not shareable in a (Bureau A) at a:3:37",
            ],
        ),
        (
            {
                "a": 'type Query { t: T @provides(fields: "a") }\ntype T @key(fields: "id") { id: ID! a: Int @external }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "INVALID_FIELD_SHARING b:2:37 T.a is resolved by a (Bureau A) at a:3:37 and b (Bureau B) at b:2:37, and not shareable in b (Bureau B) at b:2:37",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "INVALID_FIELD_SHARING a:4:50 T.a is resolved by a (Bureau A) at a:4:50 and b (Bureau B) at b:2:54 (through the interface object I), and not shareable in a (Bureau A) at a:4:50",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int }',
                "c": 'type I @interfaceObject @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "INVALID_FIELD_SHARING b:2:54 T.a is resolved by b (Bureau B) at b:2:54 (through the interface object I) and c (Bureau C) at c:2:54 (through the interface object I), and not shareable in all of them",
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
            "a": "type Query { x: Int @shareable }",
            "b": "type Query { x: Int @shareable }",
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "v { n }") { v: V a: Int }\ntype V { n: Int }',
            "b": 'type T @key(fields: "v { n }") { v: V b: Int }\ntype V { n: Int }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "percent(5)") }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int @external r: Int @requires(fields: "a") }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
