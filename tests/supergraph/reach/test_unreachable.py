"""What cannot be answered is reported: an operation that asks for it, why each source does not help, what to do."""

from dataclasses import replace

import pytest
from graphql import build_schema

from gateway.supergraph.model import Lookup
from gateway.supergraph.reach import unreachable
from gateway.supergraph.source.model import SourcePlace
from tests.supergraph.reach.sources import supergraph, told

IN_VAIN: dict[str, tuple[dict[str, str], str]] = {
    "a key that nobody supplies": (
        {
            "reviews": 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! }',
            "inventory": 'type Product @key(fields: "upc") { upc: ID! @shareable shipping: Int }',
            "legacy": 'type Product @key(fields: "id") { id: ID! upc: ID! @external '
            'note(code: Int!): String @requires(fields: "upc") }',
        },
        "Product.shipping cannot be answered in `{ products { shipping } }`, where `reviews` leads to Product: "
        "`inventory` finds Product by `upc`, which `reviews` does not supply; "
        'add `@key(fields: "upc")` and what it names to Product in `reviews`, or `@key(fields: "id")` and what it names '
        "to Product in `inventory`",
    ),
    "inputs that cannot be had": (
        {
            "reviews": 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! }',
            "inventory": 'type Product @key(fields: "upc") { upc: ID! @shareable shipping: Int }',
            "legacy": 'type Product @key(fields: "id") { id: ID! shipping: Int @external '
            'note(code: Int!): String @requires(fields: "shipping") }',
        },
        "Product.note cannot be answered in `{ products { note(code: 0) } }`, where `reviews` leads to Product: "
        "`legacy` requires `shipping` of it, which cannot be had there (`inventory` finds Product by `upc`, which "
        "`legacy` does not supply; `legacy` has the field external); "
        'add `@key(fields: "upc")` and what it names to Product in `legacy`, or `@key(fields: "id")` and what it names '
        "to Product in `inventory`",
    ),
    "a key of which a part is missing": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id o { p }") { id: ID! o: O x: Int } type O { p: ID }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` finds T by `id o { p }` and needs "
        "`o { p }`, which `a` does not supply; "
        'add `@key(fields: "id o { p }")` and what it names to T in `a`, or `@key(fields: "id")` and what it names to '
        "T in `b`",
    ),
    "a source that cannot be asked": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` has no resolvable @key by which it finds "
        'T; add `@key(fields: "id")` to T in `b`',
    ),
    "a source that cannot be asked, while those that have the field external go without saying": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
            "c": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @external '
            'y: Int @requires(fields: "x") }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` has no resolvable @key by which it finds "
        'T; add `@key(fields: "id")` to T in `b`',
    ),
    "an external field that nothing provides here": (
        {
            "a": 'type Query { t: T p: P } type P { n: Int t: T @provides(fields: "x") } '
            'type T @key(fields: "id") { id: ID! x: Int @external }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` has no resolvable @key by which it "
        'finds T; `a` has the field external; add `@key(fields: "id")` to T in `b`',
    ),
    "a value type that is split": (
        {
            "a": "type Query { v: V } type V { p: Int @shareable }",
            "b": "type Query { w: V } type V { p: Int @shareable q: Int }",
        },
        "V.q cannot be answered in `{ v { q } }`, where `a` leads to V: `b` has no resolvable @key by which it finds "
        "V; define V.q as @shareable in `a` too, or give V a @key there and in `b`",
    ),
    "inputs that need one another": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id") { id: ID! y: Int @external x: Int @requires(fields: "y") }',
            "c": 'type T @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` requires `y` of it, which cannot be had "
        "there (`c` requires `x` of it, which cannot be had there; `b` has the field external); `c` has the field "
        "external; "
        "take `x` out of the @requires of T.y in `c`, which waits for itself",
    ),
    "inputs for a source that nobody can come back to": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id", resolvable: false) { id: ID! w: Int @external '
            'x: Int @requires(fields: "w") }',
            "b": 'type T @key(fields: "id") { id: ID! w: Int }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `a` requires `w` of it, and has no resolvable "
        '@key by which it finds T; add `@key(fields: "id")` to T in `a`',
    ),
    "inputs for a root type, which is no entity": (
        {
            "a": 'type Query { x: Int @external y: Int @requires(fields: "x") }',
            "b": "type Query { x: Int }",
        },
        "Query.y cannot be answered in `{ y }`: `a` requires `x` of it, and nothing can be handed to a root type; "
        "take the @requires off Query.y in `a`",
    ),
    "inputs for a root type, which a @key makes no entity": (
        {
            "a": 'type Query @key(fields: "v") { v: Int @shareable x: Int @external y: Int @requires(fields: "x") }',
            "b": 'type Query @key(fields: "v") { v: Int @shareable x: Int }',
        },
        "Query.y cannot be answered in `{ y }`: `a` requires `x` of it, and nothing can be handed to a root type; "
        "take the @requires off Query.y in `a`",
    ),
    "inputs for a mutation": (
        {
            "a": 'type Query { n: Int } type Mutation { x: Int @external y: Int @requires(fields: "x") }',
            "b": "type Mutation { x: Int }",
        },
        "Mutation.y cannot be answered in `mutation { y }`: `a` requires `x` of it, and nothing can be handed to a root "
        "type; take the @requires off Mutation.y in `a`",
    ),
    "an interface object whose type nobody tells": (
        {
            "a": 'interface I @key(fields: "id", resolvable: false) { id: ID! } '
            'type T implements I @key(fields: "id") { id: ID! }',
            "b": 'type Query { i(at: [Int!]!): I } type I @key(fields: "id") @interfaceObject { id: ID! x: Int }',
        },
        "Query.i cannot be answered in `{ i(at: []) { ... on T { __typename } } }`: `b` knows I as an interface object, "
        "so that another source has to tell whether it is T; give the interface I a resolvable @key in `a`",
    ),
    "a field that only one of the types lacks": (
        {
            "a": 'type Query { u: U } union U = P | Q type P @key(fields: "id") { id: ID! } type Q { x: Int }',
            "b": 'type P @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        },
        "P.x cannot be answered in `{ u { ... on P { x } } }`, where `a` leads to P: `b` has no resolvable @key by "
        'which it finds P; add `@key(fields: "id")` to P in `b`',
    ),
    "the nearer of two keys": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! p: ID! @shareable }',
            "b": 'type T @key(fields: "q r") @key(fields: "p q") { p: ID! @shareable q: ID! r: ID! x: Int }',
        },
        "T.x cannot be answered in `{ t { x } }`, where `a` leads to T: `b` finds T by `q r` or `p q` and needs `q`, "
        'which `a` does not supply; add `@key(fields: "p q")` and what it names to T in `a`, or `@key(fields: "id")` '
        "and what it names to T in `b`",
    ),
    "an external field of a type for which it is not provided": (
        {
            "a": 'type Query { u: U @provides(fields: "... on P { x }") q: Q @provides(fields: "x") } union U = P | Q '
            'type P @key(fields: "id") { id: ID! x: Int @external } '
            'type Q @key(fields: "id") { id: ID! x: Int @external }',
            "b": 'type P @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable } '
            'type Q @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable }',
        },
        "Q.x cannot be answered in `{ u { ... on Q { x } } }`, where `a` leads to Q: `b` has no resolvable @key by "
        'which it finds Q; `a` has the field external; add `@key(fields: "id")` to Q in `b`',
    ),
    "an input that one of the types lacks": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! i: I @external '
            'y: Int @requires(fields: "i { x }") } interface I { x: Int } type P implements I @key(fields: "id") '
            "{ id: ID! x: Int @external } type Q implements I { x: Int @shareable }",
            "b": 'type T @key(fields: "id") { id: ID! i: I } interface I { x: Int } '
            'type P implements I @key(fields: "id") { id: ID! x: Int @external } '
            "type Q implements I { x: Int @shareable }",
            "c": 'type P @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        },
        "T.y cannot be answered in `{ t { y } }`, where `a` leads to T: `a` requires `i { x }` of it, which cannot be "
        "had there (`c` has no resolvable @key by which it finds P; `a` has the field external; `b` has the field "
        "external); "
        'add `@key(fields: "id")` to P in `c`',
    ),
    "an input of a type that its source never returns": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! u: U @external '
            'y: Int @requires(fields: "u { ... on Q { q } }") } union U = P | Q type P { p: Int @shareable } '
            "type Q { q: Int @shareable }",
            "b": 'type T @key(fields: "id") { id: ID! u: U } union U = P type P { p: Int @shareable }',
        },
        "T.y cannot be answered in `{ t { y } }`, where `a` leads to T: `a` requires `u { ... on Q { q } }` of it, "
        "which cannot be had there (T.u never returns Q where it can be asked for); "
        "take `u { ... on Q { q } }` out of the @requires of T.y in `a`",
    ),
    "what a value type lacks where fewer sources lead to it": (
        {
            "a": "type Query { v: V @shareable w: W } type W { v: V } type V { p: Int }",
            "b": "type Query { v: V @shareable } type V { q: Int }",
        },
        "V.q cannot be answered in `{ w { v { q } } }`, where `a` leads to V: `b` has no resolvable @key by which it "
        "finds V; define V.q as @shareable in `a` too, or give V a @key there and in `b`",
    ),
    "a subscription": (
        {
            "a": 'type Query { n: Int } type Subscription { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        },
        "T.x cannot be answered in `subscription { t { x } }`, where `a` leads to T: `b` has no resolvable @key by "
        'which it finds T; add `@key(fields: "id")` to T in `b`',
    ),
    "a mutation of two sources, neither of which leads to everything": (
        {
            "a": "type Query { n: Int } type Mutation { m: V @shareable } type V { p: Int @shareable q: Int }",
            "b": "type Mutation { m: V @shareable } type V { p: Int @shareable r: Int }",
        },
        "Mutation.m runs once, in one of `a`, `b`, and none of them answers all that can be asked of it: in `a` "
        "`mutation { m { r } }` fails: `b` has no resolvable @key by which it finds V; in `b` `mutation { m { q } }` "
        "fails: `a` has no resolvable @key by which it finds V; "
        "define V.r as @shareable in `a` too, or give V a @key there and in `b`",
    ),
}


@pytest.mark.parametrize("case", IN_VAIN)
def test_what_cannot_be_answered_is_shown_and_explained(case: str) -> None:
    sources, expected = IN_VAIN[case]
    assert f"SATISFIABILITY_ERROR {expected}" in told(sources)


def test_each_field_is_reported_once_by_its_shortest_operation() -> None:
    texts = told(
        {
            "a": 'type Query { t: T } type T @key(fields: "id", resolvable: false) { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int y: Int }',
            "c": 'type Query { p: P } type P { ts: [T] } type T @key(fields: "id", resolvable: false) { id: ID! }',
        }
    )
    assert [text.split("`")[1] for text in texts] == ["{ t { x } }", "{ t { y } }"]


def test_below_what_fails_nothing_more_is_reported() -> None:
    texts = told(
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! v: V } type V { p: Int }',
        }
    )
    assert [text.split("`")[1] for text in texts] == ["{ t { v { __typename } } }"]


MOVED_IN_VAIN = {
    "the old source has what the new one lacks": (
        {
            "a": 'type Query { v: V @override(from: "b", label: "one") } type V { x: Int @shareable }',
            "b": "type Query { v: V } type V { x: Int @shareable y: Int }",
        },
        ["V.y cannot be answered in `{ v { y } }` while `one` is active, where `a` leads to V"],
    ),
    "the new source has what the old one lacks": (
        {
            "a": 'type Query { v: V @override(from: "b", label: "one") } type V { x: Int @shareable y: Int }',
            "b": "type Query { v: V } type V { x: Int @shareable }",
        },
        [
            "V.y cannot be answered in `{ v { y } }` while no label of @override is active, where `b` leads to V"
        ],
    ),
    "a value and its field move by two labels": (
        {
            "a": 'type Query { v: V @override(from: "b", label: "one") } type V { x: Int @override(from: "b", label: "two") }',
            "b": "type Query { v: V } type V { x: Int }",
        },
        ["V.x cannot be answered in `{ v { x } }` while `one` is active, where `a` leads to V"],
    ),
    "a value moves for more requests than its field": (
        {
            "a": 'type Query { v: V @override(from: "b", label: "percent(9)") } '
            'type V { x: Int @override(from: "b", label: "percent(5)") }',
            "b": "type Query { v: V } type V { x: Int }",
        },
        ["V.x cannot be answered in `{ v { x } }` while `percent(9)` is active, where `a` leads to V"],
    ),
    "of what fails in every state, the first is told": (
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! x: Int @override(from: "b", label: "one") }',
            "b": 'type T @key(fields: "id") { id: ID! x: Int }',
            "c": 'type T @key(fields: "id", resolvable: false) { id: ID! y: Int }',
        },
        [
            "T.y cannot be answered in `{ t { y } }` while no label of @override is active, where `a` leads to T"
        ],
    ),
}


@pytest.mark.parametrize(("sources", "expected"), MOVED_IN_VAIN.values(), ids=MOVED_IN_VAIN)
def test_what_fails_while_labels_are_active_is_told_with_them(
    sources: dict[str, str], expected: list[str]
) -> None:
    assert [text.partition(":")[0].split(" ", 1)[1] for text in told(sources)] == expected


def test_places_are_told_where_they_are_known() -> None:
    sources = {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    }
    places = {("a", "T"): SourcePlace("a", 3, 1), ("b", "T"): SourcePlace("b", 7, 5)}
    (finding,) = unreachable(supergraph(**sources), places)
    assert (finding.file, finding.line, finding.column) == ("a", 3, 1)
    assert finding.remedy == 'add `@key(fields: "id")` to T in `b` (b:7:5)'


@pytest.mark.parametrize("name", ["b", "z"])
def test_the_names_of_sources_do_not_matter(name: str) -> None:
    sources = {
        "m": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        name: 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    }
    assert len(told(sources)) == 1


def test_a_mutation_is_reported_even_where_queries_fail_alike() -> None:
    texts = told(
        {
            "a": "type Query { v: V } type Mutation { m: V @shareable } type V { p: Int @shareable q: Int }",
            "b": "type Mutation { m: V @shareable } type V { p: Int @shareable r: Int }",
        }
    )
    assert [text.split(" ")[1] for text in texts] == ["V.r", "Mutation.m"]


def test_what_lookups_find_is_asked_for_too() -> None:
    graph = supergraph(
        a='type Query { n: Int hidden: T @inaccessible } type T @key(fields: "id") { id: ID! }',
        b='type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    )
    assert list(unreachable(graph)) == []
    public = build_schema("type Query { n: Int t(id: ID!): T } type T { id: ID! x: Int }")
    found = {"t": Lookup("t", "T", "id", "id", "a")}
    (finding,) = unreachable(replace(graph, lookups=found, schema=public))
    assert finding.message.split("`")[1] == '{ t(id: "1") { x } }'
