"""An external field serves a key, @requires, @provides or an interface."""

import pytest

from tests.supergraph.source.contexts import taking, with_contexts
from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T @key(fields: "id") { id: ID! x: Int @external }'), ['EXTERNAL_UNUSED 2:44']),
        (linked('type T @key(fields: "id") { id: ID! o: O @external z: Int @requires(fields: "o { q }") }\ntype O @external { q: Int w: Int }'), ['EXTERNAL_UNUSED 3:27']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @key(fields: "id") { id: ID! @external x: Int }'),
        linked('type T @key(fields: "id") { id: ID! x: Int @external z: Int @requires(fields: "x") }'),
        linked('type Query { t: T @provides(fields: "x") }\ntype T @key(fields: "id") { id: ID! x: Int @external }'),
        linked('type Query { t: I @provides(fields: "... on T { x }") }\ninterface I { y: Int }\ntype T implements I @key(fields: "id") { id: ID! x: Int @external y: Int }'),
        linked('interface I { x: Int }\ntype T implements I @key(fields: "id") { id: ID! x: Int @external }'),
        'type T @key(fields: "id") { id: ID! x: Int @external }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []


@pytest.mark.parametrize(
    "fields",
    ["x @include(if: true)", "y: x", "x(nope: 1)", "x(a: true)", "x(a: $a)", "x { id }", "... on V { w } x"],
)
def test_a_field_in_a_wrong_field_set_is_not_unused_besides(fields: str) -> None:
    sdl = linked(
        f'type T @key(fields: "id") {{ id: ID! x(a: Int): Int @external z: Int @requires(fields: "{fields}") }}\n'
        'type V @key(fields: "id") { id: ID! w: Int @external }\n'
        'type Query { v: V @provides(fields: "w") }'
    )

    assert [line.split()[0] for line in told(sdl)] in (
        ["REQUIRES_INVALID_FIELDS"],
        ["REQUIRES_DIRECTIVE_IN_FIELDS_ARG"],
    )


def test_a_field_that_a_context_gives_is_used() -> None:
    sdl = taking('n: Int @fromContext(field: "$c { o { n } }")')

    assert told(with_contexts(sdl.replace("n: Int m", "n: Int @external m"))) == []
    assert told(with_contexts(sdl.replace("m: Int s", "m: Int @external s"))) == ["EXTERNAL_UNUSED 3:24"]
