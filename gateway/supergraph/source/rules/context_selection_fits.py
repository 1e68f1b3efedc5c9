"""CONTEXT_INVALID_SELECTION: each type that sets a context has exactly one value, of the argument's type, to give."""

from collections.abc import Iterator, Sequence

from graphql import (
    FieldNode,
    InlineFragmentNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    SelectionSetNode,
    TypeNode,
    print_ast,
)

from gateway.errors import Finding
from gateway.supergraph.model import TYPENAME, Kind
from gateway.supergraph.source.contexts import Taker, setters, takers
from gateway.supergraph.source.model import FieldSetText, SourceSchema, SourceType
from gateway.supergraph.source.selections import FieldSetError, SourceTypes, parse_selections
from gateway.supergraph.source.types import type_text
from gateway.supergraph.source.unknown_names import named_type
from gateway.supergraph.source.usages import finding

_SHOWN = 80


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find selections that give no value, several, or one of another type."""
    setting = setters(schema.types)
    for taker in takers(schema.types):
        owners = setting.get(taker.given.context, ()) if taker.given.selection else ()
        if owners and taker.owner.kind is Kind.OBJECT:
            try:
                _check(taker, owners, types)
            except FieldSetError as error:
                yield finding(
                    schema,
                    "CONTEXT_INVALID_SELECTION",
                    f"{taker} takes {taker.given.text[:_SHOWN]!r}, which is wrong: {error}",
                    "select one field of the argument's type on each type that sets the context",
                    taker.given.place,
                )


def _check(taker: Taker, owners: Sequence[SourceType], types: SourceTypes) -> None:
    """Raises FieldSetError."""
    selections = parse_selections(taker.given.selection)
    fragments = _fragments(selections)
    if not fragments:
        for owner in owners:
            _check_value(taker, selections, owner, types)
        return
    for name, below in fragments.items():
        if not any(name in types.possible(owner.name) for owner in owners):
            raise FieldSetError(f"no type that sets the context is a {name[:_SHOWN]}")
        _check_value(taker, below, types.by_name[name], types)
    for owner in owners:
        if not types.possible(owner.name) & fragments.keys():
            raise FieldSetError(f"{owner.name} sets the context too, and nothing is selected of it")


def _fragments(selections: SelectionSetNode) -> dict[str, SelectionSetNode]:
    """What is selected on each object type; nothing where one field is selected on all. Raises FieldSetError."""
    nodes = selections.selections
    if nodes and isinstance(nodes[0], FieldNode):
        if len(nodes) > 1:
            raise FieldSetError("more than one field is selected")
        return {}
    found: dict[str, SelectionSetNode] = {}
    for node in nodes:
        if not isinstance(node, InlineFragmentNode):
            raise FieldSetError("it is neither one field nor fragments on types alone")
        if node.directives:
            raise FieldSetError(f"the directive @{node.directives[0].name.value} stands in it")
        if node.type_condition is None or node.type_condition.name.value in found:
            raise FieldSetError("each fragment has to be on a type of its own")
        found[node.type_condition.name.value] = node.selection_set
    return found


def _check_value(taker: Taker, selections: SelectionSetNode, owner: SourceType, types: SourceTypes) -> None:
    chosen = types.chosen(FieldSetText(print_ast(selections), taker.given.place), owner.name)
    unsure = next((item.owner for item in chosen if item.owner.interface_object), None)
    if unsure is not None:
        raise FieldSetError(
            f"{unsure.name} is an interface object here, and does not have the value of its own"
        )
    for item in chosen:
        for argument in item.node.arguments or ():
            if item.field is not None and item.field.arguments[argument.name.value].from_context:
                raise FieldSetError(f"{item} takes {argument.name.value[:_SHOWN]} from a context itself")
    given, wanted = _value_type(selections, owner, types), type_text(taker.argument.type)
    if given is None:
        raise FieldSetError("more than one value, or a fragment, is selected")
    if given != wanted:
        raise FieldSetError(f"it gives {given} of {owner.name}, which may be null, and {wanted} is taken")


def _value_type(selections: SelectionSetNode, owner: SourceType, types: SourceTypes) -> str | None:
    """The type that a selection comes to, where any part may be null; None for fragments and several types."""
    found: set[str | None] = set()
    for node in selections.selections:
        if not isinstance(node, FieldNode):
            return None
        if node.name.value == TYPENAME:
            found.add("String")
            continue
        field = owner.fields[node.name.value]
        returned = types.returned(field)
        inner = (
            _value_type(node.selection_set, returned, types)
            if returned is not None and node.selection_set
            else named_type(field.type).name.value
        )
        found.add(_in_lists(inner, field.type) if inner is not None else None)
    return found.pop() if len(found) == 1 else None


def _in_lists(inner: str, around: TypeNode) -> str:
    if isinstance(around, NonNullTypeNode):
        return _in_lists(inner, around.type)
    if isinstance(around, ListTypeNode):
        return f"[{_in_lists(inner, around.type)}]"
    assert isinstance(around, NamedTypeNode)
    return inner
