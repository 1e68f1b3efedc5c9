"""Introspection: answered from the schema as this principal could ever see it, without asking a source.

A walk over the schema's own types: all types of introspection are objects whose fields have known readers, so that
nothing of what makes general execution slow is needed. What one selection set asks of one type is read once: types
lead in circles, and an answer can be far larger than the work that it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graphql import FragmentDefinitionNode

from connectors.base import Json, Variables
from gateway.constraints import Reason
from gateway.errors import Code, GraphQLProblem
from gateway.execution.exact import MAX_ERRORS
from gateway.execution.failures import further_errors
from gateway.execution.metaselection import Below, Chosen, choose
from gateway.execution.visible import VisibleSchema
from gateway.operation.limits import exceeded
from gateway.operation.model import Operation

MAX_VALUES: Final = 8_000_000
"""Values that are read for one answer: about two seconds of work."""

_OBJECT: Final = 10
"""What an object counts for beside its fields: it takes as long to make."""

_AGAIN: Final = 4
"""What an object counts for that stands in the answer already: it takes as long to find."""


@dataclass(frozen=True, slots=True)
class Introspected:
    """The answers by response key, None when null has reached the root; and the errors in order of place."""

    data: dict[str, Json] | None
    problems: Sequence[GraphQLProblem]


def introspect(
    shown: VisibleSchema, operation: Operation, variables: Variables, size: int, values: int = MAX_VALUES
) -> Introspected:
    """Answer the operation's introspection fields. Raises RequestRefused past `values`, or `size` characters."""
    if operation.introspection is None:
        return Introspected({}, ())
    fragments = {
        item.name.value: item
        for item in operation.document.definitions
        if isinstance(item, FragmentDefinitionNode)
    }
    walk = _Walk(size, values)
    if shown.is_empty:
        walk.keep(_NOTHING_SHOWN)
    root = choose(shown, operation.introspection, fragments, variables)
    try:
        data = walk.read(root, shown.schema)
    except _Nulled as nulled:
        return Introspected(None, (nulled.problem,))
    return Introspected(data, walk.told())


_NOTHING_SHOWN: Final = GraphQLProblem(
    Code.ACCESS_DENIED,
    "Nothing of the schema may be shown to this caller.",
    extensions={"coordinate": "Query", "reason": Reason.RULE.value},
)


class _Nulled(Exception):
    """Null, by an error, on its way to the nearest place that may be null."""

    def __init__(self, problem: GraphQLProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Walk:
    """`Any`, throughout: one of the things that metafields.py tells of."""

    def __init__(self, size: int, values: int) -> None:
        self.max_size = size
        self.max_values = values
        self.size = 0
        self.values = 0
        # By selection set and type (its identity: the schema outlives this): the answer, and its size.
        self.known: dict[tuple[int, int], tuple[Json, int]] = {}
        self.path: list[str | int] = []
        self.problems: list[GraphQLProblem] = []
        self.count = 0

    def read(self, chosen: Chosen, thing: Any) -> dict[str, Json]:
        """A selection set on one thing."""
        self.values += _OBJECT + len(chosen.entries)
        self._grow(chosen.size)
        made: dict[str, Json] = {}
        for response, reader, below in chosen.entries:
            if below is None:
                value = reader(thing)
                if value.__class__ is str:
                    self.size += len(value)
                elif value.__class__ is list:
                    self.size += sum(map(len, value))
            elif below.flawed:
                value = self._flawed(response, below, None if below.flaw else reader(thing))
            else:
                value = self._below(below, reader(thing))
            made[response] = value
        return made

    def keep(self, problem: GraphQLProblem) -> None:
        """Take note of an error."""
        if self.count < MAX_ERRORS:
            self.problems.append(problem)
        self.count += 1

    def told(self) -> Sequence[GraphQLProblem]:
        """The errors; those past the first `MAX_ERRORS` as one."""
        more = self.count - len(self.problems)
        return (*self.problems, further_errors(MAX_ERRORS, more)) if more else self.problems

    def _below(self, below: Below, found: Any) -> Json:
        if found is None:
            return None
        if below.listed:
            return [self._once(below.chosen, one) for one in found]
        return self._once(below.chosen, found)

    def _once(self, chosen: Chosen, thing: Any) -> Json:
        if thing.__class__ is tuple:
            # A name and its definition: met in one place, and no longer there afterwards.
            return self.read(chosen, thing)
        key = (chosen.number, id(thing))
        if key in self.known:
            value, size = self.known[key]
            self.values += _AGAIN
            self._grow(size)
            return value
        before = self.size
        value = self.read(chosen, thing)
        self.known[key] = (value, self.size - before)
        return value

    def _grow(self, size: int) -> None:
        self.size += size
        if self.size > self.max_size:
            raise exceeded("response_bytes", self.max_size, "bytes of answer")
        if self.values > self.max_values:
            raise exceeded("introspection", self.max_values, "values of introspection")

    def _flawed(self, response: str, below: Below, found: Any) -> Json:
        """A field that is an error, or has one below it: read at each place anew, for each has its own path."""
        before = self.count
        self.path.append(response)
        try:
            if below.flaw is not None:
                raise _Nulled(replace(below.flaw, path=tuple(self.path)))
            if found is None:
                return None
            if below.listed:
                return [self._item(below, index, one) for index, one in enumerate(found)]
            return self.read(below.chosen, found)
        except _Nulled as nulled:
            if below.non_null:
                raise
            del self.problems[before:]
            self.count = before
            self.keep(nulled.problem)
            return None
        finally:
            self.path.pop()

    def _item(self, below: Below, index: int, thing: Any) -> Json:
        """One thing of a list; none of introspection may be null, so that null goes on to the list."""
        self.path.append(index)
        try:
            return self.read(below.chosen, thing)
        finally:
            self.path.pop()
