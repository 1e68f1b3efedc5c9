"""A field set names fields that exist, and nothing else."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "nope") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { nope }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id { x }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id {") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "{}") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id } { id") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "x: id") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id @skip(if: true)") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_DIRECTIVE_IN_FIELDS_ARG 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "... on T @skip(if: true) { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_DIRECTIVE_IN_FIELDS_ARG 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "...Named") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "... on J { a }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "... on Nothing { a }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "l { id(nope: 1) }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { id { id } }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_INVALID_FIELDS 5:8']),
        (linked('type T @key(fields: "id") { id: ID! w: W @external y: Int @requires(fields: "w { nope }") z: Int @requires(fields: "w { a }") }\ntype W { a: Int }'), ['REQUIRES_INVALID_FIELDS 2:59']),
        (linked('type T @key(fields: "id") { id: ID! w(a: Int!): Int @external y: Int @requires(fields: "w") z: Int @requires(fields: "w(a: 1)") }'), ['REQUIRES_INVALID_FIELDS 2:70']),
        (linked('type T @key(fields: "id") { id: ID! w(a: Int!): Int @external y: Int @requires(fields: "w(a: $a)") z: Int @requires(fields: "w(a: 1)") }'), ['REQUIRES_INVALID_FIELDS 2:70']),
        (linked('type Query { t: T @provides(fields: "nope") u: T @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x: Int @external }'), ['PROVIDES_INVALID_FIELDS 2:19']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "{ id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "id l { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "__typename id") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "... on T { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
