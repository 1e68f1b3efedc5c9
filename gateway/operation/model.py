"""An operation as the later stages see it: plain data, no syntax tree, no client's fragments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLInputType,
    OperationDefinitionNode,
    ValueNode,
)

from connectors.base import ALWAYS, Condition, Json, Variables
from gateway.constraints import Needs
from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.operation.literals import NOT_GIVEN, InvalidLiteral, coerce_literal


class OperationKind(Enum):
    """The kinds of operations (GraphQL specification, section 2.3)."""

    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"

    @property
    def root_type(self) -> str:
        """The name of the public schema's root type for this kind."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a selection; its value is `slot` of the operation, computed for each request."""

    name: str
    slot: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive for sources. `around`: it stands on a fragment; `condition`: where narrower than its selection's."""

    name: str
    arguments: tuple[Argument, ...] = ()
    around: bool = False
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Selection:
    """One field under one response key, for a set of concrete types.

    Fragments are merged in and type conditions are sets; selections that the specification would merge are
    one. `condition` is relative to the parent selection. `turns`: where the field stands among its siblings, as
    (position, condition) of each of its places in the text; the first whose condition holds counts.
    `directives`: those on the field and on the fragments around it, `@skip` and `@include` apart.
    """

    response: str
    field: str
    types: frozenset[str]
    arguments: tuple[Argument, ...] = ()
    condition: Condition = ALWAYS
    children: tuple["Selection", ...] = ()
    turns: tuple[tuple[int, Condition], ...] = ()
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True, slots=True)
class MetaField:
    """`__schema` or `__type` of the root, under one response key: what is asked below it is left as text.

    `places`: where it stands in the text, each with its condition.
    """

    response: str
    field: str
    places: tuple[tuple[Condition, FieldNode], ...]


@dataclass(frozen=True, slots=True)
class Introspection:
    """What an operation asks of the schema itself, and the variables on which the answer depends.

    `conditions`: those of them that decide whether something is there.
    """

    fields: tuple[MetaField, ...]
    variables: frozenset[str]
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument's value comes from: the text in the operation, and the type it must have."""

    node: ValueNode
    type: GraphQLInputType

    def value(self, variables: Variables) -> Json:
        """The coerced value, or `NOT_GIVEN` when a variable that is not given stands in its place.

        Raises InvalidLiteral.
        """
        return coerce_literal(self.node, self.type, variables)


@dataclass(frozen=True, slots=True)
class Operation:
    """A validated operation, normalised. `key` is a hash of text and operation name."""

    key: str
    kind: OperationKind
    name: str | None
    selections: tuple[Selection, ...]
    slots: Mapping[str, Slot]
    needs: Needs
    document: DocumentNode
    definition: OperationDefinitionNode
    condition_variables: frozenset[str] = frozenset()
    introspection: Introspection | None = None
    directives: tuple[Directive, ...] = ()

    def argument_values(self, variables: Variables) -> dict[str, Json]:
        """The value of every slot that has one, by slot name, for one request's coerced variables.

        Raises RequestRefused when a value is given and does not coerce.
        """
        try:
            values = [(name, slot.value(variables)) for name, slot in self.slots.items()]
        except InvalidLiteral as error:
            raise RequestRefused([GraphQLProblem(Code.BAD_USER_INPUT, str(error))]) from None
        return {name: value for name, value in values if value is not NOT_GIVEN}


def walk(selections: tuple[Selection, ...]) -> Iterator[Selection]:
    """Every selection, parents before children."""
    for selection in selections:
        yield selection
        yield from walk(selection.children)
