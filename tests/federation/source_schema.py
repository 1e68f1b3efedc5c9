"""A source's own SDL, read as its server reads it: what it resolves, and what it only names."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    FieldDefinitionNode,
    GraphQLInterfaceType,
    GraphQLSchema,
    GraphQLUnionType,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SchemaExtensionNode,
    SelectionSetNode,
    TypeNode,
    build_ast_schema,
    parse,
)

from tests.federation.field_sets import field_set

Definition: TypeAlias = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

_ON_OPERATIONS = frozenset(
    {"QUERY", "MUTATION", "FIELD", "INLINE_FRAGMENT", "FRAGMENT_SPREAD", "FRAGMENT_DEFINITION"}
)
_MACHINERY = """
scalar _Any
type _Service { sdl: String! }
"""


@dataclass(frozen=True)
class FieldSaid:
    """What a source says of one of its fields. `leaf`: the name of its type, in brackets for a list.

    `overrides`: the source that it takes the field over from; `label`: for which requests alone.
    """

    leaf: str
    external: bool
    requires: SelectionSetNode | None = None
    provides: SelectionSetNode | None = None
    overrides: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class TypeSaid:
    """What a source says of one of its types: `keys` are those by which it finds entities."""

    keys: tuple[SelectionSetNode, ...]
    interface_object: bool
    fields: Mapping[str, FieldSaid]


@dataclass(frozen=True)
class SourceSchema:
    """A source: the schema that it validates requests against, and what its SDL says beyond that.

    `overridden`: the fields for which another source is asked.
    """

    name: str
    sdl: str
    schema: GraphQLSchema
    types: Mapping[str, TypeSaid]
    overridden: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def possible(self, type_name: str) -> frozenset[str]:
        """The concrete types of a type, as this source knows them."""
        known = self.schema.type_map.get(type_name)
        if isinstance(known, GraphQLInterfaceType | GraphQLUnionType):
            return frozenset(one.name for one in self.schema.get_possible_types(known))
        return frozenset({type_name})


def read_sources(subgraphs: Mapping[str, str], labels: Collection[str] = ()) -> dict[str, SourceSchema]:
    """The sources of a case, each knowing for which of its fields another is asked while `labels` are active."""
    read = {name: _read(name, sdl) for name, sdl in subgraphs.items()}
    taken: dict[str, set[tuple[str, str]]] = {name: set() for name in read}
    for source in read.values():
        for type_name, said in source.types.items():
            for name, one in said.fields.items():
                moved = one.label is None or one.label in labels
                asked_no_more = one.overrides if moved else source.name
                if one.overrides in taken and asked_no_more is not None:
                    taken[asked_no_more].add((type_name, name))
    return {
        name: SourceSchema(name, source.sdl, source.schema, source.types, frozenset(taken[name]))
        for name, source in read.items()
    }


def _read(name: str, sdl: str) -> SourceSchema:
    definitions = list(_whole(parse(sdl)))
    types = {
        node.name.value: _type_said(node)
        for node in definitions
        if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
    }
    objects = [node.name.value for node in definitions if isinstance(node, ObjectTypeDefinitionNode)]
    entities = [one for one in objects if types[one].keys]
    extra = _MACHINERY
    if entities:
        extra += f"union _Entity = {' | '.join(entities)}\n"
    root = "_service: _Service!" + (" _entities(representations: [_Any!]!): [_Entity]!" if entities else "")
    extra += f"{'extend type' if 'Query' in objects else 'type'} Query {{ {root} }}"
    document = DocumentNode(definitions=tuple(definitions) + parse(extra).definitions)
    return SourceSchema(name, sdl, build_ast_schema(document, assume_valid_sdl=True), types)


def _whole(document: DocumentNode) -> Iterator[DefinitionNode]:
    """The definitions, an extension of a type that is defined elsewhere (Federation 1) as a definition.

    Of directives those for operations alone: only the SDL's reader looks at the others.
    """
    defined = {
        node.name.value
        for node in document.definitions
        if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
    }
    for node in document.definitions:
        if isinstance(node, ObjectTypeExtensionNode | InterfaceTypeExtensionNode):
            if node.name.value in defined:
                yield node
            else:
                defined.add(node.name.value)
                yield _as_definition(node)
        elif isinstance(node, DirectiveDefinitionNode):
            if not _ON_OPERATIONS.isdisjoint(location.value for location in node.locations):
                yield node
        elif not isinstance(node, SchemaExtensionNode):
            yield node


def _as_definition(node: ObjectTypeExtensionNode | InterfaceTypeExtensionNode) -> Definition:
    kind = (
        ObjectTypeDefinitionNode if isinstance(node, ObjectTypeExtensionNode) else InterfaceTypeDefinitionNode
    )
    return kind(name=node.name, interfaces=node.interfaces, directives=node.directives, fields=node.fields)


def _type_said(node: Definition) -> TypeSaid:
    keys = [one for one in _directives(node, "key") if _argument(one, "resolvable") is not False]
    named = [field_set(str(_argument(one, "fields"))) for one in _directives(node, "key")]
    key_fields = {selection.name.value for one in named for selection in one.selections}  # type: ignore[attr-defined]  # keys have no fragments
    outside = bool(list(_directives(node, "external")))
    fields = {one.name.value: _field_said(one, key_fields, outside) for one in node.fields or ()}
    return TypeSaid(
        tuple(field_set(str(_argument(one, "fields"))) for one in keys),
        bool(list(_directives(node, "interfaceObject"))),
        fields,
    )


def _field_said(node: FieldDefinitionNode, key_fields: set[str], outside: bool) -> FieldSaid:
    def said(directive: str, argument: str) -> str | None:
        found = [_argument(one, argument) for one in _directives(node, directive)]
        return str(found[0]) if found and found[0] is not None else None

    requires, provides = said("requires", "fields"), said("provides", "fields")
    return FieldSaid(
        _leaf(node.type),
        (outside or bool(list(_directives(node, "external")))) and node.name.value not in key_fields,
        field_set(requires) if requires else None,
        field_set(provides) if provides else None,
        said("override", "from"),
        said("override", "label"),
    )


def _leaf(node: TypeNode) -> str:
    if isinstance(node, NonNullTypeNode):
        return _leaf(node.type)
    if isinstance(node, ListTypeNode):
        return f"[{_leaf(node.type)}]"
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def _directives(node: Definition | FieldDefinitionNode, name: str) -> Iterator[ConstDirectiveNode]:
    for one in node.directives or ():
        if one.name.value.split("__")[-1] == name:
            yield one


def _argument(node: ConstDirectiveNode, name: str) -> str | bool | None:
    for one in node.arguments or ():
        if one.name.value == name:
            value: str | bool = getattr(one.value, "value", "")
            return value
    return None
