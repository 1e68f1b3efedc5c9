"""What `@requires` asks of a field fits every source that resolves it."""

import pytest

from tests.supergraph.merge.sources import told

QUERY = "type Query { t: T }\n"
ENTITY = 'type T @key(fields: "id") {'


def requiring(fields: str, external: str) -> str:
    return f'{ENTITY} id: ID! {external} @external\ny: Int @requires(fields: "{fields}") }}'


def owning(field: str) -> str:
    return f"{QUERY}{ENTITY} id: ID!\n{field} }}"


BROKEN = {
    "an argument that the source does not have which resolves the field": (
        {"a": owning("x(by: Int): Int"), "b": requiring("x(to: 3)", "x(by: Int, to: Int): Int")},
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x(to: 3)") on T.y of b (Bureau B) at b:3:8 gives T.x the '
            "argument to, which a (Bureau A) at a:4:1 does not take"
        ],
    ),
    "an argument that only one of two sources has which share the field": (
        {
            "a": owning("x(by: Int): Int @shareable"),
            "b": requiring("x(by: 3)", "x(by: Int): Int"),
            "c": f"{ENTITY} id: ID! x: Int @shareable }}",
        },
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x(by: 3)") on T.y of b (Bureau B) at b:3:8 gives T.x the '
            "argument by, which c (Bureau C) at c:2:37 does not take"
        ],
    ),
    "an argument that the other source needs is not given": (
        {"a": owning("x(by: Int!): Int"), "b": requiring("x", "x(by: Int): Int")},
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x") on T.y of b (Bureau B) at b:3:8 leaves out the argument '
            "by of T.x, which a (Bureau A) at a:4:1 needs"
        ],
    ),
    "null, where the other source takes none": (
        {"a": owning("x(by: Int!): Int"), "b": requiring("x(by: null)", "x(by: Int): Int")},
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x(by: null)") on T.y of b (Bureau B) at b:3:8 gives T.x '
            "by: null, which is no Int! in a (Bureau A) at a:4:1"
        ],
    ),
    "a value that the other source does not know": (
        {
            "a": owning("x(by: E): Int") + " enum E { A }",
            "b": requiring("x(by: B)", "x(by: E): Int") + " enum E { A B }",
        },
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x(by: B)") on T.y of b (Bureau B) at b:3:8 gives T.x by: B, '
            "which is no E in a (Bureau A) at a:4:1"
        ],
    ),
    "below other fields, in fragments": (
        {
            "a": owning("u: U") + "\nunion U = V type V { x(by: Int!): Int }",
            "b": requiring("u { ... on V { x } }", "u: U")
            + " union U = V type V { x(by: Int): Int @external }",
        },
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "u { ... on V { x } }") on T.y of b (Bureau B) at b:3:8 '
            "leaves out the argument by of V.x, which a (Bureau A) at a:5:22 needs"
        ],
    ),
    "an argument that the other source takes from a context": (
        {
            "a": owning("v: V")
            + '\ntype V @context(name: "c") { n: Int u: U }\ntype U @key(fields: "id") { id: ID! '
            'x(n: Int @fromContext(field: "$c { n }")): Int }',
            "b": requiring("v { u { x(n: 1) } }", "v: V")
            + "\ntype V { u: U @external } type U { x(n: Int): Int @external }",
        },
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "v { u { x(n: 1) } }") on T.y of b (Bureau B) at b:3:8 gives '
            "U.x the argument n, which is taken from a context and not given by anyone"
        ],
    ),
    "a field that an interface object resolves": (
        {
            "a": f'{QUERY}interface I @key(fields: "id") {{ id: ID! }} type T implements I @key(fields: "id") {{ id: ID! }}',
            "b": requiring("x", "x(by: Int): Int"),
            "c": 'type I @interfaceObject @key(fields: "id") { id: ID! x(by: Int!): Int }',
        },
        [
            'REQUIRES_INVALID_FIELDS b:3:8 @requires(fields: "x") on T.y of b (Bureau B) at b:3:8 leaves out the argument '
            "by of T.x, which c (Bureau C) at c:2:54 needs"
        ],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_the_rule_is_found(case: str) -> None:
    sources, expected = BROKEN[case]
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {"a": owning("x(by: Int): Int"), "b": requiring("x(by: 3)", "x(by: Int): Int")},
        {"a": owning("x(by: Int): Int"), "b": requiring("x", "x(by: Int): Int")},
        {"a": owning("x(by: Int! = 3): Int"), "b": requiring("x", "x(by: Int! = 3): Int")},
        {
            "a": owning("x(by: Int): Int @shareable"),
            "b": requiring("x", "x(by: Int): Int"),
            "c": f"{ENTITY} id: ID! x: Int @shareable }}",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
