"""What a fragment in a `@requires` is on can be met there, in some source."""

import pytest

from tests.supergraph.merge.sources import told

TYPES = 'interface I { id: ID! } type T implements I @key(fields: "id") { id: ID! }'


def requiring(fields: str) -> str:
    return (
        f'type X @key(fields: "id") {{ id: ID! i: I @external\ny: Int @requires(fields: "{fields}") }} {TYPES}\n'
        'type V @key(fields: "id") { id: ID! n: Int @external z: Int @requires(fields: "n") } interface J { n: Int }'
    )


def owning(more: str) -> str:
    return f'type Query {{ x: X }} type X @key(fields: "id") {{ id: ID! i: I }} {TYPES} {more}'


ELSEWHERE = 'type V @key(fields: "id") { id: ID! n: Int }'


@pytest.mark.parametrize(
    ("fields", "type_name"),
    [
        ("i { ... on V { n } }", "V"),
        ("i { ... on T { id } ... on V { n } }", "V"),
        ("i { ... on J { n } }", "J"),
        ("i { id ... on V { __typename } }", "V"),
    ],
)
def test_a_fragment_that_nothing_fits_in_any_source_is_found(fields: str, type_name: str) -> None:
    assert told(a=owning(ELSEWHERE), b=requiring(fields)) == [
        f'SATISFIABILITY_ERROR b:3:8 @requires(fields: "{fields}") on X.y of b (Bureau B) at b:3:8 asks for fields of'
        f" {type_name} where I is met, and in no source anything of type I is a {type_name}"
    ]


@pytest.mark.parametrize("fields", ["i { ... on V { n } }", "i { ... on J { n } }", "i { ... on I { id } }"])
def test_an_object_that_another_source_returns_there_is_enough(fields: str) -> None:
    there = 'type V implements I & J @key(fields: "id") { id: ID! n: Int } interface J { n: Int }'
    assert told(a=owning(there), b=requiring(fields)) == []


def test_an_interface_that_implements_both_is_not_enough_and_is_told_once_for_all_fields() -> None:
    interfaces = "interface I { v: Int w: Int } interface K { v: Int w: Int } interface L implements I & K { v: Int w: Int }"
    fields = "i { ... on K { v w } }"
    assert told(
        a=f'type Query {{ x: X }} type X @key(fields: "id") {{ id: ID! i: I }} {interfaces}',
        b=f'type X @key(fields: "id") {{ id: ID! i: I @external\ny: Int @requires(fields: "{fields}") }} {interfaces}',
    ) == [
        f'SATISFIABILITY_ERROR b:3:8 @requires(fields: "{fields}") on X.y of b (Bureau B) at b:3:8 asks for fields of'
        " K where I is met, and in no source anything of type I is a K"
    ]


def test_a_fragment_on_the_very_type_passes_where_nothing_implements_it() -> None:
    assert told(
        a='type Query { x: X } type X @key(fields: "id") { id: ID! k: K } interface K { n: Int }',
        b='type X @key(fields: "id") { id: ID! k: K @external y: Int @requires(fields: "k { ... on K { n } }") }'
        " interface K { n: Int }",
    ) == []  # fmt: skip
