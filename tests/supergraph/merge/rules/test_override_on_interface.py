"""Fields of interfaces do not move; those of their implementations do."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I { a: Int @override(from: "b") }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "OVERRIDE_ON_INTERFACE a:3:22 a (Bureau A) at a:3:22 overrides I.a, a field of an interface",
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
            "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
            "b": 'type T @key(fields: "id") { id: ID! a: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
