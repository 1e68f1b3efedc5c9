"""An external field has the type that it has where it is resolved."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: String @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_TYPE_MISMATCH b:2:37 T.z is `Int` in a (Bureau A) at a:3:37 but `String` (@external) in b (Bureau B) at b:2:37",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int! @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_TYPE_MISMATCH b:2:37 T.z is `Int` in a (Bureau A) at a:3:37 but `Int!` (@external) in b (Bureau B) at b:2:37",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! z: Int! }',
                "c": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_TYPE_MISMATCH c:2:37 T.z is `Int!` in b (Bureau B) at b:2:54 but `Int` (@external) in c (Bureau C) at c:2:37",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
                "b": 'type T @key(fields: "id") { id: ID! z: String @external s: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_MISSING_ON_BASE a:3:44 T.z is @external in a (Bureau A) at a:3:44 and b (Bureau B) at b:2:47, and no source resolves it",
                "FIELD_TYPE_MISMATCH a:3:37 T.z is `Int` in a (Bureau A) at a:3:37 but `String` in b (Bureau B) at b:2:37",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int! @shareable }',
            "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
            "c": 'type T @key(fields: "id") { id: ID! z: Int @shareable }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int! @shareable }',
            "b": 'type T @key(fields: "id") { id: ID! z: Int! @external r: Int @requires(fields: "z") }',
            "c": 'type T @key(fields: "id") { id: ID! z: Int @shareable }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
