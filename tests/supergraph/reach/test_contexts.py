"""A field that takes values from a context is reached below what sets it, where these values can be had."""

import pytest

from tests.supergraph.reach.sources import told

T = 'type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! n: Int u: U }'
U = 'type U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }'

REACHED: dict[str, dict[str, str]] = {
    "below what sets the context": {"a": f"{T} {U}"},
    "two levels below": {
        "a": f'type Query {{ t: T }} type T @context(name: "c") {{ n: Int v: V }} type V {{ us: [[U]] }} {U}'
    },
    "where another source leads to the object": {
        "a": f"{T.replace(' u: U', '')} {U}",
        "b": 'type T @key(fields: "id") { id: ID! u: U } type U @key(fields: "id") { id: ID! }',
    },
    "with a value that another source has": {
        "a": f"{T.replace('n: Int', 'n: Int @external')} {U}",
        "b": 'type T @key(fields: "id") { id: ID! n: Int }',
    },
    "with a value that takes one from a context itself": {
        "a": 'type Query { v: V } type V @context(name: "d") { m: Int w: W } type W { s: S }'
        ' type S @key(fields: "id") { id: ID! n(m: Int @fromContext(field: "$d { m }")): Int }'
    },
    "from whichever type sets it": {
        "a": f'{T.replace("t: T", "t: T s: S")} {U} type S @context(name: "c") {{ n: Int u: U }}'
    },
    "from what a union holds": {
        "a": 'type Query { s: S } union S @context(name: "c") = A | B type A { n: Int u: U } type B { m: Int u: U }'
        ' type U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c ... on A { n } ... on B { m }")): Int }'
    },
    "from what implements an interface": {
        "a": f'type Query {{ i: I }} interface I @context(name: "c") {{ n: Int u: U }} type A implements I {{ n: Int u: U }} {U}'
    },
    "round a cycle": {"a": T + U.replace("id: ID!", "id: ID! back: T")},
    "in what another source requires, below what sets it there": {
        "a": f"{T} {U}",
        "b": 'type T @key(fields: "id") { id: ID! u: U @external z: Int @requires(fields: "u { x }") }'
        ' type U @key(fields: "id") { id: ID! x: Int @external }',
    },
    "by another source that takes nothing": {
        "a": f"{T} {U.replace('): Int', '): Int @shareable')}",
        "b": 'type Query { u: U } type U @key(fields: "id") { id: ID! x: Int @shareable }',
    },
}

IN_VAIN: dict[str, tuple[dict[str, str], str]] = {
    "nothing on the way sets the context": (
        {"a": f"{T.replace('t: T', 't: T u: U')} {U}"},
        "U.x cannot be answered in `{ u { x } }`, where `a` leads to U: `a` takes n from the context c, which nothing"
        ' above sets; write `@context(name: "c")` on a type on this way in `a`, or let U.x do without',
    ),
    "a longer way does not set the context": (
        {"a": f"{T.replace('t: T', 't: T v: V')} type V {{ w: W }} type W {{ u: U }} {U}"},
        "U.x cannot be answered in `{ v { w { u { x } } } }`, where `a` leads to U: `a` takes n from the context c, which"
        " nothing above sets",
    ),
    "the object sets it itself": (
        {"a": T.replace("n: Int", 'n: Int x(n: Int @fromContext(field: "$c { n }")): Int') + U},
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `a` takes n from the context c, which nothing"
        ' above sets; write `@context(name: "c")` on a type on this way in `a`, or let T.x do without',
    ),
    "the nearest that sets it has no value, though one further up has": (
        {
            "a": f'{T.replace("u: U", "s: S")} type S @context(name: "c") {{ n: Int @external u: U }} {U}',
            "b": "type S { n: Int @inaccessible }",
        },
        "U.x cannot be answered in `{ t { s { u { x } } } }`, where `a` leads to U: `a` takes n from the context c, which"
        " S sets above, and its `n` cannot be had there; define S.n as @shareable in `a` too, or give S a @key there and"
        " in `b`",
    ),
    "another source requires it where nothing sets it": (
        {
            "a": f"{T} {U}",
            "b": 'type U @key(fields: "id") { id: ID! x: Int @external z: Int @requires(fields: "x") }',
        },
        "U.z cannot be answered in `{ t { u { z } } }`, where `a` leads to U: `b` requires `x` of it, which cannot be had"
        " there (`a` takes n from the context c, which nothing above sets; `b` has the field external); take `x` out of"
        " the @requires of U.z in `b`",
    ),
    "the object cannot be found again": (
        {
            "a": f"{T} {U.replace('id: ID!', 'id: ID! @external')}",
            "b": 'type U @key(fields: "id") { id: ID! }',
        },
        "U.x cannot be answered in `{ t { u { x } } }`, where `a` leads to U: `a` takes n of it from a context, and has no"
        " resolvable @key by which it finds U",
    ),
    "the object, which another source leads to, cannot be found again": (
        {
            "a": f"{T.replace(' u: U', '')} {U.replace('id: ID!', 'id: ID! @external')}",
            "b": 'type T @key(fields: "id") { id: ID! u: U } type U @key(fields: "id") { id: ID! }',
        },
        "U.x cannot be answered in `{ t { u { x } } }`, where `b` leads to U: `a` takes n of it from a context, and has no"
        " resolvable @key by which it finds U",
    ),
    "nothing is handed to a root type": (
        {
            "a": 'type Query @key(fields: "k") { k: Int v: V x(n: Int @fromContext(field: "$d { n }")): Int }'
            ' type V @context(name: "d") { n: Int q: Query }'
        },
        "Query.x cannot be answered in `{ x }`: `a` takes a value from a context for it, and nothing can be handed to a"
        " root type",
    ),
}


@pytest.mark.parametrize("sources", REACHED.values(), ids=REACHED)
def test_what_can_be_had_is_not_reported(sources: dict[str, str]) -> None:
    assert told(sources) == []


@pytest.mark.parametrize(("sources", "expected"), IN_VAIN.values(), ids=IN_VAIN)
def test_what_cannot_be_had_is_reported(sources: dict[str, str], expected: str) -> None:
    assert any(expected in text for text in told(sources)), told(sources)
