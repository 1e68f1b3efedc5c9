"""A fetch laid out over a manifest: which value of the answer makes which field.

References hold keys alone, so an object that is referred to and selected from needs a call of its own
(`Reference.more`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)

from connectors.base import FieldSelection
from connectors.manifest import FieldMapping, Manifest, TypeMapping

TYPENAME: Final = "__typename"
_NO_CODES: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value, or a list of values."""

    path: str
    codes: Mapping[str, str]
    type: GraphQLNamedType
    many: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity known by its key, or a list of such. `more`: what a call of its own must bring."""

    path: str
    codes: Mapping[str, str]
    type_name: str
    key_field: str
    key_type: GraphQLNamedType
    key_selections: tuple[FieldSelection, ...]
    more: "Layout | None"
    many: bool


@dataclass(frozen=True, slots=True)
class Nested:
    """A value that stands inside the answer, or a list of such."""

    path: str
    inside: "Layout"
    many: bool


@dataclass(frozen=True, slots=True)
class TypeName:
    """The object's type, which needs no asking."""


Content: TypeAlias = Leaf | Reference | Nested | TypeName


@dataclass(frozen=True, slots=True)
class Part:
    """One selected field and what makes its value."""

    selection: FieldSelection
    content: Content


@dataclass(frozen=True, slots=True)
class Layout:
    """What is selected of one type."""

    mapping: TypeMapping
    parts: tuple[Part, ...]


class Planner:
    """Lays fetches out for one source."""

    def __init__(self, manifest: Manifest, source_sdl: str) -> None:
        self._types = manifest.types
        self._schema: GraphQLSchema = build_schema(source_sdl, assume_valid=True, assume_valid_sdl=True)

    def entity(self, type_name: str, selections: Sequence[FieldSelection]) -> Layout:
        """What one call about an entity must bring. Raises ValueError when the source cannot be asked for it."""
        mapping = self._types.get(type_name)
        if mapping is None or mapping.get is None:
            raise ValueError(f"the source has no call that brings a {type_name}")
        return self._object(mapping, selections)

    def key_type(self, type_name: str, field: str) -> GraphQLNamedType:
        """The type of a key's field."""
        return self._field_type(type_name, field)

    def _object(self, mapping: TypeMapping, selections: Iterable[FieldSelection]) -> Layout:
        return Layout(
            mapping,
            tuple(
                Part(selection, self._content(mapping, selection))
                for selection in selections
                if mapping.name in selection.types
            ),
        )

    def _content(self, mapping: TypeMapping, selection: FieldSelection) -> Content:
        name = selection.field
        if name == TYPENAME:
            return TypeName()
        kind = self._field_type(mapping.name, name)
        if name in mapping.key:
            return Leaf(mapping.key[name], _NO_CODES, kind, False)
        item = mapping.fields.get(name)
        if item is None or item.column is None:
            raise ValueError(f"the manifest has no place for {mapping.name}.{name}")
        if not isinstance(kind, GraphQLObjectType):
            return Leaf(item.column, item.map, kind, item.many is not None)
        value_type = self._types.get(kind.name)
        if item.references is None and value_type is not None and not value_type.key:
            return Nested(item.column, self._object(value_type, selection.children), item.many is not None)
        return self._reference(item, item.column, kind.name, selection.children)

    def _reference(
        self, item: FieldMapping, path: str, target: str, children: Iterable[FieldSelection]
    ) -> Reference:
        key = self._single_key(target)
        wanted = [child for child in children if target in child.types]
        keys = tuple(child for child in wanted if child.field in (key, TYPENAME))
        others = [child for child in wanted if child.field not in (key, TYPENAME)]
        more = self.entity(target, others) if others else None
        many = item.many is not None
        return Reference(path, item.map, target, key, self._field_type(target, key), keys, more, many)

    def _field_type(self, type_name: str, field: str) -> GraphQLNamedType:
        parent = self._schema.type_map.get(type_name)
        if not isinstance(parent, GraphQLObjectType) or field not in parent.fields:
            raise ValueError(f"the source has no field {type_name}.{field}")
        named: GraphQLNamedType = get_named_type(parent.fields[field].type)
        return named

    def _single_key(self, type_name: str) -> str:
        """The one field by which a reference knows its target: the mapping's key, else the stub's only field."""
        mapping = self._types.get(type_name)
        stub = self._schema.type_map.get(type_name)
        stub_fields = list(stub.fields) if isinstance(stub, GraphQLObjectType) else []
        names = list(mapping.key) if mapping is not None and mapping.key else stub_fields
        if len(names) != 1:
            raise ValueError(f"a reference to {type_name} needs a key of one field")
        return names[0]
