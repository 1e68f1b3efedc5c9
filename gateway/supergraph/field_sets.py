"""Field sets, the texts of `@key`, `@requires` and `@provides` (Apollo Federation: `FieldSet`).

A key holds plain fields; `@requires` and `@provides` may hold arguments and fragments too. Fragments are flattened:
each field says on which type it is wanted, by the innermost type condition that narrows.
"""

from collections.abc import Iterator
from typing import Protocol

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    print_ast,
)

from gateway.supergraph.model import TYPENAME, FieldSet, KeyField

_MAX_TOKENS = 1_000
_MAX_DEPTH = 16
_MAX_FIELDS = 1_000
_SHOWN = 80


class Shapes(Protocol):
    """What reading a field set asks of the types around it."""

    def possible(self, type_name: str) -> frozenset[str]:
        """The concrete types of a type; empty for a type that does not exist."""
        ...

    def returns(self, type_name: str, field: str) -> str | None:
        """The name of the type that a field returns; None when there is no such field."""
        ...


def parse_field_set(text: str) -> FieldSet:
    """A key (`"id owner { id }"`). Raises ValueError for anything that is more than fields."""
    return _plain(_selections(text), text, 1)


def read_field_set(text: str, type_name: str, shapes: Shapes) -> FieldSet:
    """A field set on `type_name`, its fragments flattened. Raises ValueError when it does not fit the types."""
    return _Reader(text, shapes).fields(_selections(text), type_name, 1)


def _selections(text: str) -> SelectionSetNode:
    """The selections of a field set, also of one that its source wrote with braces of its own."""
    bare = text.strip(" \t\r\n,\ufeff")
    try:
        document = parse(
            bare if bare.startswith("{") else "{" + bare + "}", no_location=True, max_tokens=_MAX_TOKENS
        )
    except (GraphQLError, RecursionError):
        raise ValueError(f"the field set {_shown(text)} does not parse") from None
    definition = document.definitions[0]
    if len(document.definitions) != 1 or not isinstance(definition, OperationDefinitionNode):
        raise ValueError(f"the field set {_shown(text)} is not a set of fields")
    return definition.selection_set


def _plain(selections: SelectionSetNode, text: str, depth: int) -> FieldSet:
    _check_depth(depth, text)
    fields = []
    for node in selections.selections:
        if not isinstance(node, FieldNode) or node.arguments or node.alias or node.directives:
            raise ValueError(f"the field set {_shown(text)} may hold plain fields alone")
        children = _plain(node.selection_set, text, depth + 1) if node.selection_set else ()
        fields.append(KeyField(node.name.value, children))
    return _merged(fields)


class _Reader:
    def __init__(self, text: str, shapes: Shapes) -> None:
        self.text = text
        self.shapes = shapes
        self.count = 0

    def fields(self, selections: SelectionSetNode, type_name: str, depth: int) -> FieldSet:
        return _merged(list(self._flat(selections, type_name, None, depth)))

    def _flat(
        self, selections: SelectionSetNode, type_name: str, on: str | None, depth: int
    ) -> Iterator[KeyField]:
        """The fields below `type_name`, narrowed to `on` (None: not narrowed)."""
        _check_depth(depth, self.text)
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode) or node.directives:
                raise ValueError(f"the field set {_shown(self.text)} may not name fragments or directives")
            if isinstance(node, FieldNode):
                yield self._field(node, on or type_name, on, depth)
            else:
                assert isinstance(node, InlineFragmentNode)
                wanted = node.type_condition.name.value if node.type_condition else on or type_name
                for narrow in self._narrowed(type_name, on, wanted):
                    yield from self._flat(node.selection_set, type_name, narrow, depth + 1)

    def _narrowed(self, type_name: str, on: str | None, wanted: str) -> tuple[str | None, ...]:
        """What `... on wanted` leaves of the types there: one name, or every concrete type that both can be."""
        here, condition = self.shapes.possible(on or type_name), self.shapes.possible(wanted)
        if not condition:
            raise ValueError(
                f"the field set {_shown(self.text)} names the type {wanted[:60]}, which does not exist"
            )
        if here <= condition:
            return (on,)
        if condition < here:
            return (wanted,)
        return tuple(sorted(here & condition))

    def _field(self, node: FieldNode, owner: str, on: str | None, depth: int) -> KeyField:
        if node.alias:
            raise ValueError(f"the field set {_shown(self.text)} may not name aliases")
        self.count += 1
        if self.count > _MAX_FIELDS:
            raise ValueError(f"the field set {_shown(self.text)} holds more than {_MAX_FIELDS} fields")
        name = node.name.value
        returned = "" if name == TYPENAME else self.shapes.returns(owner, name)
        if returned is None:
            raise ValueError(f"the field set {_shown(self.text)} names {owner}.{name}, which does not exist")
        if bool(self.shapes.possible(returned)) != bool(node.selection_set):
            raise ValueError(f"the field set {_shown(self.text)} is wrong below {owner}.{name}")
        children = self.fields(node.selection_set, returned, depth + 1) if node.selection_set else ()
        arguments = tuple((item.name.value, print_ast(item.value)) for item in node.arguments or ())
        return KeyField(name, children, on, arguments)


def _merged(fields: list[KeyField]) -> FieldSet:
    """In a stable order, the same field named once: `a { b } a { c }` is `a { b c }`."""
    found: dict[tuple[str, str | None, tuple[tuple[str, str], ...]], list[KeyField]] = {}
    for item in fields:
        found.setdefault((item.name, item.on, item.arguments), []).extend(item.children)
    merged = [
        KeyField(name, _merged(children), on, arguments) for (name, on, arguments), children in found.items()
    ]
    return tuple(sorted(merged, key=str))


def _check_depth(depth: int, text: str) -> None:
    if depth > _MAX_DEPTH:
        raise ValueError(f"the field set {_shown(text)} is nested deeper than {_MAX_DEPTH} levels")


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
