"""An interface object is an interface elsewhere, and its source knows none of the implementations."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ntype I @interfaceObject @key(fields: "id") { id: ID! }',
            },
            [
                "INTERFACE_OBJECT_USAGE_ERROR a:3:1 I is an interface object in a (Bureau A) at a:3:1, and an interface in no source",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int }\ntype T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "INTERFACE_OBJECT_USAGE_ERROR b:3:1 I is an interface object in b (Bureau B) at b:2:1, which also defines T (at b:3:1), one of its implementations",
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
            "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
