"""What drivers return, as JSON; and which keys can be bound against which columns."""

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from connectors.sql.values import Unreadable, as_text, bound, reader

NUMBER = "12345678-1234-5678-1234-567812345678"


@pytest.mark.parametrize(
    ("type_name", "value", "expected"),
    [
        ("String", "x", "x"),
        ("ID", 7, "7"),
        ("Code", Decimal("1.50"), "1.50"),
        ("Code", Decimal("1E+3"), "1000"),
        ("Code", UUID(NUMBER), NUMBER),
        ("Date", date(2020, 2, 29), "2020-02-29"),
        ("Instant", datetime(2020, 2, 29, 1, 2, 3, tzinfo=UTC), "2020-02-29T01:02:03+00:00"),
        ("String", True, "true"),
        ("String", 1.5, "1.5"),
        ("Int", 7, 7),
        ("Int", "7", 7),
        ("Int", Decimal("7.0"), 7),
        ("Int", 7.0, 7),
        ("Float", 7, 7.0),
        ("Float", Decimal("1.5"), 1.5),
        ("Float", "1.5", 1.5),
        ("Boolean", 1, True),
        ("Boolean", 0, False),
        ("Boolean", True, True),
        ("Boolean", "false", False),
        ("Int", None, None),
    ],
)  # fmt: skip
def test_a_value_becomes_what_its_type_wants(type_name: str, value: object, expected: Any) -> None:
    made = reader(type_name, {})(value)
    assert (made, type(made)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("Int", "x"), ("Int", 1.5), ("Int", 2**31), ("Int", math.inf), ("Int", b"1"), ("Float", "x"), ("Float", math.nan),
        ("Float", b"1"), ("Boolean", "maybe"), ("Boolean", 2), ("String", b"x"), ("String", math.inf),
        ("String", Decimal("NaN")), ("Date", object()),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_none(type_name: str, value: object) -> None:
    with pytest.raises(Unreadable):
        reader(type_name, {})(value)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", "MALE"), (1, "MALE"), (Decimal(1), "MALE"), (None, None)]
)
def test_a_code_is_decoded_in_whatever_type_it_is_kept(value: object, expected: str | None) -> None:
    assert reader("Sex", {"1": "MALE"})(value) == expected


@pytest.mark.parametrize("value", ["9", "", b"1"])
def test_a_code_that_the_manifest_does_not_map_is_none(value: object) -> None:
    with pytest.raises(Unreadable, match="a code that the manifest does not map"):
        reader("Sex", {"1": "MALE"})(value)


def test_a_decoded_value_has_its_type_too() -> None:
    assert reader("Boolean", {"Y": "true", "N": "false"})("N") is False


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("7", int, 7), ("x", int, None), ("9" * 30, int, None), ("x", str, "x"), ("x", None, "x"), ("x", bytes, "x"),
        (NUMBER, UUID, UUID(NUMBER)), ("x", UUID, None), ("2020-02-30", date, None), ("2020-02-29", date, date(2020, 2, 29)),
        ("1.5", Decimal, Decimal("1.5")), ("x", Decimal, None),
    ],
)  # fmt: skip
def test_a_key_is_bound_as_its_column_has_it(text: str, column: type | None, expected: object) -> None:
    assert bound(text, column) == expected


def test_what_is_no_text_has_none() -> None:
    assert as_text(b"x") is None
    assert as_text(math.nan) is None
