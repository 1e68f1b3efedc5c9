"""What would change answers and is not done is refused."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T @key(fields: "id") @context(name: "c") { id: ID! }\ntype U @key(fields: "id") { id: ID!\n f(a: String @fromContext(field: "$c { id }")): Int }', "v2.8", '"@context", "@fromContext", "@key"'), ['UNSUPPORTED_FEATURE 2:27', 'UNSUPPORTED_FEATURE 4:14']),
        (linked('extend schema @link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@source"])\ntype T { a: Int }'), ['UNSUPPORTED_FEATURE 2:15']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('directive @context(name: String) on OBJECT\ntype T @context(name: "c") { id: ID! }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
