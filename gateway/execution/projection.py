"""Projection: the raw tree becomes the answer. Aliases, visible rows, masks, completion of leaves.

The plan's output fields are compiled, once, into closures over the raw tree. All output is nullable here, so a
value that is not what its type promises becomes null with one error for its place, and nothing else is lost.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from connectors.base import ALWAYS, Json, RowFilter, Variables
from gateway.constraints import Candidate, Permit
from gateway.execution.guards import Operands, RawObject, visible
from gateway.masks import apply_mask
from gateway.operation.limits import exceeded
from gateway.operation.normalise import INTROSPECTION_FIELDS
from gateway.planning.plan import OutputField, Place, Shape
from gateway.supergraph.model import QUERY_ROOT, TYPENAME, Supergraph

MAX_INT, MIN_INT = 2**31 - 1, -(2**31)
MAX_SCALAR_DEPTH = 32
MAX_OBJECTS = 100_000
"""Objects in one answer. Data that leads in circles grows with every level that a query descends."""


@dataclass(slots=True)
class Projecting:
    """What one request brings to a projection, and the places where sources broke their promise."""

    operands: Operands
    variables: Variables
    invalid: dict[Place, str] = field(default_factory=dict)  # place → source
    objects_left: int = MAX_OBJECTS


Writer: TypeAlias = Callable[[RawObject, Projecting], Json]
Projection: TypeAlias = Writer
Reader: TypeAlias = Callable[[Json, RawObject, Projecting], Json]
Completion: TypeAlias = Callable[[Json], Json]
"""From a value that is not null to what leaves, or `_INVALID` when it is not what its source promised."""

_INVALID: Final = object()


def compile_projection(output: tuple[OutputField, ...], supergraph: Supergraph) -> Projection:
    """The closure that makes the `data` of an answer from the root of a raw tree."""
    return _compile_fields(output, QUERY_ROOT, supergraph)


def _compile_fields(fields: tuple[OutputField, ...], type_name: str, supergraph: Supergraph) -> Writer:
    writers = tuple(
        (
            item.response,
            None if item.condition == ALWAYS else item.condition,
            _compile_field(item, type_name, supergraph),
        )
        for item in fields
        if type_name in item.types
    )

    def write(row: RawObject, request: Projecting) -> Json:
        return {
            response: writer(row, request)
            for response, condition, writer in writers
            if condition is None or condition.holds(request.variables)
        }

    return write


def _compile_field(item: OutputField, type_name: str, supergraph: Supergraph) -> Writer:
    if item.permit is None or item.field in INTROSPECTION_FIELDS:  # whoever answers those fills them in
        return lambda _row, _request: None
    if item.field == TYPENAME:
        return lambda _row, _request: type_name
    owner, place = _owner(item, type_name, supergraph), item.place

    def reject(request: Projecting) -> None:
        request.invalid.setdefault(place, owner)

    read = _compile_objects(item, supergraph, reject) if item.targets else _compile_leaf(item, reject)

    def write(row: RawObject, request: Projecting) -> Json:
        value = row.get(item.raw)
        return None if value is None else read(value, row, request)

    return write


def _owner(item: OutputField, type_name: str, supergraph: Supergraph) -> str:
    known = supergraph.types.get(type_name)
    if known is not None and item.field in known.fields:
        return known.fields[item.field].resolvers[0]
    return supergraph.lookups[item.field].record


def _compile_leaf(item: OutputField, reject: Callable[[Projecting], None]) -> Reader:
    complete = _in_lists(_completion(item.shape), item.shape.lists, reject)
    assert item.permit is not None
    choose = _compile_permit(item.permit)
    if choose is None:
        return lambda value, _row, request: complete(value, request)

    def read(value: Json, row: RawObject, request: Projecting) -> Json:
        chosen = choose(row, request.operands)
        if chosen is None:
            return None
        whole = complete(value, request)
        return whole if chosen.mask is None else apply_mask(chosen.mask, whole)

    return read


def _compile_permit(permit: Permit) -> Callable[[RawObject, Operands], Candidate | None] | None:
    """Which candidate a row is read through: raw first, else the strictest mask; None: always raw."""
    if any(candidate.guards == () and candidate.mask is None for candidate in permit.candidates):
        return None
    raw_first = sorted(
        permit.candidates, key=lambda candidate: -1 if candidate.mask is None else candidate.mask.rank
    )
    filters = [(candidate, RowFilter((candidate.guards,))) for candidate in raw_first]

    def choose(row: RawObject, operands: Operands) -> Candidate | None:
        return next((candidate for candidate, rows in filters if visible(row, rows, operands) is True), None)

    return choose


def _compile_objects(
    item: OutputField, supergraph: Supergraph, reject: Callable[[Projecting], None]
) -> Reader:
    rows = dict(item.rows)
    writers = {name: _compile_fields(item.children, name, supergraph) for name in item.targets}
    static = next(iter(item.targets)) if len(item.targets) == 1 else None
    assert item.permit is not None
    choose = _compile_permit(item.permit)

    def read_one(value: Json, request: Projecting) -> tuple[bool, Json]:
        """Whether the row is there for this request, and its projection."""
        name = (static or value.get(TYPENAME)) if isinstance(value, dict) else None
        if name not in writers:
            reject(request)
            return True, None
        if visible(value, rows[name], request.operands) is not True:
            return False, None
        request.objects_left -= 1
        if request.objects_left < 0:
            raise exceeded("objects", MAX_OBJECTS, "objects in one answer")
        return True, writers[name](value, request)

    def read_list(value: Json, lists: int, request: Projecting) -> Json:
        if not lists:
            return read_one(value, request)[1]
        if not isinstance(value, list):
            reject(request)
            return None
        result: list[Json] = []
        for inner in value:
            if inner is None:
                result.append(None)
            elif lists > 1:
                result.append(read_list(inner, lists - 1, request))
            else:
                there, projected = read_one(inner, request)
                if there:
                    result.append(projected)
        return result

    def read(value: Json, row: RawObject, request: Projecting) -> Json:
        if choose is not None:
            chosen = choose(row, request.operands)
            if chosen is None or chosen.mask is not None:
                return None
        return read_list(value, item.shape.lists, request)

    return read


def _in_lists(
    complete: Completion, lists: int, reject: Callable[[Projecting], None]
) -> Callable[[Json, Projecting], Json]:
    """Completion of a leaf inside so many lists; what is invalid becomes null by itself, and is reported."""
    if not lists:

        def complete_one(value: Json, request: Projecting) -> Json:
            completed = complete(value)
            if completed is _INVALID:
                reject(request)
                return None
            return completed

        return complete_one
    inner = _in_lists(complete, lists - 1, reject)

    def complete_list(value: Json, request: Projecting) -> Json:
        if not isinstance(value, list):
            reject(request)
            return None
        return [None if element is None else inner(element, request) for element in value]

    return complete_list


def _completion(shape: Shape) -> Completion:
    """Result coercion of a leaf (GraphQL specification, section 3.5)."""
    if shape.values is not None:
        values = shape.values

        def complete_enum(value: Json) -> Json:
            return value if isinstance(value, str) and value in values else _INVALID

        return complete_enum
    return _SCALARS.get(shape.leaf or "", _custom)


def _int(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and MIN_INT <= value <= MAX_INT:
        return value
    return _INVALID


def _float(value: Json) -> Json:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return _INVALID


def _string(value: Json) -> Json:
    if isinstance(value, str):
        return value
    return _INVALID


def _boolean(value: Json) -> Json:
    if isinstance(value, bool):
        return value
    return _INVALID


def _id(value: Json) -> Json:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _INVALID


def _custom(value: Json) -> Json:
    """A custom scalar keeps its source's form: departments' data is shown as it is, valid or not."""
    return value if _is_writable(value, MAX_SCALAR_DEPTH) else _INVALID


def _is_writable(value: Json, depth: int) -> bool:
    if isinstance(value, int):
        return -(2**63) <= value < 2**64
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
