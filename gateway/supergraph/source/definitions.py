"""Definitions in a schema that repeat the federation's own: checked, then left out.

Subgraph libraries print `directive @key(...)` and `scalar _Any` into the schemas that they serve. A repetition may
say less than the specification (optional arguments and locations may be missing), never something else.
"""

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    InputValueDefinitionNode,
    NonNullTypeNode,
    TypeNode,
    print_ast,
)

from gateway.supergraph.model import Kind
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.specification import BUILT_IN_SCALARS
from gateway.supergraph.source.syntax import kind_of, type_nodes

_DIRECTIVE = "DIRECTIVE_DEFINITION_INVALID"
_TYPE = "TYPE_DEFINITION_INVALID"
_LEAVE_OUT = "leave the definition out: it is known without"
_ENUMS = frozenset({"link__Purpose"})


def check_definitions(document: DocumentNode, names: Names, report: Report) -> frozenset[str]:
    """Add a finding for each definition of a federation directive or type that contradicts the specification.

    The names of those directives are returned.
    """
    wrong: set[str] = set()
    for node in document.definitions:
        if isinstance(node, DirectiveDefinitionNode) and node.name.value in names.directives:
            specified = names.directives[node.name.value].definition(node.name.value, names.types)
            count = len(report.findings)
            _check_directive(node, specified, report)
            if len(report.findings) > count:
                wrong.add(node.name.value)
    for type_node in type_nodes(document):
        name = type_node.name.value
        expected = _expected_kind(name, names)
        if expected is not None and kind_of(type_node) is not expected:
            report.add(_TYPE, f"{name} is defined as {kind_of(type_node).value}, and is {expected.value}",
                       _LEAVE_OUT, type_node)  # fmt: skip
    return frozenset(wrong)


def _expected_kind(name: str, names: Names) -> Kind | None:
    if name in BUILT_IN_SCALARS or name == "_Any":
        return Kind.SCALAR
    meaning = next((meaning for meaning, here in names.types.items() if here == name), None)
    if meaning is None:
        return None
    return Kind.ENUM if meaning in _ENUMS else Kind.SCALAR


def _check_directive(
    node: DirectiveDefinitionNode, specified: DirectiveDefinitionNode, report: Report
) -> None:
    called = f"@{node.name.value}"
    arguments = {item.name.value: item for item in specified.arguments or ()}
    for item in node.arguments or ():
        known = arguments.pop(item.name.value, None)
        if known is None:
            report.add(_DIRECTIVE, f"the definition of {called} has the argument {item.name.value}, which it must not",
                       _LEAVE_OUT, item)  # fmt: skip
        else:
            _check_argument(called, item, known, report)
    for missing in arguments.values():
        if isinstance(missing.type, NonNullTypeNode):
            report.add(_DIRECTIVE, f"the definition of {called} lacks the argument {missing.name.value}",
                       _LEAVE_OUT, node)  # fmt: skip
    allowed = {item.value for item in specified.locations}
    beyond = [item.value for item in node.locations if item.value not in allowed]
    if beyond:
        report.add(_DIRECTIVE, f"the definition of {called} allows it on {', '.join(beyond)}, which it must not",
                   _LEAVE_OUT, node)  # fmt: skip
    if node.repeatable and not specified.repeatable:
        report.add(_DIRECTIVE, f"the definition of {called} says that it may be repeated, which it may not",
                   _LEAVE_OUT, node)  # fmt: skip


def _check_argument(
    called: str, item: InputValueDefinitionNode, known: InputValueDefinitionNode, report: Report
) -> None:
    if not _same_type(item.type, known.type):
        report.add(_DIRECTIVE, f"the argument {item.name.value} of {called} is {print_ast(item.type)},"
                   f" and must be {print_ast(known.type)}", _LEAVE_OUT, item)  # fmt: skip
    if (
        item.default_value
        and known.default_value
        and print_ast(item.default_value) != print_ast(known.default_value)
    ):
        report.add(_DIRECTIVE, f"the default of {item.name.value} of {called} is {print_ast(item.default_value)[:80]},"
                   f" and must be {print_ast(known.default_value)}", _LEAVE_OUT, item)  # fmt: skip


def _same_type(said: TypeNode, known: TypeNode) -> bool:
    """True for equal types. A `!` more is no contradiction, and String may stand for the federation's own scalars."""
    here, there = print_ast(said), print_ast(known)
    if not there.endswith("!"):
        here = here.removesuffix("!")
    return here == there or _scalar_at(here) == _scalar_at(there)


def _scalar_at(text: str) -> str:
    """The text of a type with the names of the federation's scalars made one: String, _FieldSet, federation__Scope."""
    name = text.strip("[]!")
    own = name in {"String", "_FieldSet", "FieldSet", "Scope", "Policy", "Import"} or "__" in name
    return text.replace(name, "*") if own else text
