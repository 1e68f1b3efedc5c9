"""A type that takes values from contexts has a key by which its source finds it."""

import pytest

from tests.supergraph.source.contexts import SET, taking, with_contexts
from tests.supergraph.source.reading import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (SET + 'type U { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_NO_RESOLVABLE_KEY 4:1']),
        (SET + 'type U @key(fields: "id", resolvable: false) { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }', ['CONTEXT_NO_RESOLVABLE_KEY 4:1']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(with_contexts(sdl)) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        taking('n: Int @fromContext(field: "$c { n }")'),
        SET + 'type U @key(fields: "id", resolvable: false) @key(fields: "i") { id: ID! i: Int x(n: Int @fromContext(field: "$c { n }")): Int }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(with_contexts(sdl)) == []
