"""What clients see is of types that they see."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { t: T y: Int }\ntype T @inaccessible { a: Int }",
            },
            [
                "REFERENCED_INACCESSIBLE a:2:14 Query.t is visible to clients, and its type T is @inaccessible (at a:3:1)",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I, j: J): Int }\ninput I @inaccessible { a: Int }\ninput J { e: E }\nenum E { A }",
                "b": "enum E @inaccessible { A }",
            },
            [
                "REFERENCED_INACCESSIBLE a:2:16 Query.x(i:) is visible to clients, and its type I is @inaccessible (at a:3:1)",
                "REFERENCED_INACCESSIBLE a:4:11 J.e is visible to clients, and its type E is @inaccessible (at b:2:1)",
            ],
        ),
        (
            {
                "a": "type Query { y: Int }\nenum E @inaccessible { A }\ndirective @d(e: [E!]) on FIELD",
            },
            [
                "REFERENCED_INACCESSIBLE a:4:14 @d(e:) is visible to clients, and its type E is @inaccessible (at a:3:1)",
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
            "a": "type Query { t: T @inaccessible y: Int }\ntype T @inaccessible { a: T }",
        },
        {
            "a": "type Query { y: Int x(e: E @inaccessible): Int }\nenum E @inaccessible { A }\ntype V @inaccessible { e: E }",
        },
        {
            "a": "type Query { y: Int }\nenum E @inaccessible { A }\ndirective @d(e: E @inaccessible) on FIELD",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
