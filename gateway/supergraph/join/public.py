"""The public schema of a composed supergraph: what clients see and operations are validated against.

It is what Apollo calls the API schema: no machinery of features, nothing `@inaccessible`; descriptions,
`@deprecated`, `@specifiedBy`, `@oneOf` and executable directives stay, composed ones among them (Apollo leaves
those out: nobody could apply what sources were asked to keep).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    FieldDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    ListTypeNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeNode,
    build_ast_schema,
    parse,
    print_schema,
)
from graphql.language import InterfaceTypeDefinitionNode, TypeDefinitionNode

from gateway.supergraph.join.document import COMPOSE_AGAIN, INVALID, MAX_TOKENS, Document, Report, has
from gateway.supergraph.join.features import Features
from gateway.supergraph.model import Supergraph
from gateway.supergraph.schema_checks import SchemaChecks
from gateway.supergraph.type_refs import type_ref

_ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
ROOT_NAMES = frozenset(_ROOTS.values())
_ON_REQUESTS = frozenset(
    (
        "QUERY",
        "MUTATION",
        "SUBSCRIPTION",
        "FIELD",
        "FRAGMENT_DEFINITION",
        "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION",
    )
)
"""The executable locations of directives (GraphQL specification, section 3.13)."""
_LATER = frozenset({"defer", "stream"})
"""Executable directives that change how an answer is delivered: not served yet, so that nobody may ask for them."""
_N = TypeVar("_N", bound=Node)


def read_public_schema(document: Document, features: Features, report: Report) -> tuple[GraphQLSchema, str]:
    """The executable schema and its text, types in order of name. Raises ConfigurationError when it is none."""
    definitions = _PublicPart(document, features).definitions()
    _check_roots(document, definitions, report)
    report.stop()
    try:
        schema = build_ast_schema(DocumentNode(definitions=definitions), assume_valid_sdl=True)
    except (GraphQLError, TypeError) as error:
        report.add(INVALID, f"the schema that clients would see is wrong: {str(error)[:200]}", COMPOSE_AGAIN)
        report.stop()
        raise AssertionError("a finding stops the reading") from None
    _validate(schema, report)
    text = print_schema(schema) + "\n"
    return _built(parse(text, no_location=True, max_tokens=MAX_TOKENS)), text


def directives_for_requests(document: Document, features: Features) -> list[DirectiveDefinitionNode]:
    """The directives for operations that every source defines, by name."""
    return [
        node
        for name, node in _on_requests(document)
        if name not in _LATER and not features.own_directive(name)
    ]


def _on_requests(document: Document) -> list[tuple[str, DirectiveDefinitionNode]]:
    return [
        (name, node)
        for name, node in sorted(document.directives.items())
        if not _ON_REQUESTS.isdisjoint(location.value for location in node.locations)
    ]


def _validate(schema: GraphQLSchema, report: Report) -> None:
    def tell(message: str, nodes: Sequence[Node]) -> None:
        report.add(INVALID, f"the schema that clients would see is wrong: {message[:200]}",
                   COMPOSE_AGAIN, next(iter(nodes), None))  # fmt: skip

    SchemaChecks(schema, tell).check()
    report.stop()


def all_nullable(supergraph: Supergraph) -> Supergraph:
    """The same supergraph with every output field and list item nullable: what is served when a policy is on.

    A denial, or a department that is down, must never remove its siblings (DESIGN.md, "Unified entity types").
    """
    document = parse(supergraph.sdl, no_location=True)
    definitions = tuple(_loosened(node) for node in document.definitions)
    schema = _built(DocumentNode(definitions=definitions))
    return replace(supergraph, schema=schema, sdl=print_schema(schema) + "\n")


def _built(document: DocumentNode) -> GraphQLSchema:
    """The schema of a document known to be valid. It keeps its syntax tree: one without the supergraph's."""
    return build_ast_schema(document, assume_valid=True, assume_valid_sdl=True)


def _loosened(node: DefinitionNode) -> DefinitionNode:
    if not isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
        return node
    return _with(
        node, {"fields": tuple(_with(item, {"type": _nullable(item.type)}) for item in node.fields or ())}
    )


def _nullable(node: TypeNode) -> TypeNode:
    if isinstance(node, NonNullTypeNode):
        return _nullable(node.type)
    if isinstance(node, ListTypeNode):
        return ListTypeNode(type=_nullable(node.type))
    return node


def _check_roots(document: Document, definitions: tuple[DefinitionNode, ...], report: Report) -> None:
    for node in document.schema:
        for root in node.operation_types or ():
            expected = _ROOTS[root.operation.value]
            if root.type.name.value != expected:
                report.add(INVALID, f"the {root.operation.value} root is called {root.type.name.value}",
                           f"compose the supergraph so that it is called {expected}", root)  # fmt: skip
    query = next((node for node in definitions if isinstance(node, ObjectTypeDefinitionNode)
                  and node.name.value == _ROOTS["query"]), None)  # fmt: skip
    if query is None or not query.fields:
        report.add("NO_QUERIES", "the supergraph has no query that clients may ask",
                   "compose it from sources of which one has a Query with accessible fields", query)  # fmt: skip


class _PublicPart:
    """Cuts out of a document what clients see."""

    def __init__(self, document: Document, features: Features) -> None:
        self.document = document
        self.features = features
        self.hidden = {
            name for name, node in document.types.items() if features.own_type(name) or self._is_hidden(node)
        }

    def definitions(self) -> tuple[DefinitionNode, ...]:
        roots = [root for node in self.document.schema for root in node.operation_types or ()
                 if root.type.name.value not in self.hidden]  # fmt: skip
        described = next(
            (node for node in self.document.schema if isinstance(node, SchemaDefinitionNode)), None
        )
        schema = SchemaDefinitionNode(
            description=described.description if described else None,
            operation_types=tuple(roots),
            directives=(),
        )
        kept: list[DefinitionNode] = [schema] if roots else []
        kept += [self._directive(node) for node in self._directives()]
        kept += [
            self._type(node) for name, node in sorted(self.document.types.items()) if name not in self.hidden
        ]
        return tuple(kept)

    def _directives(self) -> list[DirectiveDefinitionNode]:
        """What clients may apply: what all sources define, and what some compose for operations."""
        shared = directives_for_requests(self.document, self.features)
        composed = [
            node
            for name, node in _on_requests(self.document)
            if self.features.custom_directive(name) and not self._takes_hidden(node)
        ]
        return sorted([*shared, *composed], key=lambda node: node.name.value)

    def _takes_hidden(self, node: DirectiveDefinitionNode) -> bool:
        return any(
            type_ref(item.type).name in self.hidden
            for item in node.arguments or ()
            if not self._is_hidden(item)
        )

    def _is_hidden(self, node: Node) -> bool:
        return has(node, self.features.inaccessible)

    def _type(self, node: TypeDefinitionNode) -> TypeDefinitionNode:
        changed: dict[str, Any] = {}  # parts of AST nodes: tuples of nodes of the part's own kind
        for part in ("fields", "values"):
            items = getattr(node, part, None)
            if items:
                changed[part] = tuple(self._member(item) for item in items if not self._is_hidden(item))
        for part in ("interfaces", "types"):
            items = getattr(node, part, None)
            if items:
                changed[part] = tuple(item for item in items if item.name.value not in self.hidden)
        return _with(node, changed)

    def _member(self, node: Node) -> Node:
        if not isinstance(node, FieldDefinitionNode) or not any(map(self._is_hidden, node.arguments or ())):
            return node
        return _with(node, {"arguments": self._accessible(node.arguments or ())})

    def _directive(self, node: DirectiveDefinitionNode) -> DirectiveDefinitionNode:
        return _with(node, {"arguments": self._accessible(node.arguments or ())})

    def _accessible(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(node for node in nodes if not self._is_hidden(node))


def _with(node: _N, changed: dict[str, Any]) -> _N:  # parts of AST nodes: whatever each part holds
    """The node with some of its parts replaced."""
    parts = {name: getattr(node, name) for name in node.keys if name != "loc"}
    return type(node)(**(parts | changed), loc=node.loc)
