"""From a source's answer to entities: every value is compared with what the source's schema promised.

A value that is not as promised becomes null with an INVALID_RESPONSE at its path; an error that the source
reports becomes an ERROR at the place that is null for it. What the source says in words is not repeated: it may
quote data.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from graphql import GraphQLList, GraphQLNonNull, GraphQLOutputType, is_list_type, is_non_null_type

from connectors.base import ALWAYS, FailureKind, FetchResult, Json, PartialFailure, SourceFailure, Variables
from connectors.graphql.layout import TYPENAME, Layout, Part
from connectors.graphql.leaves import is_leaf, leaf
from connectors.graphql.quick import Irregular, QuickReader

_MAX_ERRORS: Final = 1_000
_MAX_ERRORS_AN_ENTITY: Final = 50
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_MAX_EXACT: Final = 1_000  # failures of one answer that are told at their very places

Path = tuple[str | int, ...]
Trail: TypeAlias = "tuple[Trail, str | int] | None"
"""A path from its end: its parent and its last step, so that values that are as promised cost no copy of it."""


def read_answer(
    answer: Json,
    layout: Layout,
    quick: QuickReader,
    variables: Variables,
    asked: Sequence[frozenset[str]] | None,
) -> FetchResult:
    """Read one answer. `asked`: per entity the concrete types that it can have; None for a root fetch.

    What came is kept, also where the source reports errors beside it. Raises SourceFailure: INVALID_RESPONSE when
    it is no answer to the question, ERROR when the source failed as a whole.
    """
    if not isinstance(answer, dict):
        raise _invalid("the answer is no object")
    wanted = [layout.possible] if asked is None else asked
    errors = answer.get("errors") or []
    if not isinstance(errors, list):
        raise _invalid("the answer's errors are no list")
    # Bounds the work, not the data: by then many places are told without indices (`_note`).
    errors = errors[: _MAX_ERRORS + _MAX_ERRORS_AN_ENTITY * len(wanted)]
    raw = _raw_entities(answer.get("data"), errors, None if asked is None else len(asked))
    reading = _Reading(variables)
    unplaced = [error for error in errors if not _place_error(error, raw, layout, asked is None, reading)]
    if unplaced:
        reading.fail(range(len(raw)), (), _reported(unplaced))
    read = quick.under(variables)
    data: list[dict[str, Json] | None] = []
    for index, (value, types) in enumerate(zip(raw, wanted, strict=True)):
        try:
            if value is not None and types != layout.possible and value[TYPENAME] not in types:
                raise Irregular
            data.append(None if value is None else read(value))
        except (Irregular, KeyError, TypeError):  # TypeError: not even an object, or its type is no name
            data.append(reading.entity(index, value, layout, types))
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


def _place_error(error: Json, raw: list[Json], layout: Layout, is_root: bool, reading: "_Reading") -> bool:
    """Take note of one reported error at its place; False when it does not say which entity it is about."""
    path = error.get("path") if isinstance(error, dict) else None
    if not isinstance(path, list) or not path:
        return False
    if is_root:
        index, rest = 0, path
    elif len(path) > 1 and path[0] == "_entities" and _is_index(path[1], len(raw)):
        index, rest = path[1], path[2:]
    else:
        return False
    place = _where_null(raw[index], rest, layout, reading.variables)
    if place is not None:
        reading.fail((index,), place, _reported([error]))
    return True


def _where_null(value: Json, rest: list[Json], layout: Layout, variables: Variables) -> Path | None:
    """The path of an error in response keys and indices, as far as there is a value: what is null for it.

    None for a field that was asked for although this request leaves it out.
    """
    path: list[str | int] = []
    inside: Layout | None = layout
    for key in rest:
        if isinstance(value, list) and _is_index(key, len(value)):
            path.append(key)
            value = value[key]
        elif isinstance(key, str) and isinstance(value, dict) and inside is not None:
            part = _part_at(inside, key, value.get(TYPENAME))
            if part is None:
                break
            if not part.selection.condition.holds(variables):
                return None
            path.append(part.selection.response)
            value, inside = value.get(key), part.inside
        else:
            break
    return tuple(path)


def _part_at(layout: Layout, alias: str, type_name: Json) -> Part | None:
    """The field under a key: several types may have one there each."""
    name = layout.static or type_name
    if not isinstance(name, str):
        return None
    return next((part for part in layout.parts if part.alias == alias and name in part.types), None)


@dataclass(slots=True)
class _Reading:
    """What is wrong with one answer, found while it is read."""

    variables: Variables
    _found: dict[tuple[FailureKind, str, Path], set[int]] = field(default_factory=dict)
    _reported: dict[tuple[int, Path], SourceFailure] = field(default_factory=dict)

    def fail(self, indices: Sequence[int], path: Path, failure: SourceFailure) -> None:
        """Entities lack something. A null that their schema forbids is explained by this, there or below."""
        self._reported.update(dict.fromkeys(((index, path) for index in indices), failure))
        self._note(failure.kind, failure.detail, path, indices)

    def failures(self) -> list[PartialFailure]:
        """All that was found, each failure once."""
        return [
            PartialFailure(SourceFailure(kind, detail), frozenset(indices), path)
            for (kind, detail, path), indices in self._found.items()
        ]

    def entity(
        self, index: int, value: Json, layout: Layout, types: frozenset[str]
    ) -> dict[str, Json] | None:
        """One entity, or None when there is none, or nothing usable. `types`: those that it can have."""
        if value is None:
            return None
        entity: dict[str, Json] | None = self._object(index, value, layout, types, None)
        return entity

    def _object(self, index: int, value: Json, layout: Layout, types: frozenset[str], trail: Trail) -> Json:
        if not isinstance(value, dict):
            return self._wrong(index, trail, "no object")
        name = layout.static or value.get(TYPENAME)
        if not isinstance(name, str) or name not in types:
            return self._wrong(index, trail, "an object of a type that the schema does not have there")
        result: dict[str, Json] = {}
        for part in layout.parts:
            if name not in part.types:
                continue
            condition = part.selection.condition
            if condition != ALWAYS and not condition.holds(self.variables):
                continue
            response = part.selection.response
            if part.selection.field == TYPENAME:
                result[response] = name
            elif part.alias not in value:
                result[response] = self._wrong(index, (trail, response), "missing")
            else:
                result[response] = self._value(index, value[part.alias], part.type, part, (trail, response))
        return result

    def _value(self, index: int, value: Json, kind: GraphQLOutputType, part: Part, trail: Trail) -> Json:
        if is_non_null_type(kind):
            if value is None:
                return self._forbidden_null(index, trail)
            kind = _inner(kind)
        if value is None:
            return None
        if is_list_type(kind):
            if not isinstance(value, list):
                return self._wrong(index, trail, "no list")
            inner = _inner(kind)
            return [self._value(index, item, inner, part, (trail, at)) for at, item in enumerate(value)]
        if part.inside is not None:
            return self._object(index, value, part.inside, part.inside.possible, trail)
        if not is_leaf(value, kind):
            return self._wrong(index, trail, f"no {kind}")
        return leaf(value, kind)

    def _forbidden_null(self, index: int, trail: Trail) -> None:
        """A null that the schema rules out: what the source reported there, or around it, explains it."""
        path = _path(trail)
        for length in range(len(path), -1, -1):
            failure = self._reported.get((index, path[:length]))
            if failure is not None:
                self._note(failure.kind, failure.detail, path, (index,))
                return
        self._wrong(index, trail, "null where the schema says that it is not")

    def _wrong(self, index: int, trail: Trail, what: str) -> Json:
        """Take note of a value that is not as promised; None, which stands in its place."""
        path = _path(trail)
        words = ".".join(_keys(path)) or "an entity"
        self._note(FailureKind.INVALID_RESPONSE, f"{what} at {words}", path, (index,))
        return None

    def _note(self, kind: FailureKind, detail: str, path: Path, indices: Iterable[int]) -> None:
        """Remember a failure; past a number of them without the indices of lists, so that few remain."""
        if (kind, detail, path) not in self._found and len(self._found) >= _MAX_EXACT:
            path = _keys(path)
        self._found.setdefault((kind, detail, path), set()).update(indices)


def _path(trail: Trail) -> Path:
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return tuple(reversed(steps))


def _keys(path: Path) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))


def _inner(kind: GraphQLOutputType) -> GraphQLOutputType:
    assert isinstance(kind, GraphQLNonNull | GraphQLList)
    inner: GraphQLOutputType = kind.of_type  # graphql-core's wrappers are not typed more closely
    return inner


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
