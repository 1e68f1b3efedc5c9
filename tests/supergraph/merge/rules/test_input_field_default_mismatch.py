"""The sources that give an input field a default give it one."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int = 1 }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int = 2 }",
            },
            [
                "INPUT_FIELD_DEFAULT_MISMATCH a:3:11 I.a has the default 1 in a (Bureau A) at a:3:11 but the default 2 in b (Bureau B) at b:3:11",
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
            "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int = 1 }",
            "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int = 1 }",
            "c": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
