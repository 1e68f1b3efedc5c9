"""Sources that share a field can give it the same value."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { u: U @shareable }\nunion U = A\ntype A @shareable { a: Int }",
                "b": "type Query { u: U @shareable }\nunion U = B\ntype B @shareable { a: Int }",
            },
            [
                "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES a:2:14 Query.u is shared, and can be A in a (Bureau A) at a:2:14 but B in b (Bureau B) at b:2:14: no type in common",
            ],
        ),
        (
            {
                "a": "type Query { u: I @shareable }\ninterface I { a: Int }\ntype A implements I @shareable { a: Int }",
                "b": "type Query { u: I @shareable }\ninterface I { a: Int }\ntype B implements I @shareable { a: Int }",
            },
            [
                "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES a:2:14 Query.u is shared, and can be A in a (Bureau A) at a:2:14 but B in b (Bureau B) at b:2:14: no type in common",
            ],
        ),
        (
            {
                "a": "type Query { u: I @shareable }\ninterface I { a: Int }",
                "b": "type Query { u: I @shareable }\ninterface I { a: Int }\ntype B implements I { a: Int }",
            },
            [
                "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES a:2:14 Query.u is shared, and can be nothing in a (Bureau A) at a:2:14 but B in b (Bureau B) at b:2:14: no type in common",
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
            "a": "type Query { u: U @shareable }\nunion U = A | C\ntype A @shareable { a: Int }\ntype C @shareable { a: Int }",
            "b": "type Query { u: U @shareable }\nunion U = A | B\ntype A @shareable { a: Int }\ntype B @shareable { a: Int }",
        },
        {
            "a": "type Query { u: I @shareable }\ninterface I { a: Int }\ntype A implements I @shareable { a: Int }\ntype B implements I { a: Int }",
            "b": "type Query { u: C @shareable c: I }\ninterface I { a: Int }\ntype C implements I @shareable { a: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []


def test_it_is_asked_of_schemas_that_are_right() -> None:
    found = told(
        a="type Query { u: U @shareable h: H }\nunion U = A\ntype A { a: Int }\ntype H @inaccessible { a: Int }",
        b="type Query { u: U @shareable }\nunion U = B\ntype B { a: Int }",
    )
    assert [line.split()[0] for line in found] == ["REFERENCED_INACCESSIBLE"]
