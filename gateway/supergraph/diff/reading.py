"""Every form in which a schema is handed on: SDL, an answer to the introspection query, a composed supergraph."""

import re
from collections.abc import Sequence
from typing import Final

from graphql import DefinitionNode, DocumentNode, GraphQLSchema, Node, SchemaExtensionNode, build_ast_schema
from graphql.validation import KnownDirectivesRule
from graphql.validation.rules.known_argument_names import KnownArgumentNamesOnDirectivesRule
from graphql.validation.rules.provided_required_arguments import ProvidedRequiredArgumentsOnDirectivesRule
from graphql.validation.specified_rules import specified_sdl_rules
from graphql.validation.validate import validate_sdl

from gateway.errors import ConfigurationError
from gateway.supergraph.diff.introspected import is_json, sdl_of_introspection
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.schema_checks import SchemaChecks
from gateway.supergraph.source.completing import each_defined
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.syntax import parse_source

_COMPOSED: Final = re.compile(r'^\s*enum\s+join__Graph\b|"https://specs\.apollo\.dev/join[/"]', re.MULTILINE)
_UNDEFINED_DIRECTIVES: Final = frozenset({
    KnownDirectivesRule, KnownArgumentNamesOnDirectivesRule, ProvidedRequiredArgumentsOnDirectivesRule
})  # fmt: skip
_RULES: Final = tuple(rule for rule in specified_sdl_rules if rule not in _UNDEFINED_DIRECTIVES)
"""Directives may stand in a file that does not define them: clients never see them."""
_MEND: Final = "mend the schema's text"


def read_schema(text: str, file: str) -> GraphQLSchema:
    """The schema that clients see. `file` is what findings call it.

    Raises ConfigurationError with every finding: INVALID_GRAPHQL, and for composed SDL what its reader finds.
    """
    if is_json(text):
        return _read_sdl(sdl_of_introspection(text, file), file)
    if _COMPOSED.search(text):
        return read_supergraph(text, file, contexts=True).supergraph.schema
    return _read_sdl(text, file)


def _read_sdl(sdl: str, file: str) -> GraphQLSchema:
    report = Report(SourceText(file, file, sdl))
    parsed = parse_source(report)
    _stop(report)
    assert parsed is not None  # or there was a finding
    document = _whole(parsed)

    def tell(message: str, nodes: Sequence[Node]) -> None:
        report.add(INVALID, message[:200].rstrip("."), _MEND, next(iter(nodes), None))

    for problem in validate_sdl(document, rules=_RULES):
        tell(problem.message, problem.nodes or ())
    _stop(report)
    schema = build_ast_schema(document, assume_valid_sdl=True)
    SchemaChecks(schema, tell).check()
    _stop(report)
    return schema


def _whole(document: DocumentNode) -> DocumentNode:
    """The document of a source that extends what others define, with definitions in their place.

    Its links say nothing to clients, and would hide which types are the roots.
    """
    told = [node for node in document.definitions if not _is_only_linked(node)]
    return DocumentNode(definitions=(*each_defined(told),), loc=document.loc)


def _is_only_linked(node: DefinitionNode) -> bool:
    return isinstance(node, SchemaExtensionNode) and not node.operation_types


def _stop(report: Report) -> None:
    if report.failed:
        raise ConfigurationError(report.told())
