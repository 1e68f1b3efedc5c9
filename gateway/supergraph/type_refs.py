"""Types as fields state them: `[Book!]!`."""

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode

from gateway.supergraph.model import TypeRef

BUILT_IN_SCALARS = frozenset({"Int", "Float", "String", "Boolean", "ID"})


def type_ref(node: TypeNode) -> TypeRef:
    """A type as written, taken apart: the named type, how many lists, the text."""
    lists, inner = 0, node
    while isinstance(inner, (ListTypeNode, NonNullTypeNode)):
        lists += isinstance(inner, ListTypeNode)
        inner = inner.type
    assert isinstance(inner, NamedTypeNode)
    return TypeRef(inner.name.value, lists, type_text(node))


def type_text(node: TypeNode) -> str:
    """A type as written; quicker than printing it as any other syntax tree."""
    if isinstance(node, NonNullTypeNode):
        return type_text(node.type) + "!"
    if isinstance(node, ListTypeNode):
        return f"[{type_text(node.type)}]"
    assert isinstance(node, NamedTypeNode)
    return node.name.value
