"""Requirements stand where data is."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I @authenticated { a: Int }', "v2.6", '"@authenticated", "@policy", "@requiresScopes", "@interfaceObject", "@key"'), ['AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE 2:1']),
        (linked('interface I { a: Int @requiresScopes(scopes: [["s"]]) @policy(policies: [["p"]]) }', "v2.6", '"@authenticated", "@policy", "@requiresScopes", "@interfaceObject", "@key"'), ['AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE 2:15', 'AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE 2:15']),
        (linked('type I @interfaceObject @key(fields: "id") @authenticated { id: ID! a: Int }', "v2.6", '"@authenticated", "@policy", "@requiresScopes", "@interfaceObject", "@key"'), ['AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE 2:1']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type I @interfaceObject @key(fields: "id") { id: ID! a: Int @authenticated }', "v2.6", '"@authenticated", "@policy", "@requiresScopes", "@interfaceObject", "@key"'),
        linked('type T @authenticated { a: Int @policy(policies: [["p"]]) }', "v2.6", '"@authenticated", "@policy", "@requiresScopes", "@interfaceObject", "@key"'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
