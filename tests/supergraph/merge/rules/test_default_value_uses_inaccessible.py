"""Clients see what a default that they see is made of."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(e: [E] = [B, A]): Int }\nenum E { A @inaccessible B }",
            },
            [
                "DEFAULT_VALUE_USES_INACCESSIBLE a:2:16 the default of Query.x(e:) uses E.A, which is @inaccessible",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I = {n: {a: 1}}): Int }\ninput I { n: N }\ninput N { a: Int @inaccessible b: Int }",
            },
            [
                "DEFAULT_VALUE_USES_INACCESSIBLE a:2:16 the default of Query.x(i:) uses N.a, which is @inaccessible",
            ],
        ),
        (
            {
                "a": "type Query { y: Int }\nenum E { A @inaccessible B }\ndirective @d(e: E = A) on FIELD",
            },
            [
                "DEFAULT_VALUE_USES_INACCESSIBLE a:4:14 the default of @d(e:) uses E.A, which is @inaccessible",
            ],
        ),
        (
            {
                "a": "type Query { x(i: In): Int }\ninput In { m: Hidden = { q: 1 } }\ninput Hidden @inaccessible { q: Int @inaccessible }",
            },
            [
                "REFERENCED_INACCESSIBLE a:3:12 In.m is visible to clients, and its type Hidden is @inaccessible (at a:4:1)",
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
            "a": "type Query { x(e: E = A @inaccessible): Int }\nenum E { A @inaccessible B }",
        },
        {
            "a": "type Query { y: Int }\nenum E { A @inaccessible B }\ndirective @d(e: E = A @inaccessible) on FIELD",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
