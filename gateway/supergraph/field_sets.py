"""Field sets, the texts of `@key`, `@requires` and `@provides` (Apollo Federation: `FieldSet`).

A key holds plain fields; `@requires` and `@provides` may hold arguments and fragments too. Fragments are flattened:
each field says on which type it is wanted, by the innermost type condition that narrows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
    except GraphQLError:
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


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where fields stand: below `type_name`, inside fragments on `conditions`, which leave the types `here`."""

    type_name: str
    conditions: tuple[str, ...]
    here: frozenset[str]


class _Reader:
    def __init__(self, text: str, shapes: Shapes) -> None:
        self.text = text
        self.shapes = shapes
        self.count = 0

    def fields(self, selections: SelectionSetNode, type_name: str, depth: int) -> FieldSet:
        scope = _Scope(type_name, (), self.shapes.possible(type_name))
        return _merged(list(self._flat(selections, scope, depth)))

    def _flat(self, selections: SelectionSetNode, scope: _Scope, depth: int) -> Iterator[KeyField]:
        _check_depth(depth, self.text)
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode) or node.directives:
                raise ValueError(f"the field set {_shown(self.text)} may not name fragments or directives")
            if isinstance(node, FieldNode):
                yield from self._field(node, scope, depth)
            else:
                assert isinstance(node, InlineFragmentNode)
                yield from self._flat(node.selection_set, self._narrowed(node, scope), depth + 1)

    def _narrowed(self, node: InlineFragmentNode, scope: _Scope) -> _Scope:
        if node.type_condition is None:
            return scope
        name = node.type_condition.name.value
        possible = self.shapes.possible(name)
        if not possible:
            raise ValueError(
                f"the field set {_shown(self.text)} names the type {name[:60]}, which does not exist"
            )
        return _Scope(scope.type_name, (*scope.conditions, name), scope.here & possible)

    def _field(self, node: FieldNode, scope: _Scope, depth: int) -> Iterator[KeyField]:
        if node.alias:
            raise ValueError(f"the field set {_shown(self.text)} may not name aliases")
        name = node.name.value
        arguments = tuple((item.name.value, print_ast(item.value)) for item in node.arguments or ())
        for on in self._conditions(name, scope):
            self.count += 1
            if self.count > _MAX_FIELDS:
                raise ValueError(f"the field set {_shown(self.text)} holds more than {_MAX_FIELDS} fields")
            yield KeyField(name, self._children(node, on or scope.type_name, depth), on, arguments)

    def _conditions(self, field: str, scope: _Scope) -> tuple[str | None, ...]:
        """The type conditions to write before a field: none, else the innermost that says all, else each type."""
        written_on = scope.conditions[-1] if scope.conditions else scope.type_name
        if not self._has(written_on, field):
            raise ValueError(
                f"the field set {_shown(self.text)} names {written_on}.{field}, which does not exist"
            )
        if scope.here == self.shapes.possible(scope.type_name) and self._has(scope.type_name, field):
            return (None,)
        for name in reversed(scope.conditions):
            if self.shapes.possible(name) == scope.here and self._has(name, field):
                return (name,)
        return tuple(sorted(scope.here))

    def _has(self, type_name: str, field: str) -> bool:
        return field == TYPENAME or self.shapes.returns(type_name, field) is not None

    def _children(self, node: FieldNode, owner: str, depth: int) -> FieldSet:
        name = node.name.value
        returned = ("" if name == TYPENAME else self.shapes.returns(owner, name)) or ""
        if bool(self.shapes.possible(returned)) != bool(node.selection_set):
            raise ValueError(f"the field set {_shown(self.text)} is wrong below {owner}.{name}")
        return self.fields(node.selection_set, returned, depth + 1) if node.selection_set else ()


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
