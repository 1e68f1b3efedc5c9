"""Whether a source's schema is valid GraphQL, with the federation's definitions added to it.

The GraphQL specification, section 3, by graphql-core's rules. Three freedoms are the federation's: a source may
extend a type that it does not define, need not have a query root, and may leave a root type without fields.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence, Set

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLInputField,
    GraphQLSchema,
    Node,
    build_ast_schema,
    visit,
)
from graphql.language import ParallelVisitor
from graphql.utilities import validate_input_literal
from graphql.validation import KnownTypeNamesRule, SDLValidationContext
from graphql.validation.specified_rules import specified_sdl_rules

from gateway.supergraph.schema_checks import SchemaChecks
from gateway.supergraph.source.completing import complete
from gateway.supergraph.source.definitions import Definitions
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.roots import Roots
from gateway.supergraph.source.syntax import TypeNodes, elements, members, type_nodes
from gateway.supergraph.source.unknown_names import check_known_names
from gateway.supergraph.source.values import check_values

MAX_INHERITED = 2_000_000
"""What graphql-core compares when it checks interfaces: quadratic in how many a type implements."""

_MEND = "mend the schema"
_ROOTLESS = "Query root type must be provided."
_UNKNOWN_DIRECTIVE = "Unknown directive"  # told by check_known_names, which knows how to mend it
_RULES = [rule for rule in specified_sdl_rules if rule is not KnownTypeNamesRule]  # check_known_names again


class _Full(Exception):
    """The report takes no more findings, so there is no use in looking for more."""


def check_validity(
    document: DocumentNode, names: Names, definitions: Definitions, roots: Roots, report: Report
) -> None:
    """Add a finding, with its line, for everything that is not valid GraphQL.

    `definitions`: the source's own of the federation's directives. That some are wrong is told already, so that what
    is wrong with their uses is not.
    """
    if not _is_bounded(document, report):
        return
    whole = complete(document, names, definitions.narrowed)
    spans = _Spans(document, definitions.wrong)
    try:
        _check(whole, spans, names, roots, report)
    except _Full:
        return
    except RecursionError:
        report.add(INVALID, "definitions refer to one another in too long a chain", "shorten it")
    except (TypeError, ValueError, GraphQLError) as refused:  # what no rule of SDL looks at
        report.add(INVALID, str(refused)[:500], _MEND)


def _check(whole: DocumentNode, spans: "_Spans", names: Names, roots: Roots, report: Report) -> None:
    count = len(report.findings)
    check_known_names(whole, names, report)
    context = _DocumentContext(whole, None, lambda error: _tell_of_text(error, spans, report))
    visit(whole, ParallelVisitor([rule(context) for rule in _RULES]))
    if len(report.findings) > count:
        return
    schema = build_ast_schema(whole, assume_valid_sdl=True)
    _SourceChecks(schema, roots, report).check()
    check_values(whole, schema, names, spans.names, report)


class _Spans:
    """Where directives of the names `wrong` are applied in a document."""

    def __init__(self, document: DocumentNode, wrong: Set[str]) -> None:
        self.names = wrong
        applied = (
            directive.loc
            for _, node in (elements(document) if wrong else ())
            for directive in getattr(node, "directives", None) or ()
            if directive.name.value in wrong and directive.loc
        )
        self.ends = {loc.start: loc.end for loc in applied}
        self.starts = sorted(self.ends)

    def __contains__(self, node: Node) -> bool:
        at = bisect_right(self.starts, node.loc.start) if node.loc else 0
        return at > 0 and node.loc is not None and node.loc.start < self.ends[self.starts[at - 1]]


class _DocumentContext(SDLValidationContext):
    """Without suggestions, each of which compares a name with every other."""

    @property
    def hide_suggestions(self) -> bool:
        """True."""
        return True


class _SourceChecks(SchemaChecks):
    """The checks of types with the federation's freedoms, and without suggestions."""

    def __init__(self, schema: GraphQLSchema, roots: Roots, report: Report) -> None:
        super().__init__(schema, self._tell_unless_allowed)
        self.roots = roots
        self.report = report

    def _tell_unless_allowed(self, message: str, nodes: Sequence[Node]) -> None:
        if message != _ROOTLESS and not self._is_empty_root(message):
            _tell(message, nodes, self.report)

    def validate_default_value(self, input_value: GraphQLArgument | GraphQLInputField, arg_str: str) -> None:
        """Check a default without suggestions. The names are those of the method that this one replaces."""
        literal = input_value.default.literal if input_value.default else None
        written = input_value.ast_node.default_value if input_value.ast_node else None
        if literal is not None:
            validate_input_literal(
                literal,
                input_value.type,
                lambda error, _: self.report_error(
                    f"the default of {arg_str} is wrong: {error.message}",
                    [node for node in error.nodes or () if node.loc] or written,
                ),
                hide_suggestions=True,
            )

    def _is_empty_root(self, message: str) -> bool:
        return any(message == f"Type {name} must define one or more fields." for name in self.roots.renamed)


def _tell_of_text(error: GraphQLError, spans: _Spans, report: Report) -> None:
    told = error.message.startswith(_UNKNOWN_DIRECTIVE) or any(node in spans for node in error.nodes or ())
    if not told:
        _tell(error.message, error.nodes or (), report)


def _tell(message: str, nodes: Collection[Node], report: Report) -> None:
    """Tell an error at the last of its nodes, and name the places of the others."""
    listed = list(nodes)
    places = [str(report.place(node)) for node in listed[:-1][:3] if node.loc]
    beside = f" (see also {', '.join(dict.fromkeys(places))})" if places else ""
    report.add(INVALID, message[:500].rstrip(".") + beside, _MEND, listed[-1] if listed else None)
    if report.is_full:
        raise _Full


def _is_bounded(document: DocumentNode, report: Report) -> bool:
    """True when checking interfaces takes no more than its bound."""
    implemented: dict[str, int] = {}
    fields: dict[str, int] = {}
    for node in type_nodes(document):
        name = node.name.value
        implemented[name] = implemented.get(name, 0) + len(_interfaces(node))
        fields[name] = fields.get(name, 0) + len(members(node))
    work = sum(
        fields.get(name, 0) + implemented.get(name, 0) * implemented[node.name.value]
        for node in type_nodes(document)
        for name in _interfaces(node)
    )
    if work > MAX_INHERITED:
        report.add(
            INVALID, "types implement too many interfaces that implement others", "make a smaller schema"
        )
    return work <= MAX_INHERITED


def _interfaces(node: TypeNodes) -> list[str]:
    return [item.name.value for item in getattr(node, "interfaces", None) or ()]
