"""Sources write one value in several ways; what is another value stays one."""

import pytest
from graphql import parse_const_value

from gateway.supergraph.merge.literals import value_of

LONG = "9" * 5_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "1.0"),
        ("100", "1e2"),
        ("-0", "0"),
        ('"x"', '"""x"""'),
        ('"A"', "A"),
        ("[1, 2]", "[1.0 2]"),
        ('{n: 1, s: "x"}', '{s: "x" n: 1.0}'),
        ("{o: {a: null, b: [true]}}", "{o: {b: [true], a: null}}"),
        (LONG, LONG),
    ],
)
def test_one_value_written_in_two_ways(one: str, other: str) -> None:
    assert value_of(parse_const_value(one)) == value_of(parse_const_value(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "2"),
        ("1", '"1"'),
        ("1", "true"),
        ("0", "false"),
        ("null", '"null"'),
        ("true", '"true"'),
        ("1", "[1]"),
        ("[1, 2]", "[2, 1]"),
        ("[]", "{}"),
        ("{a: null}", "{}"),
        ("{a: 1}", "{b: 1}"),
        ("9007199254740993", "9007199254740992"),
        (LONG, LONG + "9"),
    ],
)
def test_two_values(one: str, other: str) -> None:
    assert value_of(parse_const_value(one)) != value_of(parse_const_value(other))
