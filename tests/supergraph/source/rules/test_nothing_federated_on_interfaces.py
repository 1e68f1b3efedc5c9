"""Interfaces have keys since v2.3, and never @requires or @provides."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I @key(fields: "id") { id: ID! }', "v2.2"), ['KEY_UNSUPPORTED_ON_INTERFACE 2:13']),
        (linked('interface I { a: Int b: Int @requires(fields: "a") }'), ['REQUIRES_FIELDS_MISSING_EXTERNAL 2:29', 'REQUIRES_UNSUPPORTED_ON_INTERFACE 2:29']),
        (linked('interface I { t: T @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x: Int @external }'), ['PROVIDES_UNSUPPORTED_ON_INTERFACE 2:20']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('interface I @key(fields: "id") { id: ID! }'),
        'interface I @key(fields: "id") { id: ID! }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
