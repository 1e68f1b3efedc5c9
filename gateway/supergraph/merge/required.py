"""What `@requires` asks for, in the types of the merged schema."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import FieldNode, InlineFragmentNode, SelectionSetNode

from gateway.supergraph.merge.field_uses import selections_of
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.model import FieldSetText

_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Requirement:
    """A `@requires` of one source: on which field, and its fields in all depths."""

    coordinate: str
    source: str
    given: FieldSetText
    fields: tuple["RequiredField", ...]

    def told(self, merging: Merging) -> str:
        """The requirement for a message."""
        at = merging.sources.told(self.source, self.given.place)
        return f'@requires(fields: "{self.given.text[:80]}") on {self.coordinate} of {at}'


@dataclass(frozen=True, slots=True)
class RequiredField:
    """A field inside a field set, `__typename` too. `type_`: what a fragment makes of the type `met`, whose field it is."""

    met: MergedType
    type_: MergedType
    node: FieldNode

    def __str__(self) -> str:
        return f"{self.type_.name}.{self.name}"

    @property
    def name(self) -> str:
        """The field's name."""
        return self.node.name.value


def requirements(merging: Merging) -> Iterator[Requirement]:
    """Every `@requires` of every source."""
    for type_, field in merging.fields():
        for source, said in field.sources.items():
            selections = selections_of(said.requires.text) if said.requires else None
            if said.requires is not None and selections is not None:
                fields = tuple(_fields(merging, selections, type_, type_, 0))
                yield Requirement(f"{type_.name}.{field.name}", source, said.requires, fields)


def _fields(
    merging: Merging, selections: SelectionSetNode, met: MergedType, type_: MergedType, depth: int
) -> Iterator[RequiredField]:
    types = merging.merged.types
    for node in selections.selections if depth <= _MAX_DEPTH else ():
        if isinstance(node, InlineFragmentNode):
            narrowed = types.get(node.type_condition.name.value) if node.type_condition else type_
            if narrowed is not None:
                yield from _fields(merging, node.selection_set, met, narrowed, depth + 1)
        elif isinstance(node, FieldNode):
            yield RequiredField(met, type_, node)
            field = type_.fields.get(node.name.value)
            returned = types.get(named(field.type)) if field is not None else None
            if returned is not None and node.selection_set is not None:
                yield from _fields(merging, node.selection_set, returned, returned, depth + 1)
