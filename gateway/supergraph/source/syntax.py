"""A source's text, parsed within bounds: it is hostile until checked."""

import re
from collections.abc import Iterator

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    InputValueDefinitionNode,
    Node,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TokenKind,
    parse,
)
from graphql.language import TypeDefinitionNode, TypeExtensionNode

from gateway.supergraph.model import Kind
from gateway.supergraph.source.report import INVALID, Report

MAX_CHARACTERS = 10_000_000
MAX_TOKENS = 500_000
MAX_NESTING = 64

_TOO_LONG = "tokens. Parsing aborted."  # how graphql-core ends its error past MAX_TOKENS
_OPENING = frozenset({TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L})
_CLOSING = frozenset({TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R})

TypeNodes = TypeDefinitionNode | TypeExtensionNode
SchemaNodes = SchemaDefinitionNode | SchemaExtensionNode
Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode

_KINDS = {
    "object": Kind.OBJECT,
    "interface": Kind.INTERFACE,
    "union": Kind.UNION,
    "enum": Kind.ENUM,
    "input": Kind.INPUT,
    "scalar": Kind.SCALAR,
}


def parse_source(report: Report) -> DocumentNode | None:
    """The source's text as syntax; None, with a finding, when it is too large, too deep or no schema."""
    sdl = report.source.sdl
    if len(sdl) > MAX_CHARACTERS:
        report.add(
            INVALID, f"the schema has more than {MAX_CHARACTERS} characters", "register a smaller schema"
        )
        return None
    if not sdl.strip("\ufeff \t\r\n"):
        report.add(INVALID, "the schema is empty", "write the types that it has", report.place_at(1, 1))
        return None
    try:
        document = parse(sdl, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        at = next(iter(error.locations or ()), None)
        # The parser quotes the string that it met, and a string may be a URL with a password in it.
        told = re.sub(r"(string) .*", r"\1", error.message, flags=re.DOTALL | re.IGNORECASE)
        place = report.place_at(at.line, at.column) if at else None
        too_long = told.endswith(_TOO_LONG)
        remedy = "register a smaller schema" if too_long else "mend the schema's text"
        report.add(INVALID, f"the schema does not parse: {told.rstrip('.')}", remedy, place)
        return None
    except RecursionError:
        report.add(INVALID, f"the schema is nested deeper than {MAX_NESTING} levels", "flatten it")
        return None
    return document if _shallow(document, report) and _schema_only(document, report) else None


def _shallow(document: DocumentNode, report: Report) -> bool:
    depth = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        if token.kind in _OPENING:
            depth += 1
            if depth > MAX_NESTING:
                place = report.place_at(token.line, token.column)
                report.add(
                    INVALID, f"the schema is nested deeper than {MAX_NESTING} levels", "flatten it", place
                )
                return False
        elif token.kind in _CLOSING:
            depth -= 1
        token = token.next
    return True


def _schema_only(document: DocumentNode, report: Report) -> bool:
    for node in document.definitions:
        if not isinstance(node, (TypeNodes, SchemaNodes, DirectiveDefinitionNode)):
            report.add(INVALID, "an operation or a fragment stands in the schema", "take it out", node)
    return not report.failed


def kind_of(node: TypeNodes) -> Kind:
    """The kind of type that a definition or extension makes."""
    return _KINDS[node.kind.split("_")[0]]


def type_nodes(document: DocumentNode) -> Iterator[TypeNodes]:
    """The definitions and extensions of types, in the order of the text."""
    return (node for node in document.definitions if isinstance(node, TypeNodes))


def schema_nodes(document: DocumentNode) -> Iterator[SchemaNodes]:
    """The definition of the schema and its extensions, in the order of the text."""
    return (node for node in document.definitions if isinstance(node, SchemaNodes))


def members(node: Node) -> tuple[Member, ...]:
    """The fields, input fields or values that a type's definition or extension lists."""
    return tuple(getattr(node, "fields", None) or getattr(node, "values", None) or ())


def elements(document: DocumentNode) -> Iterator[tuple[str, Node]]:
    """Everything that directives can stand on, with its schema coordinate (`T`, `T.f`, `T.f(a:)`)."""
    for node in document.definitions:
        if isinstance(node, SchemaNodes):
            yield "schema", node
        elif isinstance(node, DirectiveDefinitionNode):
            for argument in node.arguments or ():
                yield f"@{node.name.value}({argument.name.value}:)", argument
        elif isinstance(node, TypeNodes):
            yield node.name.value, node
            for member in members(node):
                coordinate = f"{node.name.value}.{member.name.value}"
                yield coordinate, member
                for argument in getattr(member, "arguments", None) or ():
                    yield f"{coordinate}({argument.name.value}:)", argument
