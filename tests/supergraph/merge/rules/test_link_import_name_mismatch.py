"""A directive that clients or routers see has one name in all sources that apply it."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [{name: "@tag", as: "@mark"}, "@shareable"])\ntype Query { x: Int @shareable @mark(name: "m") }',
                "b": 'type Query { x: Int @shareable @tag(name: "n") }\n',
            },
            [
                "LINK_IMPORT_NAME_MISMATCH a:1:15 the directive @tag is called @mark in a (Bureau A) at a:1:15 but @tag in b (Bureau B) at b:1:15",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable"])\ntype Query { x: Int @shareable @federation__inaccessible y: Int }',
                "b": "type Query { x: Int @shareable @inaccessible }",
            },
            [
                "LINK_IMPORT_NAME_MISMATCH a:1:15 the directive @inaccessible is called @federation__inaccessible in a (Bureau A) at a:1:15 but @inaccessible in b (Bureau B) at b:1:15",
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
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [{name: "@tag", as: "@mark"}, "@shareable"])\ntype Query { x: Int @shareable @mark(name: "m") }',
            "b": "type Query { x: Int @shareable }\n",
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [{name: "@shareable", as: "@common"}])\ntype Query { x: Int @common }',
            "b": "type Query { x: Int @shareable }\n",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
