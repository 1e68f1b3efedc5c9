"""Which fields a source names itself in its field sets, or needs for the interfaces that its types implement."""

from collections.abc import Iterator

from graphql import (
    FieldNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema, SourceType

Coordinate = tuple[str, str]
"""A type's name and a field's."""

_MAX_TOKENS = 1_000
_MAX_DEPTH = 32


class FieldUses:
    """The fields of one source that it names in `@key`, `@provides` and `@requires`."""

    def __init__(self, schema: SourceSchema) -> None:
        self.schema = schema
        self.in_keys = frozenset(
            used
            for type_ in schema.types.values()
            for key in type_.keys
            for used in self._fields(key.fields.text, type_.name)
        )
        self.provided = frozenset(
            used
            for type_ in schema.types.values()
            for field in type_.fields.values()
            if field.provides
            for used in self._fields(field.provides.text, named(field.type))
        )
        self.required = frozenset(
            used
            for type_ in schema.types.values()
            for field in type_.fields.values()
            if field.requires
            for used in self._fields(field.requires.text, type_.name)
        )

    def names(self, used: Coordinate) -> bool:
        """True when a field set names the field, or an interface of its type has it."""
        return used in self.in_keys or used in self.provided or used in self.required or self._promised(used)

    def _promised(self, used: Coordinate) -> bool:
        type_ = self.schema.types.get(used[0])
        interfaces = (self.schema.types.get(name) for name in (type_.interfaces if type_ else ()))
        return any(interface is not None and used[1] in interface.fields for interface in interfaces)

    def _fields(self, text: str, type_name: str) -> Iterator[Coordinate]:
        """The fields that a field set names; of an abstract type, also as its concrete types have them."""
        selections = selections_of(text)
        if selections:
            yield from self._selected(selections, self.schema.types.get(type_name), 0)

    def _selected(
        self, selections: SelectionSetNode, on: SourceType | None, depth: int
    ) -> Iterator[Coordinate]:
        if on is None or depth > _MAX_DEPTH:
            return
        for node in selections.selections:
            if isinstance(node, InlineFragmentNode):
                narrowed = node.type_condition
                below = self.schema.types.get(narrowed.name.value) if narrowed else on
                yield from self._selected(node.selection_set, below, depth + 1)
            elif isinstance(node, FieldNode):
                name = node.name.value
                for type_ in (on, *self._implementers(on)):
                    yield (type_.name, name)
                field = on.fields.get(name)
                if node.selection_set and field:
                    below = self.schema.types.get(named(field.type))
                    yield from self._selected(node.selection_set, below, depth + 1)

    def _implementers(self, type_: SourceType) -> Iterator[SourceType]:
        if type_.kind is Kind.INTERFACE:
            yield from (other for other in self.schema.types.values() if type_.name in other.interfaces)


def selections_of(text: str) -> SelectionSetNode | None:
    """A field set's selections; None for one that does not parse, which a rule on the source alone tells."""
    bare = text.strip(" \t\r\n,\ufeff")
    bare = bare if bare.startswith("{") else "{" + bare + "}"
    try:
        definition = parse(bare, no_location=True, max_tokens=_MAX_TOKENS).definitions[0]
    except (GraphQLError, RecursionError):
        return None
    return definition.selection_set if isinstance(definition, OperationDefinitionNode) else None
