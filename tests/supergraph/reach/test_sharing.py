"""Sources that share a field can give one object the same value: they have a concrete type in common."""

import pytest

from tests.supergraph.reach.sources import told

BOTH = "let all sources of the field return the same types, or resolve it in one source alone"
ONES = "union U = A | B type A { n: Int @shareable } type B { m: Int @shareable }"
OTHERS = "union U = C type C { n: Int @shareable }"
DIFFER = {
    "members of unions": (
        {"a": f"type Query {{ u: U @shareable }} {ONES}", "b": f"type Query {{ u: U @shareable }} {OTHERS}"},
        "Query.u, which sources share in `{ u { __typename } }`, can be A, B in `a` but C in `b`: no type in common",
    ),
    "implementations": (
        {
            "a": "type Query { i: I @shareable } interface I { n: Int } type A implements I { n: Int }",
            "b": "type Query { i: I @shareable } interface I { n: Int } type B implements I { n: Int }",
        },
        "Query.i, which sources share in `{ i { __typename } }`, can be A in `a` but B in `b`: no type in common",
    ),
    "an interface that one source has nothing for": (
        {
            "a": "type Query { i: I @shareable } interface I { n: Int }",
            "b": "type Query { i: I @shareable } interface I { n: Int } type B implements I { n: Int }",
        },
        "Query.i, which sources share in `{ i { __typename } }`, can be nothing in `a` but B in `b`: no type in common",
    ),
    "a type in common that clients do not see": (
        {
            "a": "type Query { u: U @shareable } union U = A | H type A { n: Int } type H @inaccessible { n: Int @shareable }",
            "b": "type Query { u: U @shareable } union U = B | H type B { n: Int } type H { n: Int @shareable }",
        },
        "Query.u, which sources share in `{ u { __typename } }`, can be A, H in `a` but B, H in `b`: no type in common",
    ),
    "entities that both sources find": (
        {
            "a": f'type Query {{ t: T }} type T @key(fields: "id") {{ id: ID! u: U @shareable }} {ONES}',
            "b": f'type T @key(fields: "id") {{ id: ID! u: U @shareable }} {OTHERS}',
        },
        "T.u, which sources share in `{ t { u { __typename } } }`, can be A, B in `a` but C in `b`: no type in common",
    ),
    "a mutation that several sources have": (
        {
            "a": f"type Query {{ a: Int }} type Mutation {{ u: U @shareable }} {ONES}",
            "b": f"type Mutation {{ u: U @shareable }} {OTHERS}",
        },
        "Mutation.u, which sources share in `mutation { u { __typename } }`, can be A, B in `a` but C in `b`: no type in common",
    ),
}


@pytest.mark.parametrize("case", DIFFER)
def test_what_differs_is_shown(case: str) -> None:
    sources, expected = DIFFER[case]
    assert told(sources) == [f"SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES {expected}; {BOTH}"]


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(
            {
                "a": "type Query { u: U @shareable } union U = A | C type A { n: Int } type C { n: Int @shareable }",
                "b": "type Query { u: U @shareable } union U = B | C type B { n: Int } type C { n: Int @shareable }",
            },
            id="a type in common",
        ),
        pytest.param(
            {
                "a": "type Query { i: I @shareable } interface I { n: Int } type A implements I @shareable { n: Int }",
                "b": "type Query { i: C @shareable j: I } interface I { n: Int } type C implements I @shareable { n: Int }",
            },
            id="a source that returns a concrete type",
        ),
        pytest.param(
            {
                "a": f"type Query {{ a: P }} type P {{ u: U @shareable }} {ONES}",
                "b": f"type Query {{ b: P }} type P {{ u: U @shareable }} {OTHERS}",
            },
            id="a value that each source gives by itself",
        ),
        pytest.param(
            {
                "a": f'type Query {{ a: Int }} type T @key(fields: "id") {{ id: ID! u: U @shareable }} {ONES}',
                "b": f'type T @key(fields: "id") {{ id: ID! u: U @shareable }} {OTHERS}',
            },
            id="an entity to which no operation leads",
        ),
        pytest.param(
            {
                "a": f"type Query {{ a: Int u: U @shareable @inaccessible }} {ONES}",
                "b": f"type Query {{ u: U @shareable }} {OTHERS}",
            },
            id="a field that clients do not see",
        ),
        pytest.param(
            {
                "a": 'type Query { i: I @shareable } interface I @key(fields: "id") { id: ID! }'
                ' type A implements I @key(fields: "id") { id: ID! }',
                "b": 'type Query { i: I @shareable } type I @interfaceObject @key(fields: "id") { id: ID! }',
            },
            id="an interface object, which may be any type",
        ),
    ],
)
def test_what_fits_is_answered(sources: dict[str, str]) -> None:
    assert told(sources) == []
