"""A label of @override is a name or a share of the requests."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T { id: ID! a: Int @override(from: "b", label: "percent(500)") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "percent(5.123456789)") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "percent()") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "9x") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "a b") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "percent(-1)") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
        (linked('type T { id: ID! a: Int @override(from: "b", label: "") }', "v2.7"), ['OVERRIDE_LABEL_INVALID 2:25']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T { id: ID! a: Int @override(from: "b") }', "v2.7"),
        linked('type T { id: ID! a: Int @override(from: "b", label: "percent(0)") }', "v2.7"),
        linked('type T { id: ID! a: Int @override(from: "b", label: "percent(5.12345678)") }', "v2.7"),
        linked('type T { id: ID! a: Int @override(from: "b", label: "percent(100)") }', "v2.7"),
        linked('type T { id: ID! a: Int @override(from: "b", label: "a:b.c/d-e_f") }', "v2.7"),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
