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
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int! @inaccessible}",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
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
        (
            {
                "a": "type Query { i: I }\ninterface I { f(p: Int! = 1 @inaccessible): Int }\ninterface J implements I { f(p: Int!): Int }\ntype T implements I & J { f(p: Int!): Int }",
            },
            [
                "REQUIRED_INACCESSIBLE a:4:30 J.f(p:) must be given, and I.f(p:), which it implements, is @inaccessible (at a:3:17)",
                "REQUIRED_INACCESSIBLE a:5:29 T.f(p:) must be given, and I.f(p:), which it implements, is @inaccessible (at a:3:17)",
            ],
        ),
        (
            {
                "a": "type Query { i: I }\ninterface I { f(p: Int! = 1 @inaccessible): Int }\ntype T implements I { f(p: Int! @inaccessible): Int }",
            },
            [
                "REQUIRED_INACCESSIBLE a:4:25 T.f(p:) is @inaccessible, and must be given",
            ],
        ),
        (
            {
                "a": "type Query { i: I }\ninterface I { a: Int f(p: Int! = 1 @inaccessible): Int }\ntype T implements I { a: Int f(p: Int!): Int @inaccessible }",
            },
            [
                "IMPLEMENTED_BY_INACCESSIBLE a:4:30 T.f is @inaccessible, and implements I.f, which is visible",
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
        {
            "a": "type Query { i: I }\ninterface I { f(p: Int! = 1 @inaccessible): Int }\ntype T implements I { f(p: Int! = 2): Int }\ntype U implements I { f(p: Int! = 3 @inaccessible): Int }",
        },
        {
            "a": "type Query { t: T }\ninterface I @inaccessible { f(p: Int! = 1 @inaccessible): Int }\ntype T implements I { f(p: Int!): Int }",
        },
        {
            "a": "type Query { i: I }\ninterface I { a: Int f(p: Int! = 1 @inaccessible): Int @inaccessible }\ntype T implements I { a: Int f(p: Int!): Int }",
        },
        {
            "a": "type Query { t: T }\ninterface I { a: Int f(p: Int! = 1 @inaccessible): Int @inaccessible }\ntype T implements I { a: Int f(p: Int!): Int @inaccessible }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
