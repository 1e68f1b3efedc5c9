"""A source provides fields of objects that it can return."""

import pytest

from tests.supergraph.source.reading import findings_of, linked, told

USED = 'z: Int @requires(fields: "n")'
TYPES = f"""
interface I {{ id: ID! }}
interface J {{ n: Int }}
union U = T
type T implements I @key(fields: "id") {{ id: ID! n: Int @external {USED} }}
type V implements J @key(fields: "id") {{ id: ID! n: Int @external {USED} i: I u: U }}
"""


def query(field: str) -> str:
    return linked(f"type Query {{ {field} }}{TYPES}")


@pytest.mark.parametrize(
    "field",
    [
        'i: I @provides(fields: "... on V { n }")',
        'i: I @provides(fields: "... on T { n } ... on V { n }")',
        'u: U @provides(fields: "... on V { n }")',
        'v: V @provides(fields: "i { ... on V { n } }")',
        'v: V @provides(fields: "u { ... on V { n } }")',
    ],
)
def test_a_fragment_that_nothing_fits_is_found(field: str) -> None:
    assert told(query(field)) == [f"PROVIDES_INVALID_FIELDS 2:{14 + field.index('@')}"]


def test_it_is_told_which_type_cannot_be_where() -> None:
    (finding,) = findings_of(query('i: I @provides(fields: "... on V { n }")'))
    assert finding.message == (
        'people: @provides(fields: "... on V { n }") on Query.i is wrong: nothing of type I can be a V in this source'
    )
    assert finding.remedy == "take the fragment on V out, or correct its type"


@pytest.mark.parametrize(
    "field",
    [
        'i: I @provides(fields: "... on T { n }")',
        'u: U @provides(fields: "... on T { n }")',
        'u: U @provides(fields: "... on I { ... on T { n } }")',
        'v: V @provides(fields: "n i { ... on T { n } }")',
        'v: V @provides(fields: "... on J { ... on V { n } }")',
    ],
)
def test_fragments_that_objects_fit_pass(field: str) -> None:
    assert told(query(field)) == []


def test_a_fragment_on_the_very_type_passes_where_nothing_implements_it() -> None:
    assert told(linked('type Query { v: V @provides(fields: "k { ... on K { n } }") }\ninterface K { n: Int }\n'
                       'type V @key(fields: "id") { id: ID! k: K @external }')) == []  # fmt: skip
