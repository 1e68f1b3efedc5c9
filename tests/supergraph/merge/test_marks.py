"""What is said beside a definition, merged over its sources."""

import pytest

from tests.supergraph.merge.sources import fields_of


@pytest.mark.parametrize(
    ("name", "sources", "expected"),
    [
        pytest.param(
            "Query",
            {
                "a": 'type Query { "one" x: Int @shareable }',
                "b": 'type Query { "two" x: Int @shareable }',
                "c": 'type Query { "two" x: Int @shareable }',
            },
            [
                '"""two"""',
                "x: Int",
            ],
            id="the description that most sources give stands",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int @shareable }",
                "b": 'type Query { "two" x: Int @shareable }',
                "c": 'type Query { "three" x: Int @shareable }',
            },
            [
                '"""two"""',
                "x: Int",
            ],
            id="of descriptions that as many sources give, the first stands",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { x: Int @deprecated y: Int @deprecated(reason: "") }',
            },
            [
                "x: Int @deprecated",
                'y: Int @deprecated(reason: "")',
            ],
            id="a reason that is the usual one is not written",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { x: Int @shareable @tag(name: "a") }',
                "b": 'type Query { x: Int @shareable @tag(name: "b") @tag(name: "a") }',
            },
            [
                'x: Int @tag(name: "a") @tag(name: "b")',
            ],
            id="all tags stand, once",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int @shareable y: Int }",
                "b": "type Query { x: Int @shareable @inaccessible }",
            },
            [
                "x: Int @inaccessible",
                "y: Int @join__field(graph: A)",
            ],
            id="what one source hides is hidden",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int @shareable }",
                "b": 'type Query { x: Int @shareable @deprecated(reason: "old") }',
                "c": 'type Query { x: Int @shareable @deprecated(reason: "older") }',
            },
            [
                'x: Int @deprecated(reason: "old")',
            ],
            id="the first reason of a deprecation stands",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { x: Int @shareable @authenticated @requiresScopes(scopes: [["a", "b"], ["c"]]) }',
                "b": 'type Query { x: Int @shareable @requiresScopes(scopes: [["d"], ["c"]]) @policy(policies: [["p"]]) }',
            },
            [
                'x: Int @authenticated @requiresScopes(scopes: [["c"], ["a", "b", "d"]]) @policy(policies: [["p"]])',
            ],
            id="what any source asks of whoever reads is asked",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { x: Int @shareable @requiresScopes(scopes: [["a", "b"], ["a"]]) }',
                "b": 'type Query { x: Int @shareable @requiresScopes(scopes: [["a", "b"], ["a"]]) }',
            },
            [
                'x: Int @requiresScopes(scopes: [["a", "b"], ["a"]])',
            ],
            id="what all sources ask alike stands as they say it",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int @shareable @policy(policies: [[]]) }",
                "b": 'type Query { x: Int @shareable @policy(policies: [["p"]]) }',
            },
            [
                'x: Int @policy(policies: [["p"]])',
            ],
            id="a source that asks for nothing in particular lifts nothing",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int @shareable @policy(policies: []) }",
                "b": 'type Query { x: Int @shareable @policy(policies: [["p"]]) }',
            },
            [
                'x: Int @policy(policies: [["p"]])',
            ],
            id="a source that names no alternative lifts nothing either",
        ),
        pytest.param(
            "I",
            {
                "a": 'type Query { i: I }\ninterface I { a: Int b: Int }\ntype T implements I @authenticated { a: Int @requiresScopes(scopes: [["s"]]) b: Int }\ntype U implements I { a: Int @requiresScopes(scopes: [["t"]]) b: Int }',
            },
            [
                "@authenticated",
                'a: Int @requiresScopes(scopes: [["s", "t"]])',
                "b: Int",
            ],
            id="an interface asks what all its implementations ask",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ninterface J { more: Int }\ntype T implements I & J @key(fields: "id") { id: ID! more: Int @shareable }\ntype U implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int @shareable @authenticated }',
            },
            [
                "id: ID!",
                "more: Int @authenticated",
            ],
            id="what an interface object protects is protected where others resolve it too",
        ),
        pytest.param(
            "U",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ninterface J { more: Int }\ntype T implements I & J @key(fields: "id") { id: ID! more: Int @shareable }\ntype U implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int @shareable @authenticated }',
            },
            [
                "id: ID!",
                "more: Int @join__field @authenticated",
            ],
            id="and where it resolves it alone",
        ),
        pytest.param(
            "J",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ninterface J { more: Int }\ntype T implements I & J @key(fields: "id") { id: ID! more: Int @shareable }\ntype U implements I @key(fields: "id") { id: ID! }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int @shareable @authenticated }',
            },
            [
                "more: Int @authenticated",
            ],
            id="and on other interfaces of its implementations",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int }',
                "b": 'type T @key(fields: "id") { id: ID! "not mine" z: Int @external r: Int @requires(fields: "z") }',
            },
            [
                "id: ID!",
                "z: Int @join__field(graph: A) @join__field(graph: B, external: true)",
                'r: Int @join__field(graph: B, requires: "z")',
            ],
            id="what an external field says is not heard",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { l(a: Int @cost(weight: 4), b: Int): [Int] @shareable @cost(weight: 2) @listSize(assumedSize: 3, slicingArguments: ["a"]) }',
                "b": 'type Query { l(a: Int @cost(weight: 2), b: Int): [Int] @shareable @cost(weight: 3) @listSize(slicingArguments: ["b"], requireOneSlicingArgument: false) }',
            },
            [
                'l(a: Int @cost(weight: 4), b: Int): [Int] @cost(weight: 3) @listSize(assumedSize: 3, slicingArguments: ["a", "b"], requireOneSlicingArgument: false)',
            ],
            id="the dearest cost and the greatest size stand",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { l: [Int] @listSize(assumedSize: 3) }",
            },
            [
                "l: [Int] @listSize(assumedSize: 3)",
            ],
            id="a cost stands as it is written where one source states it",
        ),
    ],
)
def test_merged_as_clients_and_gateways_see_it(
    name: str, sources: dict[str, str], expected: list[str]
) -> None:
    assert fields_of(name, **sources) == expected
