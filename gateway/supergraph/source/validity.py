"""Whether a source's schema is valid GraphQL, with the federation's definitions added to it.

The GraphQL specification, section 3, by graphql-core's rules. Two freedoms are the federation's: a source may
extend a type that it does not define, and need not have a query root.
"""

from collections.abc import Iterator

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    GraphQLError,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    build_ast_schema,
    parse,
    validate_schema,
)
from graphql.language import (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
)
from graphql.validation import KnownTypeNamesRule
from graphql.validation.specified_rules import specified_sdl_rules
from graphql.validation.validate import validate_sdl

from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.roots import Roots
from gateway.supergraph.source.specification import BUILT_IN_SCALARS
from gateway.supergraph.source.syntax import TypeNodes
from gateway.supergraph.source.unknown_names import check_known_names
from gateway.supergraph.source.values import check_values

_MEND = "mend the schema"
_ROOTLESS = "Query root type must be provided."
_UNKNOWN_DIRECTIVE = "Unknown directive"  # told by check_known_names, which knows how to mend it
# This rule suggests names by comparing with every other, which a hostile schema makes slow; ours does not.
_RULES = [rule for rule in specified_sdl_rules if rule is not KnownTypeNamesRule]

_DEFINITIONS: dict[str, type[TypeDefinitionNode]] = {
    "object": ObjectTypeDefinitionNode,
    "interface": InterfaceTypeDefinitionNode,
    "union": UnionTypeDefinitionNode,
    "enum": EnumTypeDefinitionNode,
    "input": InputObjectTypeDefinitionNode,
    "scalar": ScalarTypeDefinitionNode,
}


def check_validity(document: DocumentNode, names: Names, roots: Roots, report: Report) -> None:
    """Add a finding, with its line, for everything that is not valid GraphQL."""
    whole = complete(document, names)
    check_known_names(whole, names, report)
    for error in validate_sdl(whole, rules=_RULES):
        if not error.message.startswith(_UNKNOWN_DIRECTIVE):
            _tell(error, report)
    if report.failed:
        return
    try:
        schema = build_ast_schema(whole, assume_valid_sdl=True)
        errors = validate_schema(schema)
        check_values(whole, schema, names, report)
    except RecursionError:  # defaults of input objects that contain one another
        report.add(INVALID, "defaults of input objects contain one another", "take one of the defaults out")
        return
    except (TypeError, ValueError, GraphQLError) as refused:  # what no rule of SDL looks at
        report.add(INVALID, str(refused)[:500], _MEND)
        return
    for error in errors:
        if error.message != _ROOTLESS and not _is_empty_root(error, roots):
            _tell(error, report)


def _tell(error: GraphQLError, report: Report) -> None:
    nodes = error.nodes or []
    places = [str(report.place(node)) for node in nodes[:-1] if node.loc]
    beside = f" (see also {', '.join(dict.fromkeys(places[:3]))})" if places else ""
    report.add(INVALID, error.message.rstrip(".") + beside, _MEND, nodes[-1] if nodes else None)


def _is_empty_root(error: GraphQLError, roots: Roots) -> bool:
    """A root type may be left without fields: libraries print `type Query` and fill it by extensions, or never."""
    return any(error.message == f"Type {name} must define one or more fields." for name in roots.renamed)


def complete(document: DocumentNode, names: Names) -> DocumentNode:
    """The document with the federation's definitions in place of those that repeat them, each type defined."""
    own = [node for node in document.definitions if not _repeats(node, names)]
    return DocumentNode(definitions=(*_federation(names), *_defined(own)), loc=document.loc)


def _repeats(node: DefinitionNode, names: Names) -> bool:
    if isinstance(node, DirectiveDefinitionNode):
        return node.name.value in names.directives
    if isinstance(node, TypeNodes):
        return names.is_machinery(node.name.value) or node.name.value in BUILT_IN_SCALARS
    return False


def _federation(names: Names) -> Iterator[DefinitionNode]:
    for called, known in names.directives.items():
        yield known.definition(called, names.types)
    scalars = [f"scalar {name}" for meaning, name in names.types.items() if meaning != "link__Purpose"]
    purpose = names.types.get("link__Purpose")
    enum = [f"enum {purpose} {{ SECURITY EXECUTION }}"] if purpose else []
    types = "\n".join([*dict.fromkeys(scalars), *enum])
    if types:
        yield from parse(types, no_location=True).definitions
    yield from parse(_MACHINERY, no_location=True).definitions


_MACHINERY = """
scalar _Any
scalar _Entity
scalar _Service
"""


def _defined(nodes: list[DefinitionNode]) -> Iterator[DefinitionNode]:
    """The nodes, where the first extension of a type that is defined nowhere stands as its definition."""
    defined = {node.name.value for node in nodes if isinstance(node, TypeDefinitionNode)}
    has_schema = any(isinstance(node, SchemaDefinitionNode) for node in nodes)
    for node in nodes:
        if isinstance(node, TypeExtensionNode) and node.name.value not in defined:
            defined.add(node.name.value)
            yield _as_definition(node)
        elif isinstance(node, SchemaExtensionNode) and not has_schema:
            has_schema = True
            yield _as_schema(node)
        else:
            yield node


def _as_schema(node: SchemaExtensionNode) -> SchemaDefinitionNode:
    return SchemaDefinitionNode(
        directives=node.directives, operation_types=node.operation_types or (), loc=node.loc
    )


def _as_definition(node: TypeExtensionNode) -> TypeDefinitionNode:
    parts = {name: getattr(node, name) for name in node.keys if name != "loc"}
    return _DEFINITIONS[node.kind.split("_")[0]](**parts, loc=node.loc)
