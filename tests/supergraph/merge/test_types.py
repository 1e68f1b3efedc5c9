"""Types of several sources as one: keys, members, values and implementations of each."""

import pytest

from tests.supergraph.merge.sources import written


@pytest.mark.parametrize(
    ("name", "sources", "expected"),
    [
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") @key(fields: "v { n }") { id: ID! v: V }\ntype V { n: Int }',
                "b": 'type T @key(fields: "id", resolvable: false) { id: ID! }',
            },
            [
                "type T",
                '@join__type(graph: A, key: "id")',
                '@join__type(graph: A, key: "v { n }")',
                '@join__type(graph: B, key: "id", resolvable: false)',
                "id: ID!",
                "v: V @join__field(graph: A)",
            ],
            id="each key of each source is kept",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID!  }',
                "b": 'extend type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "type T",
                '@join__type(graph: A, key: "id")',
                '@join__type(graph: B, key: "id", extension: true)',
                "id: ID!",
                "b: Int @join__field(graph: B)",
            ],
            id="a source that only extends a type says so",
        ),
        pytest.param(
            "U",
            {
                "a": "type Query { u: U }\nunion U = A | B\ntype A { a: Int }\ntype B @shareable { b: Int }",
                "b": "union U = C | B\ntype C { c: Int }\ntype B @shareable { b: Int }",
            },
            [
                "union U",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                '@join__unionMember(graph: A, member: "A")',
                '@join__unionMember(graph: A, member: "B")',
                '@join__unionMember(graph: B, member: "C")',
                '@join__unionMember(graph: B, member: "B")',
                "= A | B | C",
            ],
            id="a union has the members of all its sources",
        ),
        pytest.param(
            "T",
            {
                "a": 'type Query { i: I }\ninterface I { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'interface J { id: ID! }\ntype T implements J @key(fields: "id") { id: ID! }',
            },
            [
                "type T implements I & J",
                '@join__implements(graph: A, interface: "I")',
                '@join__implements(graph: B, interface: "J")',
                '@join__type(graph: A, key: "id")',
                '@join__type(graph: B, key: "id")',
                "id: ID!",
            ],
            id="a type implements what it implements in any source",
        ),
        pytest.param(
            "E",
            {
                "a": "type Query { x: E @shareable }\nenum E { A B }",
                "b": "type Query { x: E @shareable }\nenum E { C A }",
            },
            [
                "enum E",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                "A @join__enumValue(graph: A) @join__enumValue(graph: B)",
                "B @join__enumValue(graph: A)",
                "C @join__enumValue(graph: B)",
            ],
            id="an enum that clients get has the values of any source",
        ),
        pytest.param(
            "E",
            {
                "a": "type Query { x(e: E): Int @shareable }\nenum E { A B }",
                "b": "type Query { x(e: E): Int @shareable }\nenum E { C A }",
            },
            [
                "enum E",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                "A @join__enumValue(graph: A) @join__enumValue(graph: B)",
            ],
            id="an enum that clients send has the values of all sources",
        ),
        pytest.param(
            "E",
            {
                "a": "type Query { x(e: E): Int @shareable }\nenum E { A B @inaccessible }",
                "b": "type Query { x(e: E): Int @shareable }\nenum E { A }",
            },
            [
                "enum E",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                "A @join__enumValue(graph: A) @join__enumValue(graph: B)",
                "B @join__enumValue(graph: A) @inaccessible",
            ],
            id="an enum that clients send keeps the values that they do not see",
        ),
        pytest.param(
            "E",
            {
                "a": "type Query { x: Int @shareable }\nenum E { A }",
                "b": "type Query { x: Int @shareable }\nenum E { B }",
            },
            [
                "enum E",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                "A @join__enumValue(graph: A)",
                "B @join__enumValue(graph: B)",
            ],
            id="an enum that nothing uses has the values of any source",
        ),
        pytest.param(
            "E",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int e: E }\nenum E { A B }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }\nenum E { A }",
            },
            [
                "enum E",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                "A @join__enumValue(graph: A) @join__enumValue(graph: B)",
            ],
            id="an enum of an input field that is not in all sources is one that clients send",
        ),
        pytest.param(
            "S",
            {
                "a": 'type Query { s: S }\nscalar S @specifiedBy(url: "https://example.com/a")',
                "b": 'scalar S @specifiedBy(url: "https://example.com/b")',
            },
            [
                "scalar S",
                "@join__type(graph: A)",
                "@join__type(graph: B)",
                '@specifiedBy(url: "https://example.com/a")',
            ],
            id="a scalar keeps the specification that the first source names",
        ),
    ],
)
def test_merged_as_clients_and_gateways_see_it(
    name: str, sources: dict[str, str], expected: list[str]
) -> None:
    assert written(name, **sources) == expected
