"""INVALID_LINK_DIRECTIVE_USAGE: what is imported is not defined under its full name too, and used by that."""

from collections.abc import Iterator

from graphql import DefinitionNode, DirectiveDefinitionNode, DocumentNode

from gateway.supergraph.source.link_names import USAGE
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.syntax import TypeNodes, elements
from gateway.supergraph.source.unknown_names import references


def check_replaced_names(document: DocumentNode, names: Names, report: Report) -> None:
    """Add a finding for each such definition that is used; one that nothing else uses says nothing."""
    named = [(_name(node), node) for node in document.definitions]
    defined = {name: node for name, node in reversed(named) if name in names.replaced}
    if not defined:
        return
    others = [node for name, node in named if name not in defined]
    used = {*_applied(document), *(node.name.value for node in references(others))}
    for name in sorted(defined.keys() & used):
        called = names.replaced[name]
        report.add(USAGE, f"{name[:80]} is defined and used, and imported as {called[:80]}",
                   f"write {called[:80]} in its place, and leave the definition out", defined[name])  # fmt: skip


def _name(node: DefinitionNode) -> str:
    """What a definition is of, directives with `@`."""
    if isinstance(node, DirectiveDefinitionNode):
        return f"@{node.name.value}"
    return node.name.value if isinstance(node, TypeNodes) else ""


def _applied(document: DocumentNode) -> Iterator[str]:
    for _, node in elements(document):
        for directive in getattr(node, "directives", None) or ():
            yield f"@{directive.name.value}"
