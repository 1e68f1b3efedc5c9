"""Values in JSON: where they stand, and what they are as unified values."""

import math
import re
from collections.abc import Mapping
from typing import Final

from graphql import GraphQLEnumType, GraphQLNamedType

from connectors.base import Json

_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,400}(\.[0-9]{0,400})?([eE][-+]?[0-9]{1,3})?")
_BOOLEANS: Final = {"true": True, "false": False}


def value_at(value: Json, path: str) -> Json:
    """The value at a dotted path (`data.0.name`); None where nothing stands there.

    Raises ValueError when the way leads through something that is no object or list.
    """
    for step in path.split("."):
        if value is None:
            return None
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal():
            value = value[int(step)] if int(step) < len(value) else None
        else:
            raise ValueError("something else stands where an object should be")
    return value


def as_text(value: Json) -> str:
    """A scalar as the manifest writes it: `1`, `true`, `abc`. Raises ValueError for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("an object or a list stands where a value should be")


def decode(value: Json, codes: Mapping[str, str], kind: GraphQLNamedType) -> Json:
    """A source's value as a unified one: its code looked up, its type the one that the schema promises.

    Raises ValueError, without the value, when it cannot be.
    """
    if value is None:
        return None
    if codes:
        text = as_text(value)
        if text not in codes:
            raise ValueError("a code that the manifest does not know")
        value = codes[text]
    return _typed(value, kind)


def _typed(value: Json, kind: GraphQLNamedType) -> Json:
    text = as_text(value)
    match kind.name:
        case "Int":
            if _INTEGER.fullmatch(text) and -(2**31) <= int(text) < 2**31:
                return int(text)
            raise ValueError("no Int")
        case "Float":
            if _NUMBER.fullmatch(text) and math.isfinite(float(text)):  # JSON has neither NaN nor infinity
                return float(text)
            raise ValueError("no Float")
        case "Boolean":
            if text not in _BOOLEANS:
                raise ValueError("no Boolean")
            return _BOOLEANS[text]
        case _ if isinstance(kind, GraphQLEnumType) and text not in kind.values:
            raise ValueError(f"no {kind.name}")
        case _ if isinstance(value, bool):
            raise ValueError(f"no {kind.name}")
    return text
