"""Names that a schema uses and nobody defines: types and directives.

graphql-core's own rules suggest a name by comparing with every other, without bound. Here names that are alike are
suggested within one, and a federation directive that the schema has not imported.
"""

from collections.abc import Iterable, Iterator

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
)
from graphql.language import TypeDefinitionNode

from gateway.supergraph.source.likeness import Likeness
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.specification import (
    BUILT_IN_SCALARS,
    NEWEST,
    VERSION_1,
    federation_directives,
    later_directives,
)
from gateway.supergraph.source.syntax import SchemaNodes, TypeNodes, elements, members

_LINK_EXAMPLE = (
    'add `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@{name}"])`'
)


def check_known_names(document: DocumentNode, names: Names, report: Report) -> None:
    """Add a finding for every type and directive that is used and not defined."""
    types = {node.name.value for node in document.definitions if isinstance(node, TypeDefinitionNode)}
    types |= BUILT_IN_SCALARS
    likeness = Likeness(types)
    for node in references(document.definitions):
        name = node.name.value
        if name not in types:
            report.add(INVALID, f"the type {name[:80]} is unknown", _type_remedy(name, names, likeness), node)
    _check_directives(document, names, report)


def _type_remedy(name: str, names: Names, likeness: Likeness) -> str:
    if name in names.replaced:
        return f"write {names.replaced[name]}"
    like = likeness.of(name)
    return f"write {like}, or define the type" if like else "define the type, or correct its name"


def references(definitions: Iterable[DefinitionNode]) -> Iterator[NamedTypeNode]:
    """Every type that definitions name: in fields, arguments, unions, as interfaces and as roots."""
    for node in definitions:
        if isinstance(node, SchemaNodes):
            yield from (item.type for item in node.operation_types or ())
        elif isinstance(node, TypeNodes):
            yield from getattr(node, "interfaces", None) or ()
            yield from getattr(node, "types", None) or ()
            for member in members(node):
                if (type_node := getattr(member, "type", None)) is not None:
                    yield named_type(type_node)
                yield from (named_type(item.type) for item in getattr(member, "arguments", None) or ())
        elif isinstance(node, DirectiveDefinitionNode):
            yield from (named_type(item.type) for item in node.arguments or ())


def named_type(node: TypeNode) -> NamedTypeNode:
    """The named type inside lists and `!`."""
    while isinstance(node, (ListTypeNode, NonNullTypeNode)):
        node = node.type
    assert isinstance(node, NamedTypeNode)
    return node


def _check_directives(document: DocumentNode, names: Names, report: Report) -> None:
    known = {node.name.value for node in document.definitions if isinstance(node, DirectiveDefinitionNode)}
    likeness = Likeness(known)
    for coordinate, node in elements(document):
        for directive in getattr(node, "directives", None) or ():
            name = directive.name.value
            if name not in known:
                report.add(INVALID, f"the directive @{name[:80]} on {coordinate[:160]} is unknown",
                           _remedy(name, names, likeness), directive)  # fmt: skip


def _remedy(name: str, names: Names, likeness: Likeness) -> str:
    """How to mend an unknown directive: import it, follow a newer version, or define it."""
    imported = [called for called, known in names.directives.items() if known.name == name]
    if imported:
        return f'write @{imported[0]}, or add "@{name}" to the `import` of the @link to the federation specification'
    if f"@{name}" in names.replaced:
        return f"write {names.replaced[f'@{name}']}, as it is imported"
    specified = federation_directives(NEWEST)
    if name not in specified:
        like = likeness.of(name)
        return f"write @{like}, or define it" if like else "define it, or correct its name"
    if not any(known.name == "shareable" for known in names.directives.values()):
        return "the schema links no federation specification; " + _LINK_EXAMPLE.format(name=name)
    since = next((version for later, version in later_directives(VERSION_1) if later == name), NEWEST)
    return f"link federation v{since[0]}.{since[1]} or newer, and import @{name}"
