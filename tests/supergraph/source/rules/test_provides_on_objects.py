"""Only what has fields can come with some of them."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type Query { a: Int @provides(fields: "b") }'), ['PROVIDES_ON_NON_OBJECT_FIELD 2:21']),
        (linked('type Query { a: [E!]! @provides(fields: "b") }\nenum E { A }'), ['PROVIDES_ON_NON_OBJECT_FIELD 2:23']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type Query { t: [T!]! @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x: Int @external }'),
        'type Query { a: Int @provides(fields: "b") }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
