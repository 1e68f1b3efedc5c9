"""The public schema of a deployment: composed, without what nobody can meet, all nullable, labelled and described.

A denial, or a department that is down, must never remove its siblings: so no promise of a source's survives into it
(DESIGN.md, "Unified entity types").
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from graphql import (
    ConstArgumentNode,
    ConstDirectiveNode,
    DefinitionNode,
    DocumentNode,
    FieldDefinitionNode,
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    TypeNode,
    UnionTypeDefinitionNode,
    build_ast_schema,
    parse,
    print_ast,
)
from graphql.language import ConstListValueNode, EnumTypeDefinitionNode, TypeDefinitionNode

from gateway.supergraph.model import QUERY_ROOT, Kind, Label, Type
from gateway.supergraph.source.model import SourceType

ScalarParser = Callable[[object], object]
"""From a client's value to the same or a better one; raises ValueError with the reason when it is none."""

_LABEL_DIRECTIVE = (
    '"""数据的分级与分类 / Level and categories of the data"""\n'
    "directive @label(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT"
)
_N = TypeVar("_N", bound=Node)


def deployment_schema(
    sdl: str,
    types: Mapping[str, Type],
    unified: Mapping[str, SourceType],
    scalars: Mapping[str, ScalarParser],
) -> tuple[GraphQLSchema, str]:
    """The executable schema and its text, from the composed public schema's text."""
    document = parse(sdl, no_location=True)
    kept = [
        _definition(node, types, unified)
        for node in document.definitions
        if not isinstance(node, TypeDefinitionNode) or node.name.value in {QUERY_ROOT, *types}
    ]
    kept.sort(key=lambda node: not (isinstance(node, TypeDefinitionNode) and node.name.value == QUERY_ROOT))
    definitions = (*parse(_LABEL_DIRECTIVE, no_location=True).definitions, *kept)
    whole = DocumentNode(definitions=definitions)
    schema = build_ast_schema(whole)
    for name, parser in scalars.items():
        known = schema.type_map.get(name)
        if isinstance(known, GraphQLScalarType):
            _bind_scalar(known, parser)
    return schema, print_ast(whole).rstrip("\n") + "\n"


def _definition(
    node: DefinitionNode, types: Mapping[str, Type], unified: Mapping[str, SourceType]
) -> DefinitionNode:
    if not isinstance(node, TypeDefinitionNode):
        return node
    name = node.name.value
    own = unified.get(name)
    node = _described(node, own.marks.description if own else "")
    if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        labels = types[name].labels if name in types and types[name].kind is Kind.OBJECT else ()
        interfaces = tuple(item for item in node.interfaces or () if item.name.value in types)
        fields = tuple(_field(item, types.get(name), own) for item in _in_order(node.fields or (), own))
        return _with(node, interfaces=interfaces, fields=fields, directives=_labelled(node, labels))
    if isinstance(node, UnionTypeDefinitionNode):
        return _with(node, types=tuple(item for item in node.types or () if item.name.value in types))
    if isinstance(node, EnumTypeDefinitionNode) and own is not None:
        values = tuple(
            _described(item, own.values[item.name.value].marks.description)
            if item.name.value in own.values
            else item
            for item in node.values or ()
        )
        return _with(node, values=values)
    return node


def _in_order(fields: Iterable[FieldDefinitionNode], own: SourceType | None) -> list[FieldDefinitionNode]:
    """The fields as the unified type has them, then what sources add."""
    order = {name: position for position, name in enumerate(own.fields if own else ())}
    return sorted(fields, key=lambda item: order.get(item.name.value, len(order)))


def _field(node: FieldDefinitionNode, known: Type | None, own: SourceType | None) -> FieldDefinitionNode:
    name = node.name.value
    said = own.fields.get(name) if own else None
    labels = known.fields[name].labels[:1] if known and name in known.fields else ()
    node = _described(node, said.marks.description if said else "")
    return _with(node, type=_nullable(node.type), directives=_labelled(node, labels))


def _nullable(kind: TypeNode) -> NamedTypeNode | ListTypeNode:
    if isinstance(kind, NonNullTypeNode):
        return _nullable(kind.type)
    if isinstance(kind, ListTypeNode):
        return ListTypeNode(type=_nullable(kind.type))
    assert isinstance(kind, NamedTypeNode)
    return kind


def _described(node: _N, text: str) -> _N:
    return _with(node, description=StringValueNode(value=text, block=True)) if text else node


def _labelled(
    node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | FieldDefinitionNode,
    labels: Iterable[Label],
) -> tuple[ConstDirectiveNode, ...]:
    return (*(node.directives or ()), *map(_label, labels))


def _label(label: Label) -> ConstDirectiveNode:
    arguments = [ConstArgumentNode(name=NameNode(value="level"), value=StringValueNode(value=label.level))]
    if label.categories:
        values = tuple(StringValueNode(value=name) for name in sorted(label.categories))
        arguments.append(
            ConstArgumentNode(name=NameNode(value="categories"), value=ConstListValueNode(values=values))
        )
    return ConstDirectiveNode(name=NameNode(value="label"), arguments=tuple(arguments))


def _with(node: _N, **changed: Any) -> _N:  # Any: each node has parts of its own
    """A copy of a node with some of its parts changed."""
    parts = {key: getattr(node, key, None) for key in node.keys if key != "loc"}
    return type(node)(**{**parts, **changed})


def _bind_scalar(scalar: GraphQLScalarType, parser: ScalarParser) -> None:
    """Make the schema's scalar check input by `parser`; its reason reaches the client, its value does not."""

    def coerce(value: object) -> object:
        try:
            return parser(value)
        except ValueError as error:
            raise GraphQLError(f"Invalid {scalar.name}: {error}.") from None

    # Literals reach it too: graphql-core's own parse_literal converts them and calls this.
    scalar.coerce_input_value = coerce
