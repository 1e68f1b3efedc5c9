"""A source that finds an interface by a key knows all its implementations."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'interface I { id: ID! }\ntype U implements I @key(fields: "id") { id: ID! }',
            },
            [
                "INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE a:3:13 a (Bureau A) at a:3:13 has the key 'id' on the interface I, and lacks these implementations of it: U",
            ],
        ),
        (
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
                "b": 'interface I @key(fields: "id") { id: ID! }\ntype T @key(fields: "id") { id: ID! }',
            },
            [
                "INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE b:2:13 b (Bureau B) at b:2:13 has the key 'id' on the interface I, and lacks these implementations of it: T",
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
            "a": 'type Query { i: I }\ninterface I @key(fields: "id", resolvable: false) { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'interface I { id: ID! }\ntype U implements I @key(fields: "id") { id: ID! }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
