"""Which fields a source names itself in its field sets, or needs for the interfaces that its types implement."""

from collections.abc import Iterable, Iterator

from graphql import (
    FieldNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.contexts import setters, takers
from gateway.supergraph.source.model import SourceSchema, SourceType

Coordinate = tuple[str, str]
"""A type's name and a field's."""

_MAX_TOKENS = 1_000
_MAX_DEPTH = 32


class FieldUses:
    """The fields of one source that it names in `@key`, `@provides` and `@requires`, or takes from contexts.

    A field that is named on an interface is named on every type that implements it.
    """

    def __init__(self, schema: SourceSchema) -> None:
        self.schema = schema
        types = schema.types.values()
        fields = [(type_, field) for type_ in types for field in type_.fields.values()]
        self._above = self._interfaces()
        self._in_keys = self._all((type_.name, key.fields.text) for type_ in types for key in type_.keys)
        self._provided = self._all(
            (named(field.type), field.provides.text) for _, field in fields if field.provides
        )
        required = [(type_.name, field.requires.text) for type_, field in fields if field.requires]
        setting = setters(schema.types)
        taken = [
            (type_.name, taker.given.selection)
            for taker in takers(schema.types)
            for type_ in setting.get(taker.given.context, ())
        ]
        self._asked_for = self._all([*required, *taken])

    def in_key(self, used: Coordinate) -> bool:
        """True when a key names the field."""
        return any(written in self._in_keys for written in self._written(used))

    def provided(self, used: Coordinate) -> bool:
        """True when a `@provides` names the field."""
        return any(written in self._provided for written in self._written(used))

    def needed(self, used: Coordinate) -> bool:
        """True when any field set names the field, or an interface of its type has it."""
        return (
            self.in_key(used)
            or self.provided(used)
            or any(written in self._asked_for for written in self._written(used))
            or used in self._above
        )

    def _written(self, used: Coordinate) -> list[Coordinate]:
        """The coordinates by which the source can name a field: on its type, and on that type's interfaces."""
        return [used, *((name, used[1]) for name in self._above.get(used, ()))]

    def _interfaces(self) -> dict[Coordinate, list[str]]:
        """For each field that interfaces of its type have too: these interfaces."""
        types = self.schema.types
        found: dict[Coordinate, list[str]] = {}
        for type_ in types.values():
            for interface in (types[name] for name in type_.interfaces if name in types):
                for field in interface.fields:
                    found.setdefault((type_.name, field), []).append(interface.name)
        return found

    def _all(self, field_sets: Iterable[tuple[str, str]]) -> frozenset[Coordinate]:
        """The fields that field sets name, each given as the type's name that it starts from, and its text."""
        found: set[Coordinate] = set()
        for type_name, text in field_sets:
            selections = selections_of(text)
            if selections:
                found.update(self._selected(selections, self.schema.types.get(type_name), 0))
        return frozenset(found)

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
                yield (on.name, node.name.value)
                field = on.fields.get(node.name.value)
                if node.selection_set and field:
                    yield from self._selected(
                        node.selection_set, self.schema.types.get(named(field.type)), depth + 1
                    )


def selections_of(text: str) -> SelectionSetNode | None:
    """A field set's selections; None for one that does not parse, which a rule on the source alone tells."""
    bare = text.strip(" \t\r\n,\ufeff")
    bare = bare if bare.startswith("{") else "{" + bare + "}"
    try:
        definition = parse(bare, no_location=True, max_tokens=_MAX_TOKENS).definitions[0]
    except (GraphQLError, RecursionError):
        return None
    return definition.selection_set if isinstance(definition, OperationDefinitionNode) else None
