"""Field sets (`@key`, `@requires`, `@provides`) as graphql-core parses them, and what they pick out of a value."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    value_from_ast_untyped,
)

from tests.federation.world import Value, World


def field_set(text: str) -> SelectionSetNode:
    """The selections of a field set, with or without braces around them."""
    text = text.strip()
    [operation] = parse(text if text.startswith("{") else f"{{{text}}}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation.selection_set


@dataclass(frozen=True)
class Reader:
    """How to read an object: one field with its arguments, and the name of its type."""

    field: Callable[[Any, str, Mapping[str, Value]], Value]  # Any: a row or a representation
    type_name: Callable[[Any], str | None]  # Any: as above


def pick(
    selections: SelectionSetNode, value: Value, reader: Reader, possible: Callable[[str], frozenset[str]]
) -> Value:
    """What the selections pick out of a value, keys in the order of the selections.

    `possible` gives the concrete types of a fragment's type. Raises KeyError where the value lacks a field.
    """
    if value is None:
        return None
    if isinstance(value, list):
        return [pick(selections, item, reader, possible) for item in value]
    picked: dict[str, Value] = {}
    for node in fields_of(selections, value, reader, possible):
        name = node.name.value
        arguments = {one.name.value: value_from_ast_untyped(one.value) for one in node.arguments or ()}
        found = reader.type_name(value) if name == "__typename" else reader.field(value, name, arguments)
        if node.selection_set is not None:
            found = pick(node.selection_set, found, reader, possible)
            if isinstance(found, dict) and isinstance(picked.get(name), dict):
                found = {**picked[name], **found}
        picked[name] = found
    return picked


def fields_of(
    selections: SelectionSetNode, value: Value, reader: Reader, possible: Callable[[str], frozenset[str]]
) -> Iterator[FieldNode]:
    """The fields that apply to the value, those of fragments on its type among them."""
    for node in selections.selections:
        assert not isinstance(node, FragmentSpreadNode)
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            if condition is None or reader.type_name(value) in possible(condition.name.value):
                yield from fields_of(node.selection_set, value, reader, possible)


def beyond(
    sets: Sequence[SelectionSetNode], value: Value, reader: Reader, possible: Callable[[str], frozenset[str]]
) -> set[str]:
    """The names of fields, at any depth, that a value holds although none of the field sets names them there."""
    if isinstance(value, list):
        return {name for item in value for name in beyond(sets, item, reader, possible)}
    if not isinstance(value, dict):
        return set()
    inside: dict[str, list[SelectionSetNode]] = {"__typename": []}
    for node in (node for one in sets for node in fields_of(one, value, reader, possible)):
        inside.setdefault(node.name.value, [])
        if node.selection_set is not None:
            inside[node.name.value].append(node.selection_set)
    more = set(value) - set(inside)
    for name in set(value) & set(inside):
        more |= beyond(inside[name], value[name], reader, possible) if inside[name] else set()
    return more


def row_reader(world: World) -> Reader:
    """Reads rows: what a field set picks there is the truth."""
    return Reader(world.value, lambda row: row.get("$type"))


REPRESENTATION = Reader(lambda sent, name, _: sent[name], lambda sent: sent.get("__typename"))
"""Reads representations: arguments were the gateway's affair, a field that was not sent is a KeyError."""
