"""What finds an interface finds each type that implements it."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I @key(fields: "id") { id: ID! n: Int }\ntype T0 implements I @key(fields: "n") { id: ID! n: Int }\ntype T1 implements I @key(fields: "id") { id: ID! n: Int }'), ['INTERFACE_KEY_NOT_ON_IMPLEMENTATION 2:13']),
        (linked('interface I @key(fields: "id") { id: ID! n: Int }\ntype T0 implements I @key(fields: "id", resolvable: false) { id: ID! n: Int }'), ['INTERFACE_KEY_NOT_ON_IMPLEMENTATION 2:13']),
        (linked('interface I @key(fields: "id n") { id: ID! n: Int }\ntype T0 implements I @key(fields: "id") { id: ID! n: Int }'), ['INTERFACE_KEY_NOT_ON_IMPLEMENTATION 2:13']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('interface I @key(fields: "id") { id: ID! n: Int }\ntype T0 implements I @key(fields: "n") @key(fields: "id") { id: ID! n: Int }'),
        linked('interface I @key(fields: "id n") { id: ID! n: Int }\ntype T0 implements I @key(fields: "n, id") { id: ID! n: Int }'),
        linked('interface I @key(fields: "id", resolvable: false) { id: ID! }\ntype T implements I @key(fields: "id", resolvable: false) { id: ID! }'),
        linked('interface I @key(fields: "id") { id: ID! }\ninterface J implements I { id: ID! }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
