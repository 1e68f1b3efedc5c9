"""An argument that a source requires is one that all sources take."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(a: Int!): Int @shareable }",
                "b": "type Query { x: Int @shareable }",
            },
            [
                "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH a:2:16 Query.x(a:) is required in a (Bureau A) at a:2:16, and is not in b (Bureau B) at b:2:14",
            ],
        ),
        (
            {
                "a": "directive @d(a: Int!) on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
            },
            [
                "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH a:2:14 @d(a:) is required in a (Bureau A) at a:2:14, and is not in b (Bureau B) at b:2:1",
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
            "a": "type Query { x(a: Int! = 1): Int @shareable }",
            "b": "type Query { x: Int @shareable }",
        },
        {
            "a": "directive @d on QUERY\ntype Query { x: Int @shareable }",
            "b": "directive @d(a: Int!) on FIELD\ntype Query { x: Int @shareable }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
