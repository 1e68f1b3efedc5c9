"""Fields of several sources as one: who resolves them, and what type clients see."""

import pytest

from tests.supergraph.merge.sources import fields_of


@pytest.mark.parametrize(
    ("name", "sources", "expected"),
    [
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "id: ID!",
                "a: Int",
            ],
            id="a field that every source of its type resolves says nothing of sources",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "id: ID!",
                "a: Int @join__field(graph: A)",
                "b: Int @join__field(graph: B)",
            ],
            id="a field that some sources lack names those that resolve it",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int u: U }\ntype U @key(fields: "id") { id: ID! n: Int @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: U @requires(fields: "z") @provides(fields: "n") }\ntype U @key(fields: "id") { id: ID! n: Int @external }',
            },
            [
                "id: ID!",
                "z: Int @join__field(graph: A) @join__field(graph: B, external: true)",
                "u: U @join__field(graph: A)",
                'r: U @join__field(graph: B, requires: "z", provides: "n")',
            ],
            id="what a source requires, provides or leaves to others is kept",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: [Int!]! @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: [Int!] @shareable }',
            },
            [
                "id: ID!",
                'a: [Int!] @join__field(graph: A, type: "[Int!]!") @join__field(graph: B, type: "[Int!]")',
            ],
            id="clients see the nullable type where sources promise differently",
        ),
        pytest.param(
            "Query",
            {
                "a": 'type Query { x: I @shareable u: U @shareable }\ninterface I { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }\nunion U = T',
                "b": 'type Query { x: T! @shareable u: T @shareable }\ntype T @key(fields: "id") { id: ID! }',
            },
            [
                'x: I @join__field(graph: A, type: "I") @join__field(graph: B, type: "T!")',
                'u: U @join__field(graph: A, type: "U") @join__field(graph: B, type: "T")',
            ],
            id="clients see the interface or union where sources return one of its types",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b")',
            ],
            id="a field that moved away is no longer resolved by its old source",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                'id: ID! @join__field(graph: A, override: "b") @join__field(graph: B, usedOverridden: true)',
                "b: Int @join__field(graph: B)",
            ],
            id="a field that moved away and is a key still stands in its old source",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b") @join__field(graph: B, usedOverridden: true)',
            ],
            id="a field that moved away and that an interface promises still stands in its old source",
        ),
        pytest.param(
            "V",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! v: V }\ntype V @shareable { n: Int @override(from: "b") m: Int }',
                "b": 'type T @key(fields: "id") { id: ID! v: V @external r: Int @requires(fields: "v { n }") }\ntype V @shareable { n: Int m: Int }',
            },
            [
                'n: Int @join__field(graph: A, override: "b") @join__field(graph: B, usedOverridden: true)',
                "m: Int",
            ],
            id="a field that moved away and that its old source requires within a value still stands there",
        ),
        pytest.param(
            "V",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! v: V @shareable }\ntype V @shareable { n: Int @override(from: "b") m: Int }',
                "b": 'type Query { u: T @provides(fields: "v { n }") }\ntype T @key(fields: "id") { id: ID! v: V @external }\ntype V @shareable { n: Int m: Int }',
            },
            [
                'n: Int @join__field(graph: A, override: "b") @join__field(graph: B, usedOverridden: true)',
                "m: Int",
            ],
            id="a field that moved away and that its old source provides within a value still stands there",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "z") @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "id: ID!",
                "a: Int",
            ],
            id="an override from a source that does not exist says nothing",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "percent(5)") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b", overrideLabel: "percent(5)") @join__field(graph: B, overrideLabel: "percent(5)")',
            ],
            id="a field that moves by a label stands in both sources, with the label",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "one") }',
                "b": 'type Query { i: I }\ninterface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b", overrideLabel: "one") @join__field(graph: B, overrideLabel: "one", usedOverridden: true)',
            ],
            id="a field that moves by a label and that an interface promises is one that its old source still uses",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "z", label: "one") @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "id: ID!",
                "a: Int",
            ],
            id="a label of an override from a source that does not exist says nothing",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") @shareable }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
                "c": 'type T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "one") @shareable }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b") @join__field(graph: B, overrideLabel: "one") @join__field(graph: C, override: "b", overrideLabel: "one")',
            ],
            id="a field that one source takes over for all requests and another by a label",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @external r: Int @requires(fields: "a") }',
            },
            [
                "id: ID!",
                'a: Int @join__field(graph: A, override: "b") @join__field(graph: B, external: true)',
                'r: Int @join__field(graph: B, requires: "a")',
            ],
            id="a field that its old source has as external can be overridden",
        ),
        pytest.param(
            "Query",
            {
                "a": "type Query { x: Int }",
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "x: Int @join__field(graph: A)",
            ],
            id="the query type is every source’s, whoever defines it",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! "added" b(n: Int = 1): [Int!]! @tag(name: "t") }',
            },
            [
                "id: ID!",
                "a: Int",
                '"""added"""',
                'b(n: Int = 1): [Int!]! @join__field @tag(name: "t")',
            ],
            id="implementations get what an interface object adds to their interface",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID!  }\ntype T implements I @key(fields: "id") { id: ID! b: Int @shareable }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int @shareable }',
            },
            [
                "id: ID!",
                "b: Int",
            ],
            id="an implementation that has the field itself keeps it as it is",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID!  }\ntype T implements I @key(fields: "id") { id: ID!  }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int }',
                "c": 'type T @key(fields: "id") { id: ID! b: Int @external r: Int @requires(fields: "b") }',
            },
            [
                "id: ID!",
                "b: Int @join__field(graph: C, external: true)",
                'r: Int @join__field(graph: C, requires: "b")',
            ],
            id="a field that an implementation only needs is resolved by the interface object",
        ),
        pytest.param(
            "I",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "id: ID!",
                "a: Int @join__field(graph: A)",
                "b: Int @join__field(graph: B)",
            ],
            id="the interface has the fields of its interface objects",
        ),
    ],
)
def test_merged_as_clients_and_gateways_see_it(
    name: str, sources: dict[str, str], expected: list[str]
) -> None:
    assert fields_of(name, **sources) == expected
