"""A fetch laid out over the source's own schema: which field of which type, under which alias.

Printing and reading follow the same layout, so what is asked is what is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from connectors.base import FieldSelection

TYPENAME: Final = "__typename"
Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


@dataclass(frozen=True, slots=True)
class Part:
    """One field on some concrete types. `type` is what the source's schema says; `inside`: an object's parts."""

    alias: str
    selection: FieldSelection
    types: frozenset[str]
    type: GraphQLOutputType
    inside: "Layout | None"


@dataclass(frozen=True, slots=True)
class Layout:
    """What is asked of one object. `possible`: the concrete types that it can have in this source."""

    parent: Composite
    possible: frozenset[str]
    parts: tuple[Part, ...]

    @property
    def static(self) -> str | None:
        """The object's type when it can only be one."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


def lay_out(selections: Sequence[FieldSelection], parent: Composite, schema: GraphQLSchema) -> Layout:
    """Lay selections out below one type. Raises ValueError when the source does not have what is selected."""
    possible = _possible(parent, schema)
    aliases = _Aliases()
    parts = tuple(
        _part(selection, types, kind, schema, aliases)
        for selection in selections
        for types, kind in _by_type(selection, selection.types & possible, schema)
    )
    return Layout(parent, possible, parts)


def composite_type(name: str, schema: GraphQLSchema) -> Composite:
    """A type that can be selected from, by name. Raises ValueError."""
    found = schema.type_map.get(name)
    if not isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
        raise ValueError(f"the source has no type {name} to select from")
    return found


def _possible(parent: Composite, schema: GraphQLSchema) -> frozenset[str]:
    if isinstance(parent, GraphQLObjectType):
        return frozenset({parent.name})
    return frozenset(one.name for one in schema.get_possible_types(parent))


def _by_type(
    selection: FieldSelection, types: Iterable[str], schema: GraphQLSchema
) -> list[tuple[frozenset[str], GraphQLOutputType]]:
    """The concrete types a selection applies to here, by what its field returns on them."""
    found: dict[str, tuple[set[str], GraphQLOutputType]] = {}
    for name in sorted(types):
        kind = _field_type(name, selection.field, schema)
        found.setdefault(str(kind), (set(), kind))[0].add(name)
    return [(frozenset(names), kind) for names, kind in found.values()]


def _field_type(type_name: str, field: str, schema: GraphQLSchema) -> GraphQLOutputType:
    if field == TYPENAME:
        return GraphQLNonNull(GraphQLString)
    parent = schema.type_map[type_name]
    if not isinstance(parent, GraphQLObjectType) or field not in parent.fields:
        raise ValueError(f"the source has no field {type_name}.{field}")
    kind: GraphQLOutputType = parent.fields[field].type  # graphql-core's fields are not typed more closely
    return kind


def _part(
    selection: FieldSelection,
    types: frozenset[str],
    kind: GraphQLOutputType,
    schema: GraphQLSchema,
    aliases: "_Aliases",
) -> Part:
    named = get_named_type(kind)
    inside = None
    if is_composite_type(named):
        inside = lay_out(selection.children, composite_type(named.name, schema), schema)
    elif selection.children:
        raise ValueError(f"the source's {selection.field} is a {named.name}, which has no fields")
    return Part(aliases.give(selection, kind), selection, types, kind, inside)


class _Aliases:
    """Gives each selection of one object its key: its own, unless another one there means something else."""

    def __init__(self) -> None:
        self._meanings: dict[str, tuple[object, ...]] = {}

    def give(self, selection: FieldSelection, kind: GraphQLOutputType) -> str:
        """A key under which nothing else stands."""
        meaning = (selection.field, selection.arguments, selection.condition, selection.children, str(kind))
        alias, number = selection.response, 1
        while self._meanings.setdefault(alias, meaning) != meaning:
            number += 1
            alias = f"{selection.response}_{number}"
        return alias
