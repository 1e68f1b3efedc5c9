"""Reading the schema of one source: text → links → names → valid GraphQL → `SourceSchema`."""

from graphql import DirectiveDefinitionNode, DocumentNode

from gateway.errors import Finding
from gateway.supergraph.source.contexts import check_bounds
from gateway.supergraph.source.definitions import check_definitions
from gateway.supergraph.source.links import federation_version, link_directive, read_links
from gateway.supergraph.source.marks import arguments, read_marks
from gateway.supergraph.source.model import Marks, SourcePlace, SourceSchema, SourceText
from gateway.supergraph.source.names import Names, names_of
from gateway.supergraph.source.replaced_names import check_replaced_names
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.roots import read_roots
from gateway.supergraph.source.syntax import parse_source, schema_nodes
from gateway.supergraph.source.types import read_arguments, read_types
from gateway.supergraph.source.validity import check_validity


def read_source(text: SourceText, findings: list[Finding]) -> SourceSchema | None:
    """Read one source's SDL. What is wrong is added to `findings`; None when anything was.

    A schema without `@link` follows Federation 1; `federation_1.upgrade` then puts it into the words of
    Federation 2, for which the other sources' schemas are needed.
    """
    report = Report(text)
    schema = _read(report)
    findings.extend(report.told())
    return None if report.failed else schema


def _read(report: Report) -> SourceSchema | None:
    document = parse_source(report)
    if document is None:
        return None
    links = read_links(document, report)
    if report.failed:  # what names mean is not known
        return None
    version = federation_version(links)
    names = names_of(links, version, link_directive(document), _defined_directives(document))
    check_replaced_names(document, names, report)
    repeated = check_definitions(document, version, names, report)
    roots = read_roots(document, report)
    check_validity(document, names, repeated, roots, report)
    if report.failed:
        return None
    types = read_types(document, version, names, roots, report)
    check_bounds(types, report)
    defined = _defined_directives(document)
    definitions = {name: node for name, node in defined.items() if name not in names.directives}
    return SourceSchema(
        report.source,
        version,
        types,
        links,
        definitions,
        read_arguments(definitions, version, names, roots, report),
        _composed(document, names, report),
        _schema_marks(document, names, report),
    )


def _defined_directives(document: DocumentNode) -> dict[str, DirectiveDefinitionNode]:
    return {
        node.name.value: node for node in document.definitions if isinstance(node, DirectiveDefinitionNode)
    }


def _schema_marks(document: DocumentNode, names: Names, report: Report) -> Marks | None:
    """What is said of the schema itself, in its definition and its extensions."""
    nodes = [*schema_nodes(document)]
    return read_marks(nodes[0], names, report, nodes[1:]) if nodes else None


def _composed(document: DocumentNode, names: Names, report: Report) -> dict[str, SourcePlace]:
    """The directives that `@composeDirective` names, without `@`."""
    found: dict[str, SourcePlace] = {}
    for node in schema_nodes(document):
        for directive in names.applied(node, "composeDirective"):
            name = arguments(directive).get("name")
            if not isinstance(name, str) or not name.startswith("@"):
                report.add("DIRECTIVE_COMPOSITION_ERROR",
                           f"@composeDirective names {str(name)[:80]!r}, which does not begin with @",
                           'write @composeDirective(name: "@directive")', directive)  # fmt: skip
            else:
                found.setdefault(name.removeprefix("@"), report.place(directive))
    return found
