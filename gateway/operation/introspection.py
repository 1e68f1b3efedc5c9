"""What an operation asks of the schema itself: found at its root, bounded, and left as text.

The types of introspection are all objects, so its fragments need no types to be told apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    SelectionNode,
    VariableNode,
)

from connectors.base import Condition
from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.operation.conditions import CONDITIONS
from gateway.operation.limits import OperationLimits, exceeded
from gateway.operation.model import Introspection, MetaField, Selection, walk

INTROSPECTION_FIELDS: Final = frozenset({"__schema", "__type"})
MAX_INTROSPECTION: Final = 600
"""Selections below introspection fields, fragments merged in; the usual tools ask for about 300."""


def introspection_of(
    asked: Sequence[MetaField], fragments: Mapping[str, FragmentDefinitionNode], limits: OperationLimits
) -> Introspection | None:
    """The introspection of an operation; None when nothing is asked. Raises RequestRefused past the limits."""
    if not asked:
        return None
    reading = _Reading(fragments, limits)
    for field in asked:
        for condition, node in field.places:
            reading.conditions |= condition.variables
            reading.read([node], 0)
    variables = frozenset(reading.arguments | reading.conditions)
    return Introspection(tuple(asked), variables, frozenset(reading.conditions))


def check_nowhere_else(selections: Sequence[Selection]) -> None:
    """Raise RequestRefused where a field below the root, one that returns the root's type, is asked for the schema."""
    for top in selections:
        if any(below.field in INTROSPECTION_FIELDS for below in walk(top.children)):
            message = f"The schema can be asked for at the root of an operation, not below {top.response!r}."
            raise RequestRefused([GraphQLProblem(Code.GRAPHQL_VALIDATION_FAILED, message)])


def meta_fields(places: Iterable[tuple[str, Condition, FieldNode]]) -> list[MetaField]:
    """The introspection fields among those of a root, by response key."""
    found: dict[str, list[tuple[Condition, FieldNode]]] = {}
    for response, condition, node in places:
        if node.name.value in INTROSPECTION_FIELDS:
            found.setdefault(response, []).append((condition, node))
    return [MetaField(key, same[0][1].name.value, tuple(same)) for key, same in found.items()]


class _Reading:
    """Counts selections, and takes note of the variables in them."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], limits: OperationLimits) -> None:
        self.fragments = fragments
        self.limits = limits
        self.count = 0
        self.arguments: set[str] = set()
        self.conditions: set[str] = set()

    def read(self, nodes: Sequence[SelectionNode], depth: int) -> None:
        if depth > self.limits.depth:
            raise exceeded("depth", self.limits.depth, "levels of depth")
        for node in nodes:
            self.count += 1
            if self.count > MAX_INTROSPECTION:
                raise exceeded("introspection", MAX_INTROSPECTION, "selections of introspection")
            self.conditions |= _variables(
                one for one in node.directives or () if one.name.value in CONDITIONS
            )
            if isinstance(node, FieldNode):
                self.arguments |= _variables([node])
            inner = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            selection_set = getattr(inner, "selection_set", None)
            if selection_set is not None:
                self.read(selection_set.selections, depth + 1)


def _variables(nodes: Iterable[FieldNode | DirectiveNode]) -> set[str]:
    """The variables that are arguments of fields or directives as a whole."""
    arguments = (argument for node in nodes for argument in node.arguments or ())
    return {item.value.name.value for item in arguments if isinstance(item.value, VariableNode)}
