"""The identifiers and dates of the unified types, and what makes a value of each of them valid.

Every parser takes any value and either returns its canonical text or raises `ValueError` with a sentence
that tells how to mend the input. The sentence never repeats the value: identifiers are personal data.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

CitizenId = NewType("CitizenId", str)
DivisionCode = NewType("DivisionCode", str)
Date = NewType("Date", str)

# GB 11643-1999, 4.2.4: the weights of ISO 7064 MOD 11-2 for positions 1 to 17, and the check characters.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARS: Final = "10X98765432"


def citizen_id_check_char(body17: str) -> str:
    """The check character ("0" to "9" or "X") of the first 17 digits of a citizen id (ISO 7064 MOD 11-2).

    Raises ValueError when `body17` is not 17 ASCII digits.
    """
    if len(body17) != 17 or not _is_digits(body17):
        raise ValueError("the body of a citizen id has 17 digits")
    return _CHECK_CHARS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body17, strict=True)) % 11]


def parse_citizen_id(value: object) -> str:
    """A citizen id (GB 11643-1999) as 18 characters, a check character "x" as "X".

    Raises ValueError for anything but a string of a six-digit division code, a birth date that exists,
    a three-digit sequence number and the right check character.
    """
    text = _string(value, "a citizen id")
    if len(text) != 18:
        raise ValueError(f"a citizen id has 18 characters, this one has {len(text)}")
    body, check = text[:17], text[17].upper()
    if not _is_digits(body):
        raise ValueError("the first 17 characters of a citizen id are digits")
    if body[0] == "0":
        raise ValueError("the division code of a citizen id does not begin with 0")
    try:
        date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        raise ValueError("the birth date in a citizen id (characters 7 to 14) does not exist") from None
    if check != citizen_id_check_char(body):
        raise ValueError("the check character of the citizen id is wrong; look for a mistyped character")
    return body + check


def parse_division_code(value: object) -> str:
    """An administrative division code (GB/T 2260): six ASCII digits. Raises ValueError for anything else."""
    text = _string(value, "a division code")
    if len(text) != 6 or not _is_digits(text):
        raise ValueError("a division code has six digits, for example 330203")
    return text


def parse_date(value: object) -> str:
    """A calendar date in the extended format of ISO 8601, YYYY-MM-DD.

    Raises ValueError for any other format and for a date that does not exist.
    """
    text = _string(value, "a date")
    digits = text[0:4], text[5:7], text[8:10]
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not all(_is_digits(part) for part in digits):
        raise ValueError("a date is written YYYY-MM-DD, for example 1990-01-31")
    try:
        date(*(int(part) for part in digits))
    except ValueError:
        raise ValueError("this date does not exist in the calendar") from None
    return text


SCALARS: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {"CitizenId": parse_citizen_id, "DivisionCode": parse_division_code, "Date": parse_date}
)
"""The parser of each custom scalar by its GraphQL name; each raises ValueError for an invalid value."""


def _definition(name: str, description: str) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, serialize=str, parse_value=SCALARS[name])


SCALAR_MAP: Final[Mapping[object, ScalarDefinition]] = MappingProxyType(
    {
        CitizenId: _definition(
            "CitizenId",
            "公民身份号码，18 位，末位为校验码（GB 11643-1999） / "
            "Citizen identity number, 18 characters, the last one a check character (GB 11643-1999)",
        ),
        DivisionCode: _definition(
            "DivisionCode",
            "行政区划代码，6 位数字（GB/T 2260） / Administrative division code, six digits (GB/T 2260)",
        ),
        Date: _definition("Date", "日期，YYYY-MM-DD（ISO 8601） / Calendar date, YYYY-MM-DD (ISO 8601)"),
    }
)
"""What Strawberry needs to know of the custom scalars: the `scalar_map` of a `StrawberryConfig`."""


def _string(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} is a string")
    return value


def _is_digits(text: str) -> bool:
    # str.isdigit alone accepts digits of other scripts, full-width ones among them.
    return text.isascii() and text.isdigit()
