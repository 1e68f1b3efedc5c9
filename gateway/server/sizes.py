"""How many bytes a kept value takes, about: counted from what is in it, the same on every machine and run.

The weights were measured (graphql-core's syntax trees and Python's objects on 64 bits) and rounded up; they are
there so that no shape of operation can take far more memory than the caches are allowed.
"""

from collections.abc import Iterator

from graphql import Token

from connectors.base import FieldSelection
from gateway.constraints import Constraints, Deny, LookupPermit, Permit
from gateway.execution import PreparedPlan
from gateway.execution.visible import VisibleSchema
from gateway.operation import Operation, walk
from gateway.planning.plan import output_fields

_BASE = 20_000
_CHARACTER = 2  # of an operation's text
_TOKEN = 350  # with its node of the syntax tree
_SELECTION = 700
_OUTPUT_FIELD = 2_500  # with its shape, its place and its closure
_FETCH = 6_000
_FETCHED_FIELD = 1_500  # with its layout in the source's words
_PREPARED_CHARACTER = 4
_DECISION = 400
_TERM = 400
_SHOWN_TYPE = 500
_SHOWN_FIELD = 50


def operation_bytes(operation: Operation) -> int:
    """Of a normalised operation, with the document that it came from."""
    location = operation.document.loc
    text = len(location.source.body) if location else 0
    tokens = sum(1 for _ in _tokens(location.start_token)) if location else 0
    selections = sum(1 for _ in walk(operation.selections))
    return _BASE + _CHARACTER * text + _TOKEN * tokens + _SELECTION * selections


def decisions_bytes(constraints: Constraints) -> int:
    """Of all decisions for one operation."""
    decided = [decision for _, decision in (*constraints.fields, *constraints.roots)]
    terms = sum(_terms(decision) for decision in decided)
    rows = sum(1 + sum(map(len, rows.any_of)) for _, rows in constraints.rows)
    return _DECISION * (1 + len(decided)) + _TERM * (terms + rows)


def plan_bytes(ready: PreparedPlan) -> int:
    """Of a plan with its prepared fetches and its projection."""
    output = sum(1 for _ in output_fields(ready.plan.output))
    fetched = sum(1 for node in ready.plan.nodes for _ in _fetched(node.spec.selections))
    text = sum(len(fetch.text) for fetch in ready.fetches)
    asked = _FETCH * len(ready.plan.nodes) + _FETCHED_FIELD * fetched + _PREPARED_CHARACTER * text
    return _BASE + _OUTPUT_FIELD * output + asked


def schema_bytes(shown: VisibleSchema) -> int:
    """Of what introspection shows of the public schema, which itself is there anyway."""
    fields = sum(map(len, shown.fields.values()))
    return _BASE + _SHOWN_TYPE * len(shown.types) + _SHOWN_FIELD * fields


def _terms(decision: Deny | Permit | LookupPermit | object) -> int:
    if isinstance(decision, Permit):
        return sum(1 + len(candidate.guards) for candidate in decision.candidates)
    return 1


def _tokens(first: Token) -> Iterator[Token]:
    token: Token | None = first
    while token is not None:
        yield token
        token = token.next


def _fetched(selections: tuple[FieldSelection, ...]) -> Iterator[FieldSelection]:
    for selection in selections:
        yield selection
        yield from _fetched(selection.children)
