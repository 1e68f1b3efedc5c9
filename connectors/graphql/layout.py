"""A fetch laid out over the source's own schema: which field of which type, in which fragment, under which alias.

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

from connectors.base import FetchKind, FetchSpec, FieldSelection
from connectors.graphql.aliases import Aliases, Claim, Shape

TYPENAME: Final = "__typename"
ENTITY: Final = "_Entity"
"""The union of all entities of a source (Federation's subgraph specification)."""

Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


@dataclass(frozen=True, slots=True)
class Part:
    """One field on some concrete types. `type` is what the source's schema says; `inside`: an object's parts.

    `fragments`: the types whose fragments hold the field; empty: it stands in the selection set itself.
    """

    alias: str
    selection: FieldSelection
    types: frozenset[str]
    type: GraphQLOutputType
    inside: "Layout | None"
    fragments: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Layout:
    """What is asked of one object. `possible`: the concrete types that it can have in this source."""

    parent: Composite
    possible: frozenset[str]
    parts: tuple[Part, ...]

    @property
    def static(self) -> str | None:
        """The object's type where the schema fixes it; else the answer must say it, however few can be expected."""
        return self.parent.name if isinstance(self.parent, GraphQLObjectType) else None


def lay_out_fetch(spec: FetchSpec, schema: GraphQLSchema) -> Layout:
    """Lay a whole fetch out. Raises ValueError when the source does not have what is selected."""
    asked = [composite_type(one.type_name, schema) for one in spec.entities]
    if spec.kind is FetchKind.ENTITIES and len(asked) > 1:
        possible = frozenset[str]().union(*(possible_types(one, schema) for one in asked))
        return _lay_out(spec.selections, composite_type(ENTITY, schema), possible, schema)
    return _lay_out(spec.selections, asked[0], possible_types(asked[0], schema), schema)


def composite_type(name: str, schema: GraphQLSchema) -> Composite:
    """A type that can be selected from, by name. Raises ValueError."""
    found = schema.type_map.get(name)
    if not isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
        raise ValueError(f"the source has no type {name} to select from")
    return found


def possible_types(parent: Composite, schema: GraphQLSchema) -> frozenset[str]:
    """The concrete types that an object of this type can have in the source."""
    if isinstance(parent, GraphQLObjectType):
        return frozenset({parent.name})
    return frozenset(one.name for one in schema.get_possible_types(parent))


def _lay_out(
    selections: Sequence[FieldSelection], parent: Composite, possible: frozenset[str], schema: GraphQLSchema
) -> Layout:
    aliases = Aliases(frozenset({TYPENAME}))
    parts = tuple(
        _part(
            selection,
            types,
            kind,
            _fragments(selection, types, kind, parent, possible, schema),
            schema,
            aliases,
        )
        for selection in selections
        for types, kind in _by_type(selection, selection.types & possible, schema)
    )
    return Layout(parent, possible, parts)


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


def _fragments(
    selection: FieldSelection,
    types: frozenset[str],
    kind: GraphQLOutputType,
    parent: Composite,
    possible: frozenset[str],
    schema: GraphQLSchema,
) -> tuple[str, ...]:
    """Where a field stands: with its parent, else with one interface of exactly these types, else with each type."""
    if types == possible and (selection.field == TYPENAME or _declares(parent, selection, kind)):
        return ()
    if len(types) > 1 and selection.field != TYPENAME:
        for name in sorted(_shared_interfaces(types, schema)):
            shared = schema.type_map[name]
            exact = (
                isinstance(shared, GraphQLInterfaceType)
                and possible_types(shared, schema) & possible == types
            )
            if exact and _declares(shared, selection, kind):
                return (name,)
    return tuple(sorted(types))


def _shared_interfaces(types: frozenset[str], schema: GraphQLSchema) -> set[str]:
    """The interfaces that every one of these types implements."""
    found = [schema.type_map[name] for name in types]
    sets = [{one.name for one in kind.interfaces} for kind in found if isinstance(kind, GraphQLObjectType)]
    return set.intersection(*sets)


def _declares(parent: object, selection: FieldSelection, kind: GraphQLOutputType) -> bool:
    """Whether a type itself says of the field what its concrete types say, arguments included."""
    if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return False
    own = parent.fields.get(selection.field)
    if own is None or str(own.type) != str(kind):
        return False
    # An implementer may take more arguments than its interface knows (GraphQL specification, section 3.7). What
    # no concrete type takes either is left for validation to name.
    return isinstance(parent, GraphQLObjectType) or all(one.name in own.args for one in selection.arguments)


def _part(
    selection: FieldSelection,
    types: frozenset[str],
    kind: GraphQLOutputType,
    fragments: tuple[str, ...],
    schema: GraphQLSchema,
    aliases: Aliases,
) -> Part:
    named = get_named_type(kind)
    inside = None
    if is_composite_type(named):
        below = composite_type(named.name, schema)
        inside = _lay_out(selection.children, below, possible_types(below, schema), schema)
    elif selection.children:
        raise ValueError(f"the source's {selection.field} is a {named.name}, which has no fields")
    shape = _shape(kind, inside)
    if selection.response == TYPENAME and selection.field == TYPENAME:
        return Part(TYPENAME, selection, types, kind, inside, fragments, shape)
    meaning = (
        selection.field,
        selection.arguments,
        selection.directives,
        selection.condition,
        selection.children,
        str(kind),
    )
    claim = Claim(meaning, shape, types if types == frozenset(fragments) else None)
    return Part(aliases.give(selection.response, claim), selection, types, kind, inside, fragments, shape)


def _shape(kind: GraphQLOutputType, inside: Layout | None) -> Shape:
    name = get_named_type(kind).name
    wrapping = str(kind).replace(name, "")
    if inside is None:
        return Shape(wrapping, name)
    return Shape(wrapping, None, tuple((part.alias, part.shape) for part in inside.parts))
