"""Clients need not give what they do not see."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(a: Int! @inaccessible): Int }",
            },
            [
                "REQUIRED_INACCESSIBLE a:2:16 Query.x(a:) is @inaccessible, and must be given",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int @inaccessible}",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int! }",
            },
            [
                "REQUIRED_INACCESSIBLE a:3:18 I.b is @inaccessible, and must be given",
            ],
        ),
        (
            {
                "a": "type Query { y: Int }\ndirective @d(a: Int! @inaccessible) on FIELD",
            },
            [
                "REQUIRED_INACCESSIBLE a:3:14 @d(a:) is @inaccessible, and must be given",
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
            "a": "type Query { x(a: Int! = 1 @inaccessible, b: Int @inaccessible): Int }",
        },
        {
            "a": "type Query { x(a: Int! @inaccessible): Int @inaccessible y: Int }",
        },
        {
            "a": "type Query { y: Int }\ndirective @d(a: Int @inaccessible, b: Int! = 1 @inaccessible) on FIELD",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
