"""The text of a composed supergraph: bounded, parsed, its definitions by name, and where findings go.

A supergraph file is hostile until checked: every bound here holds before anything is concluded from the text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from graphql import (
    ConstDirectiveNode,
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
    value_from_ast_untyped,
)
from graphql.language import TypeDefinitionNode, TypeExtensionNode

from gateway.errors import ConfigurationError, Finding

MAX_BYTES = 20_000_000
MAX_TOKENS = 1_500_000
MAX_NESTING = 64
MAX_FINDINGS = 100

INVALID = "SUPERGRAPH_INVALID"
UNSUPPORTED = "UNSUPPORTED_FEATURE"
COMPOSE_AGAIN = "compose the supergraph again, and do not edit it by hand"

SchemaNode: TypeAlias = SchemaDefinitionNode | SchemaExtensionNode
Member: TypeAlias = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode


@dataclass(slots=True)
class Report:
    """Collects what is wrong in one file, with places. Full, it raises what it has (ConfigurationError)."""

    file: Path | str
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, message: str, remedy: str, node: Node | None = None) -> None:
        """Add one finding, at the line and column where `node` begins."""
        token = node.loc.start_token if node is not None and node.loc else None
        place = (token.line, token.column) if token else (None, None)
        self.findings.append(Finding(code, message, remedy, self.file, *place))
        if len(self.findings) >= MAX_FINDINGS:
            self.stop()

    def stop(self) -> None:
        """Raise ConfigurationError when anything was found."""
        if self.findings:
            raise ConfigurationError(self.findings)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed supergraph: its schema definition with extensions, its types and its directives by name."""

    schema: tuple[SchemaNode, ...]
    types: Mapping[str, TypeDefinitionNode]
    directives: Mapping[str, DirectiveDefinitionNode]


def read_document(sdl: str, report: Report) -> Document:
    """Parse `sdl` within bounds. Raises ConfigurationError when it is too large, too deep or no SDL."""
    parsed = _parse(sdl, report)
    report.stop()
    assert parsed is not None
    schema: list[SchemaNode] = []
    types: dict[str, TypeDefinitionNode] = {}
    directives: dict[str, DirectiveDefinitionNode] = {}
    extensions: list[TypeExtensionNode] = []
    for node in parsed.definitions:
        if isinstance(node, (SchemaDefinitionNode, SchemaExtensionNode)):
            schema.append(node)
        elif isinstance(node, TypeExtensionNode):
            extensions.append(node)
        elif isinstance(node, (TypeDefinitionNode, DirectiveDefinitionNode)):
            known = types if isinstance(node, TypeDefinitionNode) else directives
            if node.name.value in known:
                report.add(INVALID, f"{node.name.value} is defined twice", COMPOSE_AGAIN, node)
            known[node.name.value] = node  # type: ignore[assignment]  # the map that fits its kind, chosen above
        else:
            report.add(INVALID, "an operation stands in the supergraph", COMPOSE_AGAIN, node)
    for extension in extensions:
        _fold(types, extension, report)
    _check_members(types, report)
    return Document(tuple(schema), types, directives)


def _parse(sdl: str, report: Report) -> DocumentNode | None:
    if len(sdl) > MAX_BYTES or len(sdl.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        report.add(INVALID, f"the supergraph has more than {MAX_BYTES} bytes", "compose a smaller one")
        return None
    try:
        document = parse(sdl, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        at = next(iter(error.locations or ()), None)
        # The parser quotes the string that it met, and a string may be a URL with a password in it.
        message = re.sub(r"(string) .*", r"\1", error.message, flags=re.DOTALL | re.IGNORECASE)
        report.findings.append(
            Finding(INVALID, f"the supergraph does not parse: {message}", COMPOSE_AGAIN, report.file,
                    at.line if at else None, at.column if at else None)
        )  # fmt: skip
        return None
    _check_nesting(document, report)
    return document


_OPENING = frozenset({TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L})
_CLOSING = frozenset({TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R})


def _check_nesting(document: DocumentNode, report: Report) -> None:
    depth = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        if token.kind in _OPENING:
            depth += 1
            if depth > MAX_NESTING:
                report.findings.append(
                    Finding(INVALID, f"the supergraph is nested deeper than {MAX_NESTING} levels", "flatten it",
                            report.file, token.line, token.column)
                )  # fmt: skip
                return
        elif token.kind in _CLOSING:
            depth -= 1
        token = token.next


def _fold(types: dict[str, TypeDefinitionNode], extension: TypeExtensionNode, report: Report) -> None:
    """Fold `extend type T` into the definition of T (GraphQL specification, section 3.4.3 and following)."""
    base = types.get(extension.name.value)
    if base is None or base.kind != extension.kind.replace("_extension", "_definition"):
        report.add(INVALID, f"{extension.name.value} is extended and not defined as the same kind", COMPOSE_AGAIN, extension)  # fmt: skip
        return
    parts = {name: getattr(base, name) for name in base.keys if name != "loc"}
    for name in ("directives", "fields", "interfaces", "types", "values"):
        if name in parts:
            parts[name] = (*(parts[name] or ()), *(getattr(extension, name, None) or ()))
    types[base.name.value] = type(base)(**parts, loc=base.loc)


def _check_members(types: Mapping[str, TypeDefinitionNode], report: Report) -> None:
    """Fields, arguments and values have one definition each."""
    for name, node in types.items():
        _check_unique(name, members(node), report)
        for item in members(node):
            _check_unique(f"{name}.{item.name.value}", getattr(item, "arguments", None) or (), report)


def _check_unique(owner: str, nodes: Iterable[Member], report: Report) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.name.value in seen:
            report.add(INVALID, f"{owner} defines {node.name.value} twice", COMPOSE_AGAIN, node)
        seen.add(node.name.value)


def members(node: TypeDefinitionNode) -> tuple[Member, ...]:
    """The fields, input fields or values that a type defines."""
    return getattr(node, "fields", None) or getattr(node, "values", None) or ()


def applied(node: Node, name: str) -> list["Applied"]:
    """The applications of the directive `name` to `node`, in order."""
    return [Applied(item) for item in getattr(node, "directives", None) or () if item.name.value == name]


def has(node: Node, name: str) -> bool:
    """True when the directive `name` is applied to `node`."""
    return any(item.name.value == name for item in getattr(node, "directives", None) or ())


class Applied:
    """One application of a directive; its arguments are read by what they must be."""

    __slots__ = ("node", "values")

    def __init__(self, node: ConstDirectiveNode) -> None:
        self.node = node
        self.values = {item.name.value: value_from_ast_untyped(item.value) for item in node.arguments or ()}

    def text(self, argument: str) -> str:
        """A string or the name of an enum value; "" when it is missing, null or something else."""
        value = self.values.get(argument)
        return value if isinstance(value, str) else ""

    def says(self, argument: str) -> bool | None:
        """A Boolean; None when it is missing or something else."""
        value = self.values.get(argument)
        return value if isinstance(value, bool) else None
