"""A field moves once."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @override(from: "c") @shareable }',
                "c": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "OVERRIDE_SOURCE_HAS_OVERRIDE a:3:44 T.a of a (Bureau A) at a:3:44 overrides that of b (Bureau B) at b:2:44, which has an @override of its own",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @override(from: "c") }',
                "c": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "OVERRIDE_SOURCE_HAS_OVERRIDE a:3:44 T.a of a (Bureau A) at a:3:44 overrides that of b (Bureau B) at b:2:44, which has an @override of its own",
                "INVALID_FIELD_SHARING a:3:37 T.a is resolved by a (Bureau A) at a:3:37 and b (Bureau B) at b:2:37, and not shareable in all of them",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
