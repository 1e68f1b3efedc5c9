"""A field set is a string."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T @key(fields: ["id"]) { id: ID! }'), ['KEY_INVALID_FIELDS_TYPE 2:8']),
        (linked('type T @key(fields: id) { id: ID! }'), ['KEY_INVALID_FIELDS_TYPE 2:8']),
        (linked('type T @key(fields: null) { id: ID! }'), ['KEY_INVALID_FIELDS_TYPE 2:8']),
        (linked('type T @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: ["x"]) z: Int @requires(fields: "x") }'), ['REQUIRES_INVALID_FIELDS_TYPE 2:61']),
        (linked('type Query { t: T @provides(fields: 1) u: T @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x: Int @external }'), ['PROVIDES_INVALID_FIELDS_TYPE 2:19']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @key(fields: "id") { id: ID! }'),
        'type T @key(fields: ["id", "x"]) @key(fields: x) { id: ID! x: Int }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
