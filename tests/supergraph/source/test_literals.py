"""The arguments in a field set fit what the field asks for."""

import pytest

from tests.supergraph.source.reading import linked, told


def required(argument: str) -> str:
    return linked(
        f'type T @key(fields: "id") {{ id: ID! z: Int @requires(fields: "x({argument})")\n'
        " x(a: Int, s: String, l: [Int!], n: E, i: I, d: D, b: Boolean, f: Float, k: ID): Int @external }\n"
        "enum E { A }\ninput I { q: Int! w: [E] }\nscalar D"
    )


@pytest.mark.parametrize(
    "argument",
    ["a: 1", "a: null", "a: -2147483648", "l: 1", "l: [1, 2]", "n: A", "i: {q: 1, w: A}", "i: {}", "d: [1, {a: b}]",
     "f: 1", "f: 1.5", "k: 1", "b: true", "l: null"],
)  # fmt: skip
def test_what_fits_passes(argument: str) -> None:
    assert told(required(argument)) == []


@pytest.mark.parametrize(
    "argument",
    ["a: true", "a: 1.5", "a: 2147483648", "a: 99999999999999999999", "s: 1", "l: [1, null]", "n: B", "n: 1", "i: 1",
     "i: {q: 1, z: 1}", "i: {q: true}", "b: 1", "f: true", "k: 1.5", "k: A"],
)  # fmt: skip
def test_what_does_not_fit_is_found(argument: str) -> None:
    assert told(required(argument)) == ["REQUIRES_INVALID_FIELDS 2:44"]
