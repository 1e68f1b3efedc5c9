"""Which identifiers and dates are taken, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.scalars import citizen_id_check_char, parse_citizen_id, parse_date, parse_division_code

VALID_ID = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize(
    ("value", "canonical"),
    [(VALID_ID, VALID_ID), (VALID_ID.lower(), VALID_ID), ("440524188001010014", "440524188001010014")],
)
def test_a_valid_citizen_id_is_taken(value: str, canonical: str) -> None:
    assert parse_citizen_id(value) == canonical


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("110105194912310021", "check character"),
        ("11010519491231002", "18 characters"),
        (VALID_ID + " ", "18 characters"),
        ("11010519490231002X", "birth date"),
        ("01010519491231002X", "begin with 0"),
        ("1101051949123100\uff12X", "digits"),
        ("١" * 17 + "X", "digits"),
        (110105194912310021, "string"),
        (None, "string"),
        (True, "string"),
    ],
)
def test_another_is_refused_with_the_reason_and_without_the_value(value: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refusal:
        parse_citizen_id(value)
    assert str(value) not in str(refusal.value)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_never_passes(position: int, shift: int) -> None:
    digit = (int(VALID_ID[position]) + shift) % 10
    with pytest.raises(ValueError):
        parse_citizen_id(f"{VALID_ID[:position]}{digit}{VALID_ID[position + 1 :]}")


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "1101051949123100\uff12", "1101051949123100x"])
def test_a_check_character_belongs_to_seventeen_digits(body: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        citizen_id_check_char(body)


@pytest.mark.parametrize("value", ["330203", "330000"])
def test_a_division_code_has_six_digits(value: str) -> None:
    assert parse_division_code(value) == value


@pytest.mark.parametrize("value", ["33020", "3302030", "33020a", "33020\uff13", 330203, None, ""])
def test_anything_else_is_no_division_code(value: object) -> None:
    with pytest.raises(ValueError):
        parse_division_code(value)


@pytest.mark.parametrize("value", ["1990-01-31", "2000-02-29"])
def test_a_date_that_exists_is_taken(value: str) -> None:
    assert parse_date(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "1990-02-30",
        "1990-1-31",
        "19900131",
        "1990/01/31",
        "1990-01-31T00",
        "0000-01-01",
        19900131,
        None,
        "-199-01-01",
    ],
)
def test_another_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        parse_date(value)
