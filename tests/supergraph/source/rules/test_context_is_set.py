"""A context that is taken is set, and taken where it can be."""

import pytest

from tests.supergraph.source.contexts import SET, taking, with_contexts
from tests.supergraph.source.reading import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        ('type U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_NOT_SET 2:46']),
        (SET + 'interface U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_NOT_SET 4:51']),
        (SET + 'interface I { x(n: Int): Int }\ntype U implements I @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_NOT_SET 5:59']),
        (taking('n: Int = 1 @fromContext(field: "$c { n }")'), ['CONTEXT_NOT_SET 4:50']),
        (taking('n: Int = 1 @fromContext(field: "$d { n }")'), ['CONTEXT_NOT_SET 4:50', 'CONTEXT_NOT_SET 4:50']),
        (SET + 'directive @d(n: Int @fromContext(field: "$c { n }")) on FIELD\ntype U { id: ID! }', ['CONTEXT_NOT_SET 4:21']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(with_contexts(sdl)) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        taking('n: Int @fromContext(field: "$c { n }")'),
        SET + 'extend type O @context(name: "d")\ntype U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$d { n }")): Int }',
        SET + 'interface I { y: Int }\ntype U implements I @key(fields: "id") { id: ID! y: Int x(n: Int @fromContext(field: "$c { n }")): Int }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(with_contexts(sdl)) == []
