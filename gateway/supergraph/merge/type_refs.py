"""Types as fields state them: how those of several sources become one.

What a field returns becomes the supertype that all sources' types fit in; what an input takes becomes the
subtype that fits in all. Both are one of the sources' own types: none is made up.
"""

from collections.abc import Iterable

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode

from gateway.supergraph.merge.sources import Hierarchy


def type_text(node: TypeNode) -> str:
    """A type as SDL writes it."""
    if isinstance(node, NonNullTypeNode):
        return type_text(node.type) + "!"
    if isinstance(node, ListTypeNode):
        return f"[{type_text(node.type)}]"
    return named(node)


def named(node: TypeNode) -> str:
    """The name within all lists and non-nulls."""
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    name: str = node.name.value  # type: ignore[attr-defined] # what remains is a NamedTypeNode
    return name


def is_subtype(node: TypeNode, above: TypeNode, hierarchy: Hierarchy, source: str | None = None) -> bool:
    """True when each value of `node` is one of `above` (GraphQL specification, IsValidImplementationFieldType).

    `source` is the one that says `above`, where one does.
    """
    while not isinstance(node, NamedTypeNode) or not isinstance(above, NamedTypeNode):
        if isinstance(node, NonNullTypeNode):
            node, above = node.type, above.type if isinstance(above, NonNullTypeNode) else above
        elif isinstance(node, ListTypeNode) and isinstance(above, ListTypeNode):
            node, above = node.type, above.type
        else:
            return False
    return node.name.value == above.name.value or hierarchy.is_subtype(
        node.name.value, above.name.value, source
    )


def output_type(said: Iterable[tuple[str, TypeNode]], hierarchy: Hierarchy) -> TypeNode | None:
    """The type that every source's type fits in, met one after the other; None when two do not fit together."""
    merged: TypeNode | None = None
    merged_by = ""
    for source, node in said:
        if merged is None or is_subtype(merged, node, hierarchy, source):
            merged, merged_by = node, source
        elif not is_subtype(node, merged, hierarchy, merged_by):
            return None
    return merged


_FLAT = Hierarchy({})
"""Of what clients send nothing has subtypes by name."""


def takes(node: TypeNode, given: TypeNode) -> bool:
    """True when an input of the type `node` takes every value of the type `given`."""
    return is_subtype(given, node, _FLAT)


def input_type(nodes: Iterable[TypeNode]) -> TypeNode | None:
    """The type that fits in every source's type, met one after the other; None when two do not fit together."""
    merged: TypeNode | None = None
    for node in nodes:
        if merged is None or takes(merged, node):
            merged = node
        elif not takes(node, merged):
            return None
    return merged
