"""Clients see something of each type that they see."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { t: T e: E x(i: I): Int u: U }\ntype T @shareable { a: Int }\nenum E { A @inaccessible }\ninput I { a: Int @inaccessible }\nunion U = V\ntype V @inaccessible { a: Int }",
                "b": "type T @shareable { a: Int @inaccessible }",
            },
            [
                "ONLY_INACCESSIBLE_CHILDREN a:3:1 T is visible to clients, and all its fields are @inaccessible",
                "ONLY_INACCESSIBLE_CHILDREN a:4:1 E is visible to clients, and all its values are @inaccessible",
                "ONLY_INACCESSIBLE_CHILDREN a:5:1 I is visible to clients, and all its input fields are @inaccessible",
                "ONLY_INACCESSIBLE_CHILDREN a:6:1 U is visible to clients, and all its members are @inaccessible",
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
            "a": "type Query { t: T y: Int }\ntype T { a: Int @inaccessible b: Int }\ntype V @inaccessible { a: Int @inaccessible }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
