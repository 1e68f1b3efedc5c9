"""Values as drivers return them, and as the unified types want them.

Three forms: what a driver returns, the text by which keys are compared, and the JSON that answers hold.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from connectors.base import Json

_MAX_KEY: Final = 1_000


class Unreadable(Exception):
    """A value that is not of its field's type, or a code that the manifest does not know."""


def as_text(value: object) -> str | None:
    """A driver's value as text: keys and codes are compared in this form. None for what has no such form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, UUID)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else None
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else None
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return None


def key_text(value: Json) -> str | None:
    """A key as a representation carries it, as text; None for what can be no key in any database."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > _MAX_KEY or "\x00" in value:
        return None
    return value if value.isascii() or _is_encodable(value) else None


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


_PARSERS: Final[Mapping[type, Callable[[str], object]]] = {
    int: int,
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}


def bound(text: str, column: type | None) -> object | None:
    """A key's text as a value to bind against a column of this Python type; None when no row can equal it.

    Binding by the column's own type keeps its index in use, and keeps a malformed key from failing the
    statement for all others. Columns of types that are not known are compared as text.
    """
    parse = _PARSERS.get(column) if column else None
    if parse is None:
        return text
    try:
        value = parse(text)
    except (ValueError, InvalidOperation):
        return None
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return None
    return value


Reader = Callable[[object], Json]


def reader(type_name: str, codes: Mapping[str, str]) -> Reader:
    """How values of a field become JSON: decoded by the manifest's map, then read as the unified type.

    The reader raises Unreadable. Null stays null.
    """
    convert = _CONVERSIONS.get(type_name, _text)
    if not codes:
        return lambda value: None if value is None else convert(value)

    def decode(value: object) -> Json:
        if value is None:
            return None
        meaning = codes.get(as_text(value) or "")
        if meaning is None:
            raise Unreadable("a code that the manifest does not map")
        return convert(meaning)

    return decode


def _text(value: object) -> str:
    if type(value) is str:
        return value
    text = as_text(value)
    if text is None:
        raise Unreadable(f"{type(value).__name__} where text was expected")
    return text


def _integer(value: object) -> int:
    try:
        number = int(value) if isinstance(value, (str, int)) else int(Decimal(str(value)))
        exact = isinstance(value, str) or number == value
    except (ValueError, OverflowError, InvalidOperation):
        exact = False
        number = 0
    if not exact or not -(2**31) <= number < 2**31:
        raise Unreadable(f"{type(value).__name__} that is no Int")
    return number


def _float(value: object) -> float:
    try:
        number = float(value) if isinstance(value, (str, int, float, Decimal)) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Unreadable(f"{type(value).__name__} that is no Float")
    return number


def _boolean(value: object) -> bool:
    text = (as_text(value) or "").lower()
    if text in ("1", "true"):
        return True
    if text in ("0", "false"):
        return False
    raise Unreadable(f"{type(value).__name__} that is no Boolean")


_CONVERSIONS: Final[Mapping[str, Reader]] = {"Int": _integer, "Float": _float, "Boolean": _boolean}
