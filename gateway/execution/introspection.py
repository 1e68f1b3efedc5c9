"""Introspection: answered from the schema as this principal could ever see it, without asking a source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    InlineFragmentNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    TypeNode,
    UnionTypeDefinitionNode,
    build_ast_schema,
    execute_sync,
    parse,
)

from connectors.base import Json
from gateway.operation.model import Operation
from gateway.operation.normalise import INTROSPECTION_FIELDS
from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT, Supergraph

_LEAVES = (EnumTypeDefinitionNode, ScalarTypeDefinitionNode, InputObjectTypeDefinitionNode)


@dataclass(frozen=True, slots=True)
class SchemaView:
    """The part of a public schema that may be shown: fields of object types (`Mutation` too), and root lookups."""

    fields: frozenset[tuple[str, str]]
    roots: frozenset[str]


def visible_schema(supergraph: Supergraph, view: SchemaView) -> GraphQLSchema:
    """The public schema without what lies outside the view, and without what only that refers to."""
    definitions = parse(supergraph.sdl).definitions
    kept = {
        name: frozenset(
            field for field in found.fields if any((one, field) in view.fields for one in found.possible)
        )
        for name, found in supergraph.types.items()
        if found.possible
    }
    kept[QUERY_ROOT] = view.roots | kept.get(QUERY_ROOT, frozenset())
    reached = _reached(definitions, kept)
    return build_ast_schema(
        DocumentNode(definitions=tuple(_pruned(definitions, kept, reached))), assume_valid=True
    )


def introspect(schema: GraphQLSchema, operation: Operation, variables: Mapping[str, Json]) -> dict[str, Json]:
    """The answers to the operation's introspection fields, by response key.

    Nothing else of the operation is run: a root field without a value may not be null. Variables of types that
    this principal cannot see belong to other fields.
    """
    definition = operation.definition
    known = [item for item in definition.variable_definitions or () if _named(item.type) in schema.type_map]
    asked = replace(
        definition,
        variable_definitions=tuple(known),
        selection_set=_introspection_alone(definition.selection_set),
    )
    fragments = [
        replace(item, selection_set=_introspection_alone(item.selection_set))
        if item.type_condition.name.value == QUERY_ROOT
        else item
        for item in operation.document.definitions
        if isinstance(item, FragmentDefinitionNode)
    ]
    document = DocumentNode(definitions=(asked, *fragments))
    result = execute_sync(schema, document, variable_values=dict(variables))
    wanted = {item.response for item in operation.selections if item.field in INTROSPECTION_FIELDS}
    return {key: value for key, value in (result.data or {}).items() if key in wanted}


def _introspection_alone(node: SelectionSetNode) -> SelectionSetNode:
    """A selection set of the root without the fields that sources resolve."""
    kept: list[SelectionNode] = []
    for item in node.selections:
        if isinstance(item, InlineFragmentNode):
            kept.append(replace(item, selection_set=_introspection_alone(item.selection_set)))
        elif not isinstance(item, FieldNode) or item.name.value in INTROSPECTION_FIELDS:
            kept.append(item)
    return replace(node, selections=tuple(kept))


def _reached(definitions: tuple[DefinitionNode, ...], kept: Mapping[str, frozenset[str]]) -> set[str]:
    by_name = {
        item.name.value: item
        for item in definitions
        if isinstance(
            item, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, UnionTypeDefinitionNode, *_LEAVES)
        )
    }
    reached: set[str] = set()
    waiting = [QUERY_ROOT, MUTATION_ROOT]
    while waiting:
        name = waiting.pop()
        node = by_name.get(name)
        if node is None or name in reached or (not isinstance(node, _LEAVES) and not _shown(node, kept)):
            continue
        reached.add(name)
        if isinstance(node, UnionTypeDefinitionNode):
            waiting += [member.name.value for member in node.types or ()]
        elif isinstance(node, InputObjectTypeDefinitionNode):
            waiting += [_named(item.type) for item in node.fields or ()]
        elif isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
            waiting += [item.name.value for item in node.interfaces or ()]
            for item in _fields(node, kept):
                waiting += [_named(item.type), *(_named(argument.type) for argument in item.arguments or ())]
    return reached


def _shown(node: DefinitionNode, kept: Mapping[str, frozenset[str]]) -> bool:
    if isinstance(node, UnionTypeDefinitionNode):
        return any(kept.get(member.name.value) for member in node.types or ())
    if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
        return bool(kept.get(node.name.value)) or node.name.value == QUERY_ROOT
    return True


def _fields(
    node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode, kept: Mapping[str, frozenset[str]]
) -> list[FieldDefinitionNode]:
    return [item for item in node.fields or () if item.name.value in kept.get(node.name.value, frozenset())]


def _pruned(
    definitions: tuple[DefinitionNode, ...], kept: Mapping[str, frozenset[str]], reached: set[str]
) -> list[DefinitionNode]:
    result: list[DefinitionNode] = []
    for node in definitions:
        name = getattr(node, "name", None)
        if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
            if node.name.value in reached:
                fields = tuple(item for item in _fields(node, kept) if _is_known(item.type, reached))
                interfaces = tuple(item for item in node.interfaces or () if item.name.value in reached)
                result.append(replace(node, fields=fields, interfaces=interfaces))
        elif isinstance(node, UnionTypeDefinitionNode):
            if node.name.value in reached:
                members = tuple(item for item in node.types or () if item.name.value in reached)
                result.append(replace(node, types=members))
        elif not isinstance(node, _LEAVES) or (name is not None and name.value in reached):
            result.append(node)
    return result


def _is_known(node: TypeNode, reached: set[str]) -> bool:
    return _named(node) in reached or _named(node) in ("Int", "Float", "String", "Boolean", "ID")


def _named(node: TypeNode) -> str:
    inner = getattr(node, "type", None)
    return _named(inner) if inner is not None else str(node.name.value)  # type: ignore[attr-defined] # a named type
