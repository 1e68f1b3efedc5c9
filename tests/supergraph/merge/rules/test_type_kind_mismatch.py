"""A type is of one kind in all sources."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { t: T }\ntype T { a: Int }",
                "b": "input T { a: Int }\ntype Query { y: Int }",
            },
            [
                "TYPE_KIND_MISMATCH a:3:1 T is an object type in a (Bureau A) at a:3:1 but an input type in b (Bureau B) at b:2:1",
            ],
        ),
        (
            {
                "a": "type Query { t: T }\ninterface T { a: Int }",
                "b": "type T { a: Int }",
                "c": "scalar T",
            },
            [
                "TYPE_KIND_MISMATCH a:3:1 T is an interface in a (Bureau A) at a:3:1 but an object type in b (Bureau B) at b:2:1 but a scalar in c (Bureau C) at c:2:1",
            ],
        ),
        (
            {
                "a": "type Query { t: T }\nenum T { A }",
                "b": 'type T @interfaceObject @key(fields: "id") { id: ID! }',
            },
            [
                "TYPE_KIND_MISMATCH a:3:1 T is an enum in a (Bureau A) at a:3:1 but an interface object (@interfaceObject) in b (Bureau B) at b:2:1",
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
            "a": 'type Query { t: T }\ninterface T @key(fields: "id") { id: ID! }\ntype U implements T @key(fields: "id") { id: ID! }',
            "b": 'type T @interfaceObject @key(fields: "id") { id: ID! b: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
