"""What the whole graph is to know of a field is said where it is resolved."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external @tag(name: "t") r: Int @requires(fields: "z") }',
            },
            [
                "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL b:2:37 b (Bureau B) at b:2:37 applies @tag to T.z, which is @external there",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external @deprecated @inaccessible r: Int @requires(fields: "z") }',
            },
            [
                "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL b:2:37 b (Bureau B) at b:2:37 applies @deprecated to T.z, which is @external there",
                "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL b:2:37 b (Bureau B) at b:2:37 applies @inaccessible to T.z, which is @external there",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: [Int] }',
                "b": 'type T @key(fields: "id") { id: ID! z: [Int] @external @cost(weight: 2) @listSize(assumedSize: 3) r: Int @requires(fields: "z") }',
            },
            [
                "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL b:2:37 b (Bureau B) at b:2:37 applies @cost to T.z, which is @external there",
                "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL b:2:37 b (Bureau B) at b:2:37 applies @listSize to T.z, which is @external there",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @external @tag(name: "t") r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_MISSING_ON_BASE a:3:44 T.z is @external in a (Bureau A) at a:3:44, and no source resolves it",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @tag(name: "t") }',
            "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") @tag(name: "t") }',
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
            "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal on FIELD_DEFINITION\ntype T @key(fields: "id") { id: ID! z: Int @external @seal r: Int @requires(fields: "z") }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
