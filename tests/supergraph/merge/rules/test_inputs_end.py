"""Once merged, an input can still be written down."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(i: L): Int @shareable }\ninput L { m: M! }\ninput M { l: L }",
                "b": "type Query { x(i: L): Int @shareable }\ninput L { m: M }\ninput M { l: L! }",
            },
            [
                "INVALID_GRAPHQL a:3:1 L → M → L: these input types need one another in fields that are required once merged; L is in a (Bureau A) at a:3:1 and b (Bureau B) at b:3:1",
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
            "a": "type Query { x(i: L): Int @shareable }\ninput L { m: M! }\ninput M { l: [L!]! }",
            "b": "type Query { x(i: L): Int @shareable }\ninput L { m: M! }\ninput M { l: [L!] }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
