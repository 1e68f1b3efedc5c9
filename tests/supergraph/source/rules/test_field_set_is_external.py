"""What is required or provided is resolved by others."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T @key(fields: "id") { id: ID! f: Int o: O @external z: Int @requires(fields: "o { q } p { s } f") p: P }\ntype O { q: Int }\ntype P { r: Int s: Int @external }'), ['REQUIRES_FIELDS_MISSING_EXTERNAL 2:66']),
        (linked('type T @key(fields: "id") { id: ID! f: Int o: O @external z: Int @requires(fields: "o { q } p { s } id") p: P }\ntype O { q: Int }\ntype P { r: Int s: Int @external }'), ['REQUIRES_FIELDS_MISSING_EXTERNAL 2:66']),
        (linked('type T @key(fields: "id") { id: ID! f: Int o: O @external z: Int @requires(fields: "o { q } p { r s }") p: P }\ntype O { q: Int }\ntype P { r: Int s: Int @external }'), ['REQUIRES_FIELDS_MISSING_EXTERNAL 2:66']),
        (linked('type T @key(fields: "id") { id: ID! f: Int o: O @external z: Int @requires(fields: "o { q } p { s } __typename") p: P }\ntype O { q: Int }\ntype P { r: Int s: Int @external }'), ['REQUIRES_FIELDS_MISSING_EXTERNAL 2:66']),
        (linked('type Query { t: T @provides(fields: "x y") }\ntype T @key(fields: "id") { id: ID! x: Int @external y: Int }'), ['PROVIDES_FIELDS_MISSING_EXTERNAL 2:19']),
        (linked('type Query { t: I @provides(fields: "x") }\ninterface I { x: Int }\ntype T implements I @key(fields: "id") { id: ID! x: Int @external }'), ['PROVIDES_FIELDS_MISSING_EXTERNAL 2:19']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @key(fields: "id") { id: ID! f: Int o: O @external z: Int @requires(fields: "o { q } p { s }") p: P }\ntype O { q: Int }\ntype P { r: Int s: Int @external }'),
        linked('type Query { t: I @provides(fields: "... on T { x }") }\ninterface I { x: Int }\ntype T implements I @key(fields: "id") { id: ID! x: Int @external }'),
        'type Query { t: T @provides(fields: "x y") }\ntype T @key(fields: "id") { id: ID! x: Int y: Int }',
        linked('type Query { t: I @provides(fields: "v { a }") }\ninterface I { v: V }\ntype V { a: Int }\ntype T implements I @key(fields: "id") { id: ID! v: V @external }\ntype U implements I { v: V }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
