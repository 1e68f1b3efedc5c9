"""Either kind of schema file: what clients see already, or a composed supergraph, whose public part is meant."""

import re
from collections.abc import Sequence
from typing import Final

from graphql import GraphQLError, GraphQLSchema, build_ast_schema, validate_schema
from graphql.validation import KnownDirectivesRule
from graphql.validation.rules.known_argument_names import KnownArgumentNamesOnDirectivesRule
from graphql.validation.rules.provided_required_arguments import ProvidedRequiredArgumentsOnDirectivesRule
from graphql.validation.specified_rules import specified_sdl_rules
from graphql.validation.validate import validate_sdl

from gateway.errors import ConfigurationError
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.syntax import parse_source

_COMPOSED: Final = re.compile(r'^\s*enum\s+join__Graph\b|"https://specs\.apollo\.dev/join[/"]', re.MULTILINE)
_UNDEFINED_DIRECTIVES: Final = frozenset({
    KnownDirectivesRule, KnownArgumentNamesOnDirectivesRule, ProvidedRequiredArgumentsOnDirectivesRule
})  # fmt: skip
_RULES: Final = tuple(rule for rule in specified_sdl_rules if rule not in _UNDEFINED_DIRECTIVES)
"""Directives may stand in a file that does not define them: clients never see them."""


def read_schema(sdl: str, file: str) -> GraphQLSchema:
    """The schema that clients see. `file` is what findings call it.

    Raises ConfigurationError with every finding: INVALID_GRAPHQL, and for composed SDL what its reader finds.
    """
    if _COMPOSED.search(sdl):
        return read_supergraph(sdl, file).supergraph.schema
    report = Report(SourceText(file, file, sdl))
    document = parse_source(report)
    if document is None:
        raise ConfigurationError(report.told())
    _tell(validate_sdl(document, rules=_RULES), report)
    schema = build_ast_schema(document, assume_valid_sdl=True)
    _tell(validate_schema(schema), report)
    return schema


def _tell(problems: Sequence[GraphQLError], report: Report) -> None:
    for problem in problems:
        node = next(iter(problem.nodes or ()), None)
        report.add("INVALID_GRAPHQL", problem.message[:200], "mend the schema's text", node)
    if report.failed:
        raise ConfigurationError(report.told())
