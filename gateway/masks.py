"""What a mask makes of a value: pure functions, beside the decisions that name the masks.

A mask never answers with the raw value by accident: what it does not understand becomes
null. Null stays null, and a list is masked item by item.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from connectors.base import Json
from gateway.constraints import Mask

_DATE: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-[0-9]{2}(?:[T ].*)?", re.DOTALL)
_COVER: Final = "*"


def apply_mask(mask: Mask, value: Json) -> Json:
    """The masked form of `value`, as JSON.

    fixed: the mask's text in place of a text. partial: the first and last characters of a
    text, `*` for each between. truncate: "1990" or "1990-03" of a date, a number rounded
    toward zero to a power of ten, the beginning of a text. bucket: the lower bound of the
    range that holds a number. A text too short to hide anything is covered whole.
    """
    if value is None:
        return None
    if isinstance(value, list):
        return [apply_mask(mask, item) for item in value]
    kind = _KINDS.get(mask.kind)
    return None if kind is None else kind(dict(mask.parameters), value)


def _fixed(parameters: Mapping[str, str], value: Json) -> Json:
    return parameters["text"] if isinstance(value, str) else None


def _partial(parameters: Mapping[str, str], value: Json) -> Json:
    if not isinstance(value, str):
        return None
    first, last = int(parameters["keep_first"]), int(parameters["keep_last"])
    hidden = len(value) - first - last
    if hidden <= 0:
        return _COVER * len(value)
    return value[:first] + _COVER * hidden + value[len(value) - last :]


def _truncate(parameters: Mapping[str, str], value: Json) -> Json:
    to = parameters["to"]
    if to in ("year", "month"):
        return _truncated_date(to, value)
    if isinstance(value, str):
        return value[: int(to)] if len(value) > int(to) else _COVER * len(value)
    if not _is_number(value):
        return None
    return value - math.fmod(value, int(to)) if isinstance(value, float) else _toward_zero(value, int(to))


def _truncated_date(to: str, value: Json) -> Json:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    return match["year"] if to == "year" else f"{match['year']}-{match['month']}"


def _toward_zero(value: int, step: int) -> int:
    return value - value % step if value >= 0 else -(-value - -value % step)


def _bucket(parameters: Mapping[str, str], value: Json) -> Json:
    if not _is_number(value):
        return None
    below = [bound for bound in map(float, parameters["bounds"].split(",")) if bound <= value]
    if not below:
        return None
    return int(below[-1]) if below[-1].is_integer() else below[-1]


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


_KINDS: Final[Mapping[str, Callable[[Mapping[str, str], Json], Json]]] = {
    "fixed": _fixed,
    "partial": _partial,
    "truncate": _truncate,
    "bucket": _bucket,
}
