"""Leaves of an answer: what JSON may hold for a scalar or an enum, and the one form in which it goes on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from graphql import GraphQLEnumType, GraphQLOutputType, GraphQLScalarType

from connectors.base import Json

_INT: Final = 2**31
_MAX_DEPTH: Final = (
    100  # of lists and objects in a scalar of the source's own: JSON's printer bears few more than 250
)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# What the built-in scalars look like in JSON (GraphQL specification, section "Scalars").
_LEAVES: Final[Mapping[str, Callable[[Json], bool]]] = {
    "String": lambda value: isinstance(value, str),
    "ID": lambda value: isinstance(value, str | int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Float": _is_number,
    "Int": lambda value: _is_number(value) and value == int(value) and -_INT <= value < _INT,
}


def is_leaf(value: Json, kind: GraphQLOutputType) -> bool:
    """Whether a value that is not null may stand for this scalar or enum."""
    if isinstance(kind, GraphQLEnumType):
        return isinstance(value, str) and value in kind.values
    if isinstance(kind, GraphQLScalarType) and kind.name in _LEAVES:
        return _LEAVES[kind.name](value)
    return not _is_deep(
        value
    )  # a scalar of the source's own: what else it may hold is known where it is used


def _is_deep(value: Json) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH + 1):
        level = [inner for outer in level for inner in _items(outer)]
        if not level:
            return False
    return True


def _items(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def leaf(value: Json, kind: GraphQLOutputType) -> Json:
    """A leaf in one form, where JSON has several: the identifier 7 is "7", the integer 7.0 is 7."""
    name = kind.name if isinstance(kind, GraphQLScalarType) else ""
    if name == "ID":
        return str(value)
    return int(value) if name == "Int" else value
