"""What is taken of a context is one value of the argument's type, whichever type sets it."""

import pytest

from tests.supergraph.source.contexts import SET, taking, with_contexts
from tests.supergraph.source.reading import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (taking('n: Int @fromContext(field: "$c ")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c {}")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n } { n }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n id }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { m }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { o }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n { m } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { m: n }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n @skip(if: true) }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ...f }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { n ... on T { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on T { n } n }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on T { n } ... on T { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on T @skip(if: true) { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on T { n } ... on O { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on O { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on W { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { ... on T { ... on T { n } } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { id }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { l }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { o { n s } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { o { ... on O { n } } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { os { n } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c { k }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (taking('n: Int! @fromContext(field: "$c { n }")'), ['CONTEXT_INVALID_SELECTION 4:47']),
        (taking('n: [Int!] @fromContext(field: "$c { l }")'), ['CONTEXT_INVALID_SELECTION 4:49']),
        (taking('n: Int @fromContext(field: "$c { ... on T { id } }")'), ['CONTEXT_INVALID_SELECTION 4:46']),
        (SET + 'type S @context(name: "c") { m: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_INVALID_SELECTION 5:46']),
        (SET + 'type S @context(name: "c") { m: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c ... on T { n }")): Int }', ['CONTEXT_INVALID_SELECTION 5:46']),
        (SET + 'union S @context(name: "d") = T | O\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { n }")): Int }', ['CONTEXT_INVALID_SELECTION 5:46']),
        (SET + 'interface S @context(name: "d") { n: Int }\ntype R implements S { n: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { ... on S { n } }")): Int }', ['CONTEXT_INVALID_SELECTION 6:46']),
        (SET + 'type S @interfaceObject @key(fields: "id") @context(name: "d") { id: ID! n: Int }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { n }")): Int }', ['CONTEXT_INVALID_SELECTION 5:46']),
        (SET + 'type S @context(name: "d") { n: Int v: V }\ntype V @key(fields: "id") @context(name: "e") { id: ID! y(n: Int @fromContext(field: "$d { n }")): Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$e { y(n: 1) }")): Int }', ['CONTEXT_INVALID_SELECTION 6:46']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(with_contexts(sdl)) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        taking('n: Int @fromContext(field: "$c { n }")'),
        taking('n: Int @fromContext(field: "$c n")'),
        taking('n: [Int] @fromContext(field: "$c { l }")'),
        taking('n: Int @fromContext(field: "$c { o { n } }")'),
        taking('n: [Int] @fromContext(field: "$c { os { n } }")'),
        taking('n: Int @fromContext(field: "$c { ... on T { n } }")'),
        taking('n: Int @fromContext(field: "$c { k(m: 3) }")'),
        taking('n: ID @fromContext(field: "$c { id }")'),
        taking('n: String @fromContext(field: "$c { __typename }")'),
        SET + 'type S @context(name: "c") { m: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c ... on T { n } ... on S { m }")): Int }',
        SET + 'union S @context(name: "d") = T | O\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { ... on T { n } ... on O { m } }")): Int }',
        SET + 'interface S @context(name: "d") { n: Int }\ntype R implements S { n: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { n }")): Int }',
        SET + 'interface S @context(name: "d") { n: Int }\ntype R implements S { n: Int u: U }\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { ... on R { n } }")): Int }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(with_contexts(sdl)) == []
