"""Clients see nothing of a composed directive, so that none of its arguments is hidden from them."""

import pytest

from tests.supergraph.merge.sources import told

COMPOSED = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@inaccessible"])'
    ' @link(url: "https://example.com/seals/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")\n'
    "type Query { x: Int @seal(by: 1) }\n"
)


@pytest.mark.parametrize("location", ["FIELD_DEFINITION", "FIELD_DEFINITION | FIELD"])
def test_what_breaks_the_rule_is_found(location: str) -> None:
    assert told(a=f"{COMPOSED}directive @seal(by: Int! @inaccessible) on {location}") == [
        "DISALLOWED_INACCESSIBLE a:3:17 @seal(by:) is @inaccessible, and the directive is composed: clients do not see it"
        " anyway"
    ]


@pytest.mark.parametrize(
    "sdl",
    [
        f"{COMPOSED}directive @seal(by: Int!) on FIELD_DEFINITION",
        "type Query { x: Int }\ndirective @seal(by: Int @inaccessible) on FIELD",
        "type Query { x: Int @seal }\ndirective @seal(by: Int @inaccessible) on FIELD_DEFINITION",
    ],
)
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(a=sdl) == []
