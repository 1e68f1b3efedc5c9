"""What a source does not resolve, it provides nothing with."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T @key(fields: "id") { id: ID! y: Int @external t: T @external @provides(fields: "y") z: Int @requires(fields: "t { id }") }'), ['EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE 2:59']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @key(fields: "id") { id: ID! y: Int @external t: T @provides(fields: "y") }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
