"""A source's own schema: its Federation SDL with what every subgraph has but need not print."""

from collections.abc import Iterable
from typing import Final

from graphql import (
    DefinitionNode,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    OperationType,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    build_ast_schema,
    parse,
)

_KEY_DIRECTIVES: Final = frozenset({"key", "federation__key"})
_OBJECTS: Final = (ObjectTypeDefinitionNode, ObjectTypeExtensionNode)


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
    named = {
        node.name.value
        for node in whole
        if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
    }
    result: list[DefinitionNode] = []
    for node in whole:
        if (
            isinstance(node, ObjectTypeExtensionNode | InterfaceTypeExtensionNode)
            and node.name.value not in named
        ):
            named.add(node.name.value)
            result.append(_as_definition(node))
        else:
            result.append(node)
    return tuple(result)


def _as_definition(node: ObjectTypeExtensionNode | InterfaceTypeExtensionNode) -> DefinitionNode:
    kind = (
        ObjectTypeDefinitionNode if isinstance(node, ObjectTypeExtensionNode) else InterfaceTypeDefinitionNode
    )
    return kind(
        name=node.name,
        interfaces=node.interfaces,
        directives=node.directives,
        fields=node.fields,
        description=None,
    )


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
    entities = sorted(
        {node.name.value for node in definitions if isinstance(node, _OBJECTS) and _has_key(node)}
    )
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


def _query_name(definitions: Iterable[DefinitionNode]) -> str:
    for node in definitions:
        if isinstance(node, SchemaDefinitionNode | SchemaExtensionNode):
            for operation in node.operation_types or ():
                if operation.operation is OperationType.QUERY:
                    return operation.type.name.value
    return "Query"


def _has_key(node: ObjectTypeDefinitionNode | ObjectTypeExtensionNode) -> bool:
    return any(directive.name.value in _KEY_DIRECTIVES for directive in node.directives or ())
