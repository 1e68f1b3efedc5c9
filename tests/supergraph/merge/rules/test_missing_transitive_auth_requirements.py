"""Whoever may ask for a field may ask for what it is made of."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @authenticated v: V }\ntype V @shareable { c: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z")  }\ntype V @shareable { c: Int }',
            },
            [
                "MISSING_TRANSITIVE_AUTH_REQUIREMENTS b:2:61 T.r of b (Bureau B) at b:2:61 requires T.z, for which more is asked (@authenticated, @requiresScopes, @policy) than for the field itself",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int  v: V }\ntype V @shareable { c: Int }',
                "b": 'type T @key(fields: "id") { id: ID! v: V @external r: Int @requires(fields: "v { c }") @policy(policies: [["p"], ["q"]]) }\ntype V @shareable @policy(policies: [["p"]]) { c: Int }',
            },
            [
                "MISSING_TRANSITIVE_AUTH_REQUIREMENTS b:2:59 T.r of b (Bureau B) at b:2:59 requires T.v, for which more is asked (@authenticated, @requiresScopes, @policy) than for the field itself",
            ],
        ),
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @requiresScopes(scopes: [["s", "t"]]) v: V }\ntype V @shareable { c: Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") @requiresScopes(scopes: [["s"]]) }\ntype V @shareable { c: Int }',
            },
            [
                "MISSING_TRANSITIVE_AUTH_REQUIREMENTS b:2:61 T.r of b (Bureau B) at b:2:61 requires T.z, for which more is asked (@authenticated, @requiresScopes, @policy) than for the field itself",
            ],
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sources: dict[str, str], expected: list[str]) -> None:
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z: Int @authenticated @requiresScopes(scopes: [["s"], ["t"]]) v: V }\ntype V @shareable { c: Int }',
            "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") @authenticated @requiresScopes(scopes: [["s", "u"]]) }\ntype V @shareable { c: Int }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []


def taking(on: str = "", value: str = "", own: str = "") -> str:
    return f"""type Query {{ t: T }}
type T @key(fields: "id") @context(name: "c") {on} {{ id: ID! o: O u: U }}
type O {{ n: Int {value} }}
type U @key(fields: "id") {{ id: ID! x(n: Int @fromContext(field: "$c {{ o {{ n }} }}")): Int {own} }}"""


@pytest.mark.parametrize(
    ("source", "secured"),
    [
        (taking(on="@authenticated"), "T"),
        (taking(value="@authenticated"), "O.n"),
        (taking(value='@policy(policies: [["p"]])', own="@authenticated"), "O.n"),
    ],
)
def test_what_is_taken_from_a_context_is_asked_for_too(source: str, secured: str) -> None:
    assert told(a=source) == [
        f"MISSING_TRANSITIVE_AUTH_REQUIREMENTS a:5:46 U.x of a (Bureau A) at a:5:46 takes from a context {secured}, for"
        " which more is asked (@authenticated, @requiresScopes, @policy) than for the field itself"
    ]


def test_what_is_taken_from_a_context_may_be_protected_alike() -> None:
    assert told(a=taking("@authenticated", "@authenticated", "@authenticated")) == []
