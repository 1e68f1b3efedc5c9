"""A source's own schema: its Federation SDL with what every subgraph has but need not print."""

from collections.abc import Iterable, Mapping
from typing import Final

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    GraphQLError,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    OperationType,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
    build_ast_schema,
    parse,
)

from connectors.graphql.key_names import key_names

_OBJECTS: Final = (ObjectTypeDefinitionNode, ObjectTypeExtensionNode)
_COMPOSITES: Final = (*_OBJECTS, InterfaceTypeDefinitionNode, InterfaceTypeExtensionNode)
_BASES: Final[Mapping[type[DefinitionNode], type[TypeDefinitionNode]]] = {
    EnumTypeExtensionNode: EnumTypeDefinitionNode,
    InputObjectTypeExtensionNode: InputObjectTypeDefinitionNode,
    InterfaceTypeExtensionNode: InterfaceTypeDefinitionNode,
    ObjectTypeExtensionNode: ObjectTypeDefinitionNode,
    ScalarTypeExtensionNode: ScalarTypeDefinitionNode,
    UnionTypeExtensionNode: UnionTypeDefinitionNode,
}


def read_schema(sdl: str) -> GraphQLSchema:
    """The schema that a source answers by, `_entities` included. Raises ValueError when the SDL is none."""
    try:
        definitions = _with_bases(parse(sdl, no_location=True).definitions)
        added = parse(_missing(definitions), no_location=True).definitions
        document = DocumentNode(definitions=(*definitions, *added))
        return build_ast_schema(document, assume_valid=True, assume_valid_sdl=True)
    except (GraphQLError, TypeError) as error:
        raise ValueError(f"the source's schema cannot be read: {error}") from None


def _with_bases(definitions: Iterable[DefinitionNode]) -> tuple[DefinitionNode, ...]:
    """Extensions of types that stand nowhere become the types: the first federation extended what others own."""
    whole = list(definitions)
    named = {node.name.value for node in whole if isinstance(node, TypeDefinitionNode)}
    result: list[DefinitionNode] = []
    for node in whole:
        base = _BASES.get(type(node))
        if base is not None and isinstance(node, TypeExtensionNode) and node.name.value not in named:
            named.add(node.name.value)
            parts = {key: getattr(node, key) for key in node.keys if key not in {"kind", "loc"}}
            result.append(base(**parts))
        else:
            result.append(node)
    return tuple(result)


def _missing(definitions: tuple[DefinitionNode, ...]) -> str:
    """SDL for what the source did not print of the federation's own types and fields."""
    names = {getattr(getattr(node, "name", None), "value", None) for node in definitions}
    query = _query_name(definitions)
    fields = {
        field.name.value
        for node in definitions
        if isinstance(node, _OBJECTS) and node.name.value == query
        for field in node.fields or ()
    }
    entities = _entities(definitions)
    added = {
        "_service": "_service: _Service!",
        "_entities": "_entities(representations: [_Any!]!): [_Entity]!" if entities else "",
    }
    lines = [line for name, line in added.items() if name not in fields and line]
    parts = [
        "scalar _Any" if "_Any" not in names else "",
        "type _Service { sdl: String! }" if "_Service" not in names else "",
        f"union _Entity = {' | '.join(entities)}" if entities and "_Entity" not in names else "",
        f"{'extend ' if query in names else ''}type {query} {{ {' '.join(lines)} }}" if lines else "",
    ]
    return "\n".join(part for part in parts if part) or "scalar _Unused"


def _entities(definitions: tuple[DefinitionNode, ...]) -> list[str]:
    """The members of `_Entity`: objects with a key, and whatever implements an interface that has one."""
    names = key_names(definitions)
    keyed = {
        node.name.value
        for node in definitions
        if isinstance(node, _COMPOSITES) and any(one.name.value in names for one in node.directives or ())
    }
    return sorted(
        {
            node.name.value
            for node in definitions
            if isinstance(node, _OBJECTS)
            and (
                node.name.value in keyed
                or keyed.intersection(one.name.value for one in node.interfaces or ())
            )
        }
    )


def _query_name(definitions: Iterable[DefinitionNode]) -> str:
    for node in definitions:
        if isinstance(node, SchemaDefinitionNode | SchemaExtensionNode):
            for operation in node.operation_types or ():
                if operation.operation is OperationType.QUERY:
                    return operation.type.name.value
    return "Query"
