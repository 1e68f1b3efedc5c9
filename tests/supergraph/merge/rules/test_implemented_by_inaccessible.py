"""What clients see of an interface they see of its implementations."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @inaccessible }',
            },
            [
                "IMPLEMENTED_BY_INACCESSIBLE a:4:50 T.a is @inaccessible, and implements I.a, which is visible",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I { a(x: Int): Int }\ntype T implements I @key(fields: "id") { id: ID! a(x: Int @inaccessible): Int }',
            },
            [
                "IMPLEMENTED_BY_INACCESSIBLE a:4:52 T.a(x:) is @inaccessible, and implements I.a(x:), which is visible",
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
            "a": 'type Query { i: I }\ninterface I { a: Int @inaccessible b: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @inaccessible b: Int }',
        },
        {
            "a": "type Query { y: Int }\ninterface I @inaccessible { a: Int }\ntype T implements I { a: Int @inaccessible b: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
