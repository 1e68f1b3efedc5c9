"""A source's text made whole: the federation's definitions added, each extended type defined, one schema.

What is left to check is plain GraphQL then.
"""

from collections.abc import Iterator, Mapping, Sequence

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    parse,
)
from graphql.language import (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
)

from gateway.supergraph.source.names import Names
from gateway.supergraph.source.specification import BUILT_IN_SCALARS
from gateway.supergraph.source.syntax import TypeNodes

_DEFINITIONS: dict[str, type[TypeDefinitionNode]] = {
    "object": ObjectTypeDefinitionNode,
    "interface": InterfaceTypeDefinitionNode,
    "union": UnionTypeDefinitionNode,
    "enum": EnumTypeDefinitionNode,
    "input": InputObjectTypeDefinitionNode,
    "scalar": ScalarTypeDefinitionNode,
}


def complete(
    document: DocumentNode, names: Names, narrowed: Mapping[str, DirectiveDefinitionNode]
) -> DocumentNode:
    """The document with the federation's definitions in place of those that repeat them, each type defined.

    `narrowed`: directives of which the source defines less than the federation does.
    """
    own = [node for node in document.definitions if not _repeats(node, names)]
    return DocumentNode(definitions=(*_federation(names, narrowed), *each_defined(own)), loc=document.loc)


def _repeats(node: DefinitionNode, names: Names) -> bool:
    if isinstance(node, DirectiveDefinitionNode):
        return node.name.value in names.directives
    if isinstance(node, TypeNodes):
        return names.is_machinery(node.name.value) or node.name.value in BUILT_IN_SCALARS
    return False


def _federation(names: Names, narrowed: Mapping[str, DirectiveDefinitionNode]) -> Iterator[DefinitionNode]:
    for called, known in names.directives.items():
        yield narrowed.get(called) or known.definition(called, names.types)
    scalars = [f"scalar {name}" for meaning, name in names.types.items() if meaning != "link__Purpose"]
    purpose = names.types.get("link__Purpose")
    enum = [f"enum {purpose} {{ SECURITY EXECUTION }}"] if purpose else []
    types = "\n".join([*dict.fromkeys(scalars), *enum])
    if types:
        yield from parse(types, no_location=True).definitions
    yield from parse(_MACHINERY, no_location=True).definitions


_MACHINERY = """
scalar _Any
scalar _Entity
scalar _Service
"""


def each_defined(nodes: Sequence[DefinitionNode]) -> Iterator[DefinitionNode]:
    """The nodes, where the first extension of a type that is defined nowhere stands as its definition."""
    defined = {node.name.value for node in nodes if isinstance(node, TypeDefinitionNode)}
    has_schema = any(isinstance(node, SchemaDefinitionNode) for node in nodes)
    for node in nodes:
        if isinstance(node, TypeExtensionNode) and node.name.value not in defined:
            defined.add(node.name.value)
            yield _as_definition(node)
        elif isinstance(node, SchemaExtensionNode) and not has_schema:
            has_schema = True
            yield _as_schema(node)
        else:
            yield node


def _as_schema(node: SchemaExtensionNode) -> SchemaDefinitionNode:
    return SchemaDefinitionNode(
        directives=node.directives, operation_types=node.operation_types or (), loc=node.loc
    )


def _as_definition(node: TypeExtensionNode) -> TypeDefinitionNode:
    parts = {name: getattr(node, name) for name in node.keys if name != "loc"}
    return _DEFINITIONS[node.kind.split("_")[0]](**parts, loc=node.loc)
