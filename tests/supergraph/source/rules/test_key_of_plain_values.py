"""A key is made of scalars, enums, objects, and lists of them."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "i { a }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'), ['KEY_FIELDS_SELECT_INVALID_TYPE 5:8']),
        (linked('union U = O\ntype O { i: ID }\ntype T @key(fields: "id u { ... on O { i } }") { id: ID! u: U }'), ['KEY_FIELDS_SELECT_INVALID_TYPE 4:8']),
        (linked('interface I { a: Int }\ntype O { i: I }\ntype T @key(fields: "o { i { a } }") { o: O }'), ['KEY_FIELDS_SELECT_INVALID_TYPE 4:8']),
        (linked('interface I { a: Int }\ntype O { i: I }\ntype T @key(fields: "o { i }") { o: O }'), ['KEY_FIELDS_SELECT_INVALID_TYPE 4:8']),
        (linked('union U = O\ntype O { i: ID }\ntype T @key(fields: "u nope") { u: U }'), ['KEY_FIELDS_SELECT_INVALID_TYPE 4:8']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "o { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('interface I { a: Int }\ntype J implements I { a: Int b: Int }\ntype O { id: ID x(of: Int): Int }\ntype T @key(fields: "l { id }") { id: ID! o: O i: I l: [O] x(a: Int): Int }'),
        linked('enum E { A }\ntype T @key(fields: "e") { e: E }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
