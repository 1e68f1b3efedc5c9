"""Members of unions are objects in all sources."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'type Query { u: U }\nunion U = I\ntype I @interfaceObject @key(fields: "id") { id: ID! more: Int }',
            },
            [
                "INVALID_GRAPHQL b:3:11 I is a member of the union U in b (Bureau B) at b:3:11, and an interface in other sources",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }\nunion U = T',
                "b": 'type Query { u: U }\nunion U = I\ntype I @interfaceObject @key(fields: "id") { id: ID! more: Int }',
            },
            [
                "INVALID_GRAPHQL b:3:11 I is a member of the union U in b (Bureau B) at b:3:11, and an interface in other sources",
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
            "a": "type Query { u: U }\nunion U = T\ntype T { a: Int }",
            "b": "type Query { v: T }\ntype T { b: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
