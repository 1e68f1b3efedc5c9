"""A field moves away from another source."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "a") }',
            },
            [
                "OVERRIDE_FROM_SELF_ERROR a:3:44 a (Bureau A) at a:3:44 overrides T.a from itself",
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
