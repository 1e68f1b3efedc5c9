"""What an operation asks of the schema itself, for one request's variables: made ready to be read.

CollectFields (GraphQL specification, section 6.3.2), and the coercion of arguments, once for each selection set.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Final, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    SchemaMetaFieldDef,
    SelectionNode,
    TypeMetaFieldDef,
    get_location,
    get_named_type,
    get_nullable_type,
    introspection_types,
)

from connectors.base import Json, Variables
from gateway.errors import Code, GraphQLProblem
from gateway.execution.metafields import INNER, LEAVES, LeafReader, default_value
from gateway.execution.visible import VisibleSchema
from gateway.operation.conditions import condition_of
from gateway.operation.literals import NOT_GIVEN, InvalidLiteral, coerce_literal
from gateway.operation.model import Introspection
from gateway.supergraph.model import TYPENAME

_OBJECT: Final = 3
"""Characters of a JSON object beside its members: brackets, comma."""

_MEMBER: Final = 4
"""Characters of a member of a JSON object beside its key and its value: quotes, colon, comma."""

Entry: TypeAlias = "tuple[str, LeafReader, Below | None]"
"""A response key, what reads the field from a thing, and what is asked below it."""


@dataclass(slots=True)
class Chosen:
    """A selection set. `number`: no other has it. `size`: characters of each answer, its values apart."""

    number: int
    entries: Sequence[Entry]
    size: int
    flawed: bool


@dataclass(slots=True)
class Below:
    """What is asked of the thing, or of each thing of the list, that a field returns.

    `flaw`: the error of each such field, without its path. `flawed`: here or further below there is one.
    """

    chosen: Chosen
    listed: bool
    non_null: bool
    flaw: GraphQLProblem | None
    flawed: bool


def choose(
    shown: VisibleSchema,
    asked: Introspection,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Variables,
) -> Chosen:
    """The selection set of the root, of which only the introspection fields are there."""
    choosing = _Choosing(shown, fragments, variables)
    present = {
        field.response: [node for condition, node in field.places if condition.holds(variables)]
        for field in asked.fields
    }
    return choosing.chosen(
        choosing.root_entry(response, nodes) for response, nodes in present.items() if nodes
    )


class _Choosing:
    def __init__(
        self, shown: VisibleSchema, fragments: Mapping[str, FragmentDefinitionNode], variables: Variables
    ) -> None:
        self.shown = shown
        self.fragments = fragments
        self.variables = variables
        self.numbers = count()
        self.defaults: dict[int, Json] = {}

    def chosen(self, entries: Iterable[Entry]) -> Chosen:
        made = tuple(entries)
        size = _OBJECT + sum(len(response) + _MEMBER for response, _, _ in made)
        flawed = any(below is not None and below.flawed for _, _, below in made)
        return Chosen(next(self.numbers), made, size, flawed)

    def root_entry(self, response: str, nodes: list[FieldNode]) -> Entry:
        if nodes[0].name.value == "__schema":
            below, _ = self._below(nodes, SchemaMetaFieldDef)
            return response, lambda _: self.shown.schema, below
        below, name = self._below(nodes, TypeMetaFieldDef)
        return response, lambda _: self.shown.types.get(name), below

    def _entry(self, response: str, nodes: list[FieldNode], owner: str) -> Entry:
        name = nodes[0].name.value
        if name == TYPENAME:
            return response, lambda _: owner, None
        if name == "defaultValue":
            return response, self._default_value, None
        if name in LEAVES[owner]:
            return response, LEAVES[owner][name], None
        known = introspection_types[owner]
        assert isinstance(known, GraphQLObjectType)
        below, deprecated = self._below(nodes, known.fields[name])
        return response, partial(INNER[owner][name], self.shown, deprecated), below

    def _below(self, nodes: list[FieldNode], field: GraphQLField) -> tuple[Below, Json]:
        """What is asked below a field, and the value of its one argument (False when it has none)."""
        argument: Json = False
        flaw = None
        try:
            argument = self._argument(nodes[0], field)
        except InvalidLiteral as error:
            flaw = _problem(str(error), nodes)
        kind = get_nullable_type(field.type)
        chosen = self._merged(nodes, get_named_type(field.type).name)
        below = Below(
            chosen,
            isinstance(kind, GraphQLList),
            isinstance(field.type, GraphQLNonNull),
            flaw,
            flaw is not None or chosen.flawed,
        )
        return below, argument

    def _argument(self, node: FieldNode, field: GraphQLField) -> Json:
        for given in node.arguments or ():
            value = coerce_literal(given.value, field.args[given.name.value].type, self.variables)
            if value is not NOT_GIVEN:
                return value
        return False

    def _merged(self, nodes: list[FieldNode], owner: str) -> Chosen:
        found: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for node in nodes:
            assert node.selection_set is not None
            self._collect(node.selection_set.selections, found, spread)
        return self.chosen(self._entry(response, same, owner) for response, same in found.items())

    def _collect(
        self, nodes: Sequence[SelectionNode], found: dict[str, list[FieldNode]], spread: set[str]
    ) -> None:
        for node in nodes:
            if not condition_of(node.directives or ()).holds(self.variables):
                continue
            if isinstance(node, FieldNode):
                found.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                self._collect(node.selection_set.selections, found, spread)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                self._collect(self.fragments[node.name.value].selection_set.selections, found, spread)

    def _default_value(self, thing: Any) -> Json:  # Any: a name and its definition, see metafields.py
        """Written once for each definition: that takes far longer than to read any other field."""
        key = id(thing[1])
        if key not in self.defaults:
            self.defaults[key] = default_value(thing)
        return self.defaults[key]


def _problem(message: str, nodes: list[FieldNode]) -> GraphQLProblem:
    places = [get_location(node.loc.source, node.loc.start) for node in nodes if node.loc is not None]
    locations = [(place.line, place.column) for place in places]
    return GraphQLProblem(Code.BAD_USER_INPUT, message, locations=locations)
