"""A directive that is kept is defined, belongs to a linked specification, and is one thing in all sources."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@sael")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 a composes @sael, which it does not define",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: [{name: "@seal", as: "@join__seal"}])\n@composeDirective(name: "@join__seal")\ndirective @join__seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "INVALID_LINK_DIRECTIVE_USAGE a:3:1 a (Bureau A) at a:3:1 composes @join__seal of https://example.com/seals, which in the composed schema may mean one of join's own",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@other")\ndirective @other on FIELD_DEFINITION\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 a composes @other, which belongs to no specification that it links",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@shareable")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 a composes @shareable, a directive of the federation itself",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/stamps/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 @seal is of https://example.com/seals in a (Bureau A) at a:3:1 but of https://example.com/stamps in b (Bureau B) at b:3:1",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: [{name: "@seal", as: "@mark"}])\n@composeDirective(name: "@mark")\ndirective @mark(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 the composed directive @seal of https://example.com/seals is @seal in a (Bureau A) at a:3:1 but @mark in b (Bureau B) at b:3:1",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v2.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:2:1 https://example.com/seals is composed in different major versions: it is v1.0 in a (Bureau A) at a:2:1 but v2.0 in b (Bureau B) at b:2:1",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal", "@mark"])\n@composeDirective(name: "@seal")\n@composeDirective(name: "@mark")\ndirective @mark on OBJECT\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.1", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR b:2:1 @mark is composed by a (Bureau A) at a:4:1, but b, which links the newest version of https://example.com/seals, does not define it",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@tag"])\n@composeDirective(name: "@tag")\ndirective @tag(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": "type Query { x: Int @shareable }",
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 a (Bureau A) at a:3:1 composes @tag of https://example.com/seals, and in b that is the federation's @tag",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@policy"])\n@composeDirective(name: "@policy")\ndirective @policy(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'type Query { x: Int @shareable y: Int @policy(policies: [["p"]]) }',
            },
            [
                "INVALID_LINK_DIRECTIVE_USAGE a:3:1 a (Bureau A) at a:3:1 composes @policy of https://example.com/seals, and in b that is the federation's @policy",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective", "@cost"])\n@composeDirective(name: "@cost")\ntype Query { x: Int @shareable }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:2:1 a composes @cost, a directive of the federation itself",
            ],
        ),
        (
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@composeDirective"])\n@link(url: "https://specs.apollo.dev/source/v1.0", import: ["@sourceAPI"])\n@composeDirective(name: "@sourceAPI")\ndirective @sourceAPI on FIELD_DEFINITION\ntype Query { x: Int }',
            },
            [
                "DIRECTIVE_COMPOSITION_ERROR a:3:1 a composes @sourceAPI, a directive of the federation itself",
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
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.1", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v2.1", import: [{name: "@seal", as: "@mark"}])\n\ndirective @mark(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@policy"])\n@composeDirective(name: "@policy")\ndirective @policy(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            "b": "type Query { x: Int @shareable }",
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective", "@tag"])\n@composeDirective(name: "@tag")\ntype Query { x: Int @shareable }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@composeDirective"])\n@link(url: "https://specs.apollo.dev/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal on FIELD_DEFINITION\ntype Query { x: Int @seal }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@composeDirective"])\n@link(url: "https://spec.graphql.org/specified/v1.0", import: ["@oneOf"])\n@composeDirective(name: "@oneOf")\ndirective @oneOf on INPUT_OBJECT\ntype Query { x: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
