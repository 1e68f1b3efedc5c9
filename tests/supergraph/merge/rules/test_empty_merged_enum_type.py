"""Something of an enum that clients send is in all sources."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(e: E): Int @shareable }\nenum E { A }",
                "b": "type Query { x(e: E): Int @shareable }\nenum E { B }",
            },
            [
                "EMPTY_MERGED_ENUM_TYPE a:3:1 E has no value that all its sources have: a (Bureau A) at a:3:1 and b (Bureau B) at b:3:1",
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
            "a": "type Query { x: E @shareable }\nenum E { A }",
            "b": "type Query { x: E @shareable }\nenum E { B }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
