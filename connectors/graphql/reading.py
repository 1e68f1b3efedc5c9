"""From a source's answer to entities: every value is compared with what the source's schema promised.

A value that is not as promised becomes null with an INVALID_RESPONSE at its path; an error that the source
reports becomes an ERROR at the place that is null for it. What the source says in words is not repeated: it may
quote data.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
    is_list_type,
    is_non_null_type,
)

from connectors.base import ALWAYS, FailureKind, FetchResult, Json, PartialFailure, SourceFailure, Variables
from connectors.graphql.layout import TYPENAME, Layout, Part

_MAX_ERRORS: Final = 1_000
_MAX_ERRORS_AN_ENTITY: Final = 50
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_INT: Final = 2**31

Path = tuple[str, ...]


def read_answer(answer: Json, layout: Layout, variables: Variables, entities: int | None) -> FetchResult:
    """Read one answer. `entities`: how many were asked for; None for a root fetch.

    Raises SourceFailure: INVALID_RESPONSE when it is no answer to the question, ERROR when the source failed as
    a whole.
    """
    if not isinstance(answer, dict):
        raise _invalid("the answer is no object")
    errors = answer.get("errors") or []
    if not isinstance(errors, list) or len(errors) > _MAX_ERRORS + _MAX_ERRORS_AN_ENTITY * (entities or 0):
        raise _invalid("the answer's errors are no list, or too long")
    raw = _raw_entities(answer.get("data"), errors, entities)
    reading = _Reading(variables)
    for error in errors:
        _place_error(error, raw, layout, entities, reading)
    data = [reading.entity(index, value, layout) for index, value in enumerate(raw)]
    return FetchResult(data, reading.failures())


def _raw_entities(data: Json, errors: list[Json], entities: int | None) -> list[Json]:
    if not isinstance(data, dict):
        raise _reported(errors) if errors else _invalid("the answer has no data")
    if entities is None:
        return [data]
    raw = data.get("_entities")
    if raw is None and errors:
        raise _reported(errors)
    if not isinstance(raw, list) or len(raw) != entities:
        raise _invalid("the answer does not hold one place for each entity")
    return raw


def _place_error(
    error: Json, raw: list[Json], layout: Layout, entities: int | None, reading: "_Reading"
) -> None:
    """Take note of one reported error. Raises SourceFailure when it does not say what it is about."""
    path = error.get("path") if isinstance(error, dict) else None
    if not isinstance(path, list) or not path:
        raise _reported([error])
    if entities is None:
        index, rest = 0, path
    elif len(path) > 1 and path[0] == "_entities" and _is_index(path[1], entities):
        index, rest = path[1], path[2:]
    else:
        raise _reported([error])
    reading.fail(index, _where_null(raw[index], rest, layout), _reported([error]))


def _where_null(value: Json, rest: list[Json], layout: Layout) -> Path:
    """The path of an error, in response keys, as far as there is a value: what is null for it."""
    path: list[str] = []
    inside: Layout | None = layout
    for key in rest:
        if isinstance(key, int) and isinstance(value, list) and 0 <= key < len(value):
            value = value[key]
        elif isinstance(key, str) and isinstance(value, dict) and inside is not None:
            part = next((part for part in inside.parts if part.alias == key), None)
            if part is None:
                break
            path.append(part.selection.response)
            value, inside = value.get(key), part.inside
        else:
            break
    return tuple(path)


@dataclass(slots=True)
class _Reading:
    """What is wrong with one answer, found while it is read."""

    variables: Variables
    _found: dict[tuple[FailureKind, str, Path], set[int]] = field(default_factory=dict)
    _reported: set[tuple[int, Path]] = field(default_factory=set)

    def fail(self, index: int, path: Path, failure: SourceFailure) -> None:
        """One entity lacks something. A null that its schema forbids is explained by this, at that place alone."""
        self._reported.add((index, path))
        self._found.setdefault((failure.kind, failure.detail, path), set()).add(index)

    def failures(self) -> list[PartialFailure]:
        """All that was found, each failure once."""
        return [
            PartialFailure(SourceFailure(kind, detail), frozenset(indices), path)
            for (kind, detail, path), indices in self._found.items()
        ]

    def entity(self, index: int, value: Json, layout: Layout) -> dict[str, Json] | None:
        """One entity, or None when there is none, or nothing usable."""
        if value is None:
            return None
        entity: dict[str, Json] | None = self._object(index, value, layout, ())
        return entity

    def _object(self, index: int, value: Json, layout: Layout, path: Path) -> Json:
        if not isinstance(value, dict):
            return self._wrong(index, path, "no object")
        name = layout.static or value.get(TYPENAME)
        if name not in layout.possible:
            return self._wrong(index, path, "an object of a type that the schema does not have there")
        result: dict[str, Json] = {}
        for part in layout.parts:
            if name not in part.types:
                continue
            condition = part.selection.condition
            if condition != ALWAYS and not condition.holds(self.variables):
                continue
            response = part.selection.response
            here = (*path, response)
            if part.selection.field == TYPENAME:
                result[response] = name
            elif part.alias not in value:
                result[response] = self._wrong(index, here, "missing")
            else:
                result[response] = self._value(index, value[part.alias], part.type, part, here)
        return result

    def _value(self, index: int, value: Json, kind: GraphQLOutputType, part: Part, path: Path) -> Json:
        if is_non_null_type(kind):
            if value is None and (index, path) not in self._reported:
                return self._wrong(index, path, "null where the schema says that it is not")
            kind = _inner(kind)
        if value is None:
            return None
        if is_list_type(kind):
            if not isinstance(value, list):
                return self._wrong(index, path, "no list")
            return [self._value(index, item, _inner(kind), part, path) for item in value]
        if part.inside is not None:
            return self._object(index, value, part.inside, path)
        if not _is_leaf(value, kind):
            return self._wrong(index, path, f"no {kind}")
        return _leaf(value, kind)

    def _wrong(self, index: int, path: Path, what: str) -> Json:
        """Take note of a value that is not as promised; None, which stands in its place."""
        key = (FailureKind.INVALID_RESPONSE, f"{what} at {'.'.join(path) or 'an entity'}", path)
        self._found.setdefault(key, set()).add(index)
        return None


def _inner(kind: GraphQLOutputType) -> GraphQLOutputType:
    assert isinstance(kind, GraphQLNonNull | GraphQLList)
    inner: GraphQLOutputType = kind.of_type  # graphql-core's wrappers are not typed more closely
    return inner


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


def _is_leaf(value: Json, kind: GraphQLOutputType) -> bool:
    if isinstance(kind, GraphQLEnumType):
        return isinstance(value, str) and value in kind.values
    if isinstance(kind, GraphQLScalarType) and kind.name in _LEAVES:
        return _LEAVES[kind.name](value)
    return True  # a scalar of the source's own: what it may hold is known where it is used


def _leaf(value: Json, kind: GraphQLOutputType) -> Json:
    """A leaf in one form, where JSON has several: the identifier 7 is "7", the integer 7.0 is 7."""
    name = kind.name if isinstance(kind, GraphQLScalarType) else ""
    if name == "ID":
        return str(value)
    return int(value) if name == "Int" else value


def _is_index(value: Json, count: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


def _reported(errors: list[Json]) -> SourceFailure:
    """The source's own error, as far as it can be repeated: its code and its fields."""
    first = errors[0] if isinstance(errors[0], dict) else {}
    extensions = first.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    known = code if isinstance(code, str) and _CODE.fullmatch(code) else "an error"
    return SourceFailure(FailureKind.ERROR, f"the source reported {known}")


def _invalid(detail: str) -> SourceFailure:
    return SourceFailure(FailureKind.INVALID_RESPONSE, detail)
