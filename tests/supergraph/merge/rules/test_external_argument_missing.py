"""An external field has the arguments that it has where it is resolved."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int): Int }',
                "b": 'type T @key(fields: "id") { id: ID! z: Int @external r: Int @requires(fields: "z") }',
            },
            [
                "EXTERNAL_ARGUMENT_MISSING b:2:37 T.z(by:) is declared in a (Bureau A) at a:3:39, but not where the field is @external: in b (Bureau B) at b:2:37",
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
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! z(by: Int): Int }',
            "b": 'type T @key(fields: "id") { id: ID! z(by: Int): Int @external r: Int @requires(fields: "z") }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
