"""A source has a name of its own that composed SDL can carry."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "__a": "type Query { x: Int }",
            },
            [
                "INVALID_SUBGRAPH_NAME None:None:None '__a' cannot be the name of a source",
            ],
        ),
        (
            {
                "_": "type Query { x: Int }",
            },
            [
                "INVALID_SUBGRAPH_NAME None:None:None '_' cannot be the name of a source",
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
            "a": "type Query { x: Int }",
        },
        {
            "0-ä": "type Query { x: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
