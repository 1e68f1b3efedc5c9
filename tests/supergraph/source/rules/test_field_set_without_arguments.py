"""Fields with arguments are no part of keys and @provides; they may be required."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "x") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_FIELDS_HAS_ARGS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { x }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_FIELDS_HAS_ARGS 5:8']),
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { x(of: 1) }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_FIELDS_HAS_ARGS 5:8']),
        (linked('type Query { t: T @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x(a: Int): Int @external }'), ['PROVIDES_FIELDS_HAS_ARGS 2:19']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @key(fields: "id") { id: ID! x(a: Int): Int @external y: Int @requires(fields: "x(a: 1)") }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
