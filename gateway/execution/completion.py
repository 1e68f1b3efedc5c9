"""Result coercion of leaves (GraphQL specification, section 3.5 and 3.9): what leaves for a value as it came."""

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from connectors.base import Json
from gateway.planning.plan import Shape

MAX_INT, MIN_INT = 2**31 - 1, -(2**31)
MAX_SCALAR_DEPTH = 32
_JSON_INTS: Final = range(-(2**63), 2**64)

Completion: TypeAlias = Callable[[Json], Json]
"""From a value that is not null to what leaves, or `INVALID` when it is not what its source promised."""

INVALID: Final = object()


def completion(shape: Shape) -> Completion:
    """The coercion of one leaf, outside any lists."""
    if shape.values is not None:
        values = shape.values

        def complete_enum(value: Json) -> Json:
            return value if isinstance(value, str) and value in values else INVALID

        return complete_enum
    return _SCALARS.get(shape.leaf or "", _custom)


def unchanged(shape: Shape) -> tuple[type, ...]:
    """The Python types whose values leave as they came, so that none need be looked at; null where it may stand."""
    nulls: tuple[type, ...] = () if shape.non_null else (type(None),)
    if shape.leaf is None or shape.item is not None or shape.values is not None:
        return nulls
    return {"Int": nulls, "Float": nulls, "Boolean": (bool, *nulls)}.get(shape.leaf, (str, *nulls))


def _int(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and MIN_INT <= value <= MAX_INT:
        return value
    return INVALID


def _float(value: Json) -> Json:
    if isinstance(value, float):
        return value if math.isfinite(value) else INVALID
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value in _JSON_INTS else INVALID
    return INVALID


def _string(value: Json) -> Json:
    return value if isinstance(value, str) else INVALID


def _boolean(value: Json) -> Json:
    return value if isinstance(value, bool) else INVALID


def _id(value: Json) -> Json:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value in _JSON_INTS else INVALID
    return INVALID


def _custom(value: Json) -> Json:
    """A custom scalar keeps its source's form: departments' data is shown as it is, valid or not."""
    return value if _is_writable(value, MAX_SCALAR_DEPTH) else INVALID


def _is_writable(value: Json, depth: int) -> bool:
    if isinstance(value, int):
        return value in _JSON_INTS
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return depth > 0 and all(_is_writable(item, depth - 1) for item in value)
    if isinstance(value, dict):
        return depth > 0 and all(_is_writable(item, depth - 1) for item in value.values())
    return value is None or isinstance(value, str)


_SCALARS: Mapping[str, Completion] = {
    "Int": _int,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "ID": _id,
}
