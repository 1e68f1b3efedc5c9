"""An interface object is found by a key."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type I @interfaceObject { a: Int }', "v2.3", '"@interfaceObject", "@key", "@external", "@requires"'), ['INTERFACE_OBJECT_USAGE_ERROR 2:1']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type I @interfaceObject @key(fields: "id") { id: ID! a: Int }', "v2.3", '"@interfaceObject", "@key", "@external", "@requires"'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
