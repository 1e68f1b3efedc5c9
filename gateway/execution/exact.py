"""An answer with errors at each place of its data (`plan.exact`): completion as the specification has it.

GraphQL specification, sections 6.4.3 "Value Completion" and 6.4.4 "Handling Execution Errors": null where
non-null was promised is an error that nulls the nearest place that may be null, or all of `data`. Errors below
a place that became null are not told, save the one that made it null. This walk runs for the answers alone in
which `projection.py` has met a flaw: it knows paths, and takes its time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.base import FailureKind, FieldSelection, Json, Variables
from gateway.errors import GraphQLProblem
from gateway.execution.completion import INVALID, completion
from gateway.execution.failures import denial_at, failure_at, further_errors
from gateway.execution.projection import MAX_OBJECTS, MAX_SIZE, size_of, told_nothing
from gateway.execution.raw import Lost, RawObject
from gateway.operation.introspection import INTROSPECTION_FIELDS
from gateway.operation.limits import exceeded
from gateway.planning.plan import OutputField, QueryPlan, Shape
from gateway.supergraph.model import TYPENAME, Source

MAX_ERRORS = 100
"""Errors of one answer that are told one by one; one more error counts the rest."""


def exact_answer(
    plan: QueryPlan, root: RawObject, variables: Variables, known: Mapping[str, Source], size: int = MAX_SIZE
) -> tuple[dict[str, Json] | None, list[GraphQLProblem]]:
    """The `data` of an answer, None when null has reached the root, and its errors in order of place.

    Raises RequestRefused when it has more objects, or more than `size` characters.
    """
    walk = _Walk(variables, size)
    data: dict[str, Json] | None
    try:
        data = walk.fields(plan.output, frozenset({plan.root_type}), root)
    except _Nulled as nulled:
        data = None
        walk.forget(0)
        walk.keep(nulled.fault)
    problems = [_problem(fault, plan, known) for fault in walk.faults]
    if walk.count > len(problems):
        problems.append(further_errors(MAX_ERRORS, walk.count - len(problems)))
    return data, problems


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error: its place in the answer and in the raw tree (without indices), and the failure behind it, if any."""

    path: tuple[str | int, ...]
    raws: tuple[str, ...]
    item: OutputField
    names: frozenset[str]
    lost: Lost | None


class _Nulled(Exception):
    """Null, by a fault, on its way to the nearest place that may be null."""

    def __init__(self, fault: _Fault) -> None:
        super().__init__(fault.path)
        self.fault = fault


class _Walk:
    def __init__(self, variables: Variables, size: int) -> None:
        self.variables = variables
        self.size = size
        self.size_left = size
        self.path: list[str | int] = []
        self.raws: list[str] = []
        self.faults: list[_Fault] = []
        self.count = 0
        self.objects = 0

    def fields(
        self, fields: tuple[OutputField, ...], names: frozenset[str], row: RawObject
    ) -> dict[str, Json]:
        """A selection set on an object of this concrete type; on one of several, when nothing has told which."""
        there = [item for item in fields if item.types >= names and item.condition.holds(self.variables)]
        there.sort(key=lambda item: item.turn(self.variables))
        return {item.response: self._field(item, names, row) for item in there}

    def keep(self, fault: _Fault) -> None:
        """Take note of an error."""
        if self.count < MAX_ERRORS:
            self.faults.append(fault)
        self.count += 1

    def forget(self, count: int) -> None:
        """Drop all errors but the first ones: they stand below a place that has become null."""
        del self.faults[count:]
        self.count = count

    def _field(self, item: OutputField, names: frozenset[str], row: RawObject) -> Json:
        if item.permit is not None:
            if item.field == TYPENAME:
                (name,) = names
                return name
            if item.field in INTROSPECTION_FIELDS:
                return None
        self.path.append(item.response)
        self.raws.append(item.raw)
        try:
            return self._value(item, item.shape, names, row.get(item.raw))
        finally:
            self.path.pop()
            self.raws.pop()

    def _value(self, item: OutputField, shape: Shape, names: frozenset[str], value: Json) -> Json:
        """A value, or null and its error; raises `_Nulled` where null may not stand."""
        before = self.count
        try:
            completed = self._completed(item, shape, names, value)
        except _Nulled as nulled:
            if shape.non_null:
                raise
            self.forget(before)
            self.keep(nulled.fault)
            return None
        if completed is None and shape.non_null:
            raise self._nulled(item, names)
        return completed

    def _completed(self, item: OutputField, shape: Shape, names: frozenset[str], value: Json) -> Json:
        if item.permit is None:
            raise self._nulled(item, names)
        if value is None:
            return None
        if isinstance(value, Lost):
            raise self._nulled(item, names, value)
        if shape.item is not None:
            return self._list(item, shape.item, names, value)
        if shape.leaf is None:
            return self._object(item, names, value)
        completed = completion(shape)(value)
        if completed is INVALID:
            raise self._nulled(item, names)
        return completed

    def _list(self, item: OutputField, inner: Shape, names: frozenset[str], value: Json) -> Json:
        if not isinstance(value, list):
            raise self._nulled(item, names)
        result = []
        for index, one in enumerate(value):
            self.path.append(index)
            try:
                result.append(self._value(item, inner, names, one))
            finally:
                self.path.pop()
        return result

    def _object(self, item: OutputField, names: frozenset[str], value: Json) -> Json:
        if not isinstance(value, dict) or not item.targets:
            raise self._nulled(item, names)
        name = value.get(TYPENAME)
        if name is None and len(item.targets) == 1:
            name = min(item.targets)
        inside = frozenset({name}) if isinstance(name, str) else item.targets
        if not inside <= item.targets or not (name is None or isinstance(name, str | Lost)):
            raise self._nulled(item, names)
        if len(inside) > 1 and any(
            (one.field == TYPENAME or not one.types >= inside) and one.condition.holds(self.variables)
            for one in item.children
        ):  # nothing has told the type, and it matters here
            if told_nothing(value):
                return None
            raise self._nulled(item, names, name if isinstance(name, Lost) else None)
        self.objects += 1
        if self.objects > MAX_OBJECTS:
            raise exceeded("objects", MAX_OBJECTS, "objects in one answer")
        made = self.fields(item.children, inside, value)
        self.size_left -= size_of(made)
        if self.size_left < 0:
            raise exceeded("response_bytes", self.size, "bytes of answer")
        return made

    def _nulled(self, item: OutputField, names: frozenset[str], lost: Lost | None = None) -> _Nulled:
        return _Nulled(_Fault(tuple(self.path), tuple(self.raws), item, names, lost))


def _problem(fault: _Fault, plan: QueryPlan, known: Mapping[str, Source]) -> GraphQLProblem:
    if fault.item.permit is None:
        return denial_at(fault.path, fault.item)
    if fault.lost is not None:
        return failure_at(fault.path, known[fault.lost.source], fault.lost.failure.kind)
    source = known[_supplier(plan, fault.raws, fault.names)]
    return failure_at(fault.path, source, FailureKind.INVALID_RESPONSE)


def _supplier(plan: QueryPlan, raws: tuple[str, ...], names: frozenset[str]) -> str:
    """The source that was to supply a place, on these types if it tells them apart; else what leads there."""
    for length in range(len(raws), 0, -1):
        for wanted in (names, None) if length == len(raws) else (None,):
            for node in plan.nodes:
                for entry in node.entries:
                    at = tuple(step.raw for step in entry.position)
                    if raws[: len(at)] == at and (
                        _selects(node.spec.selections, raws[len(at) : length], wanted)
                        or (node.existence and at == raws[:length])
                    ):
                        return node.spec.source
    return plan.nodes[0].spec.source


def _selects(
    selections: tuple[FieldSelection, ...], raws: tuple[str, ...], names: frozenset[str] | None
) -> bool:
    return bool(raws) and any(
        (len(raws) == 1 and (names is None or not item.types.isdisjoint(names)))
        or (len(raws) > 1 and _selects(item.children, raws[1:], names))
        for item in selections
        if item.response == raws[0]
    )
