"""The sources that give an argument a default give it one."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(a: Int = 1): Int @shareable }",
                "b": "type Query { x(a: Int = 2): Int @shareable }",
            },
            [
                "FIELD_ARGUMENT_DEFAULT_MISMATCH a:2:16 Query.x(a:) has the default 1 in a (Bureau A) at a:2:16 but the default 2 in b (Bureau B) at b:2:16",
            ],
        ),
        (
            {
                "a": "directive @d(a: Int = 1) on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d(a: Int = null) on FIELD\ntype Query { x: Int @shareable }\n",
            },
            [
                "FIELD_ARGUMENT_DEFAULT_MISMATCH a:2:14 @d(a:) has the default 1 in a (Bureau A) at a:2:14 but the default null in b (Bureau B) at b:2:14",
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
            "a": "type Query { x(a: [Int] = [1, 2]): Int @shareable }",
            "b": "type Query { x(a: [Int] = [1 2]): Int @shareable }",
        },
        {
            "a": "type Query { x(a: Int = 1): Int @shareable }",
            "b": "type Query { x(a: Int): Int @shareable }",
        },
        {
            "a": "type Query { x(a: Float = 1): Int @shareable }",
            "b": "type Query { x(a: Float = 1.0): Int @shareable }",
        },
        {
            "a": "directive @d(a: In = {n: 1, m: [2]}) on FIELD\ntype Query { x: Int @shareable }\ninput In { n: Int m: [Int] }",
            "b": "directive @d(a: In = {m: [2] n: 1}) on FIELD\ntype Query { x: Int @shareable }\ninput In { n: Int m: [Int] }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
