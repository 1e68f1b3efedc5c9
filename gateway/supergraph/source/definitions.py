"""Definitions in a schema that repeat the federation's own: checked, and kept as far as they say less.

Subgraph libraries print `directive @key(...)` and `scalar _Any` into the schemas that they serve. A repetition may
say less than the specification (optional arguments and locations may be missing, and then are not there to be
used), never something else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    InputValueDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    TypeNode,
    print_ast,
)

from gateway.supergraph.model import Kind
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.specification import BUILT_IN_SCALARS, OF_THE_LANGUAGE, OLDEST, Version
from gateway.supergraph.source.syntax import TypeNodes, kind_of, members, type_nodes
from gateway.supergraph.source.unknown_names import named_type

_DIRECTIVE = "DIRECTIVE_DEFINITION_INVALID"
_TYPE = "TYPE_DEFINITION_INVALID"
_LEAVE_OUT = "leave the definition out: it is known without"
_PURPOSES = frozenset({"SECURITY", "EXECUTION"})
_OF_FIELDS = frozenset({"key", "requires", "provides"})
_FORGIVEN = frozenset({"String", "_FieldSet", "FieldSet"})


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a source defines of the federation's directives. `wrong`: those that contradict the specification.

    `narrowed`: the others, as the specification defines them without what the source leaves out.
    """

    wrong: frozenset[str]
    narrowed: Mapping[str, DirectiveDefinitionNode]


def check_definitions(document: DocumentNode, version: Version, names: Names, report: Report) -> Definitions:
    """Add a finding for each definition of a federation directive or type that contradicts the specification."""
    wrong: set[str] = set()
    narrowed: dict[str, DirectiveDefinitionNode] = {}
    for name, node in _repeated(document, version, names):
        known = names.directives[name]
        specified = known.definition(name, names.types)
        count = len(report.findings)
        if known.name not in OF_THE_LANGUAGE:
            _check_directive(node, specified, report)
        if len(report.findings) > count:
            wrong.add(name)
        else:
            narrowed[name] = _narrowed(specified, node)
    for type_node in type_nodes(document):
        _check_type(type_node, names, report)
    return Definitions(frozenset(wrong), narrowed)


def _repeated(
    document: DocumentNode, version: Version, names: Names
) -> Iterator[tuple[str, DirectiveDefinitionNode]]:
    """The definitions of directives that the specification defines."""
    for node in document.definitions:
        if isinstance(node, DirectiveDefinitionNode) and node.name.value in names.directives:
            meaning = names.directives[node.name.value].name
            if version >= OLDEST or meaning not in _OF_FIELDS or not _is_forgiven(node):
                yield node.name.value, node


def _is_forgiven(node: DirectiveDefinitionNode) -> bool:
    """True for what libraries of Federation 1 printed, and says nothing: `fields` that may be left out, or no argument."""
    arguments = node.arguments or ()
    return not arguments or (
        len(arguments) == 1
        and arguments[0].name.value == "fields"
        and print_ast(arguments[0].type) in _FORGIVEN
    )


def _check_type(node: TypeNodes, names: Names, report: Report) -> None:
    name = node.name.value
    expected = _expected_kind(name, names)
    if expected is not None and kind_of(node) is not expected:
        report.add(_TYPE, f"{name} is defined as {kind_of(node).value}, and is {expected.value}",
                   _LEAVE_OUT, node)  # fmt: skip
    elif expected is Kind.ENUM and {item.name.value for item in members(node)} != _PURPOSES:
        report.add(_TYPE, f"{name} has other values than {' and '.join(sorted(_PURPOSES))}", _LEAVE_OUT, node)


def _expected_kind(name: str, names: Names) -> Kind | None:
    if name in BUILT_IN_SCALARS or name == "_Any":
        return Kind.SCALAR
    meaning = next((meaning for meaning, here in names.types.items() if here == name), None)
    if meaning is None:
        return None
    return Kind.ENUM if meaning == "link__Purpose" else Kind.SCALAR


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
    if not _fits(item.type, known.type):
        report.add(_DIRECTIVE, f"the argument {item.name.value} of {called} is {print_ast(item.type)},"
                   f" and must be {print_ast(known.type)}", _LEAVE_OUT, item)  # fmt: skip
    elif not isinstance(item.type, NonNullTypeNode):
        own, specified = _default(item), _default(known)
        if own != specified:
            report.add(_DIRECTIVE, f"the default of {item.name.value} of {called} is {own[:80]}, and must be"
                       f" {specified}", _LEAVE_OUT, item)  # fmt: skip


def _default(item: InputValueDefinitionNode) -> str:
    return print_ast(item.default_value) if item.default_value is not None else "none"


def _fits(own: TypeNode, known: TypeNode) -> bool:
    """True for equal types, where a `!` more is no contradiction, and for what may stand for a scalar."""
    bare = own.type if isinstance(own, NonNullTypeNode) and not isinstance(known, NonNullTypeNode) else own
    return _same(bare, known) or _stands_for(bare, known)


def _same(own: TypeNode, known: TypeNode) -> bool:
    """True for equal types; the federation's scalars go by many names: String, _FieldSet, federation__Scope."""
    here, there = print_ast(own), print_ast(known)
    return here == there or _scalar_at(here) == _scalar_at(there)


def _scalar_at(text: str) -> str:
    """The text of a type with the names of the federation's scalars made one."""
    name = text.strip("[]!")
    own = name in {"String", "_FieldSet", "FieldSet", "Scope", "Policy", "Import"} or "__" in name
    return text.replace(name, "*") if own else text


def _stands_for(own: TypeNode, known: TypeNode) -> bool:
    """True where `own` has text, or lists of it, in place of a scalar of the federation's."""
    if isinstance(known, ListTypeNode):
        return isinstance(own, ListTypeNode) and _stands_for(own.type, known.type)
    if isinstance(known, NonNullTypeNode):
        return isinstance(own, NonNullTypeNode) and _stands_for(own.type, known.type)
    name = named_type(known).name.value
    return name not in BUILT_IN_SCALARS and named_type(own).name.value in {"String", name}


def _narrowed(specified: DirectiveDefinitionNode, own: DirectiveDefinitionNode) -> DirectiveDefinitionNode:
    """As it is specified, without the arguments and locations that the source leaves out."""
    allowed = {item.value for item in specified.locations}
    given = {item.name.value: item for item in own.arguments or ()}
    return DirectiveDefinitionNode(
        name=specified.name,
        arguments=tuple(
            _as_required(item, given[item.name.value])
            for item in specified.arguments or ()
            if item.name.value in given
        ),
        repeatable=own.repeatable and specified.repeatable,
        locations=tuple(item for item in own.locations if item.value in allowed),
    )


def _as_required(
    specified: InputValueDefinitionNode, own: InputValueDefinitionNode
) -> InputValueDefinitionNode:
    """The argument with the default of the source's own where that makes it one that must be given, or not null."""
    if not isinstance(own.type, NonNullTypeNode):
        return specified
    known = specified.type
    type_ = known if isinstance(known, NonNullTypeNode) else NonNullTypeNode(type=known)  # type: ignore[arg-type] # a list or a name
    return InputValueDefinitionNode(name=specified.name, type=type_, default_value=own.default_value)
