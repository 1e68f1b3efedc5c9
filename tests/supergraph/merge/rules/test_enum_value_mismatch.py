"""An enum that clients send and get is the same in all sources, but for what clients do not see."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(e: E): E @shareable }\nenum E { A }",
                "b": "type Query { x(e: E): E @shareable }\nenum E { A B }",
            },
            [
                "ENUM_VALUE_MISMATCH b:3:12 E is sent (Query.x(e:)) and returned (Query.x), and its value B is in b (Bureau B) at b:3:12 but not in a (Bureau A) at a:3:1",
            ],
        ),
        (
            {
                "a": "type Query { x(e: E): Int @shareable }\nenum E { A }",
                "b": "type Query { y: E }\nenum E { A B }",
            },
            [
                "ENUM_VALUE_MISMATCH b:3:12 E is sent (Query.x(e:)) and returned (Query.y), and its value B is in b (Bureau B) at b:3:12 but not in a (Bureau A) at a:3:1",
            ],
        ),
        (
            {
                "a": "type Query { x: E }\nenum E { A }\ndirective @d(e: E) on FIELD",
                "b": "type Query { y: E }\nenum E { A B }\ndirective @d(e: E) on FIELD",
            },
            [
                "ENUM_VALUE_MISMATCH b:3:12 E is sent (@d(e:)) and returned (Query.x), and its value B is in b (Bureau B) at b:3:12 but not in a (Bureau A) at a:3:1",
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
            "a": "type Query { x(e: E): E @shareable }\nenum E { A }",
            "b": "type Query { x(e: E): E @shareable }\nenum E { A B @inaccessible }",
        },
        {
            "a": "type Query { x(e: E): Int @shareable }\nenum E { A }",
            "b": "type Query { x(e: E): Int @shareable }\nenum E { A B }",
        },
        {
            "a": "type Query { x: E }\nenum E { A }\ndirective @d(e: E) on FIELD",
            "b": "type Query { y: E }\nenum E { A B }\ndirective @d on FIELD",
        },
        {
            "a": "type Query { x: E }\nenum E { A }\ndirective @d(e: E) on FIELD",
            "b": "type Query { y: E }\nenum E { A B }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
