"""Arguments and input fields: only what all sources take, in the form that suits them all."""

import pytest

from tests.supergraph.merge.sources import fields_of


@pytest.mark.parametrize(
    ("name", "sources", "expected"),
    [
        pytest.param(
            "Query",
            {
                "a": "type Query { x(a: Int, b: Int): Int @shareable }",
                "b": "type Query { x(a: Int): Int @shareable }",
            },
            [
                "x(a: Int): Int",
            ],
            id="an argument that some sources do not take is not there",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x(a: [Int]): Int @shareable }",
                "b": "type Query { x(a: [Int!]!): Int @shareable }",
            },
            [
                "x(a: [Int!]!): Int",
            ],
            id="an argument has the strictest of its types",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x(a: Int = 1, b: Int = 1): Int @shareable }",
                "b": "type Query { x(a: Int = 1, b: Int): Int @shareable }",
            },
            [
                "x(a: Int = 1, b: Int): Int",
            ],
            id="an argument has a default when all sources give it",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a(x: Int): Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a(x: Int, y: Int): Int @external r: Int @requires(fields: "a") }',
                "c": 'type T @key(fields: "id") { id: ID! a(x: Int): Int @shareable }',
            },
            [
                "id: ID!",
                "a(x: Int): Int @join__field(graph: A) @join__field(graph: B, external: true) @join__field(graph: C)",
                'r: Int @join__field(graph: B, requires: "a")',
            ],
            id="sources that do not resolve a field have no say in its arguments",
        ),
        pytest.param(
            "I",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int c: Int }",
            },
            [
                "a: Int",
            ],
            id="an input field that some sources lack is not there",
        ),
        pytest.param(
            "I",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: [Int] @inaccessible }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
                "c": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: [Int!] }",
            },
            [
                "a: Int",
                'b: [Int!] @join__field(graph: A, type: "[Int]") @join__field(graph: C, type: "[Int!]") @inaccessible',
            ],
            id="an input field that clients do not see is there though some sources lack it",
        ),
        pytest.param(
            "I",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int @inaccessible }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
            },
            [
                "a: Int",
                "b: Int @join__field(graph: A) @inaccessible",
            ],
            id="an input field that clients do not see is that of the source that has it",
        ),
        pytest.param(
            "I",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: ID }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int! b: ID }",
            },
            [
                'a: Int! @join__field(graph: A, type: "Int") @join__field(graph: B, type: "Int!")',
                "b: ID",
            ],
            id="an input field has the strictest of its types, and each source its own",
        ),
        pytest.param(
            "I",
            {
                "a": "type Query { x(i: I): Int }\ninput I @oneOf { a: Int b: Int }",
                "b": "type Query { y(i: I): Int }\ninput I { a: Int b: Int c: Int }",
            },
            [
                "@oneOf",
                "a: Int",
                "b: Int",
            ],
            id="an input type takes one field alone as soon as a source wants that",
        ),
    ],
)
def test_merged_as_clients_and_gateways_see_it(
    name: str, sources: dict[str, str], expected: list[str]
) -> None:
    assert fields_of(name, **sources) == expected
