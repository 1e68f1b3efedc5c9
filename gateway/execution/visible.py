"""What introspection shows: the public schema, or the part of it that a principal could ever be allowed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
)

from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT

_WithFields: TypeAlias = GraphQLObjectType | GraphQLInterfaceType
_Kept: TypeAlias = dict[str, dict[str, GraphQLField]]
"""The fields that are left of each object and interface type."""


@dataclass(frozen=True, slots=True)
class VisibleSchema:
    """A schema of which only `types`, and of those with fields only `fields`, are told.

    `key` is equal for all that show the same of one public schema.
    """

    schema: GraphQLSchema
    types: Mapping[str, GraphQLNamedType]
    fields: Mapping[str, Mapping[str, GraphQLField]]
    key: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all can be asked."""
        return not self.fields[QUERY_ROOT] and MUTATION_ROOT not in self.types


def whole_schema(schema: GraphQLSchema) -> VisibleSchema:
    """All of a public schema."""
    return _shown(schema, schema.type_map, {found.name: dict(found.fields) for found in _with_fields(schema)})


def visible_schema(schema: GraphQLSchema, coordinates: frozenset[tuple[str, str]]) -> VisibleSchema:
    """Of a public schema these fields of object types, and what they lead to: a valid schema, if they are any.

    A field is hidden with the type that it returns, an object type without fields, an abstract one without types.
    An interface has the fields that all its visible types have. `Query` alone may be left without any.
    """
    kept = _pruned(schema, coordinates)
    names = _reached(schema, kept)
    types = {name: found for name, found in schema.type_map.items() if name in names}
    return _shown(schema, types, {name: fields for name, fields in kept.items() if name in names})


def _shown(schema: GraphQLSchema, types: Mapping[str, GraphQLNamedType], fields: _Kept) -> VisibleSchema:
    told = "\n".join([*types, "", *(f"{name}.{field}" for name, inner in fields.items() for field in inner)])
    return VisibleSchema(schema, types, fields, sha256(told.encode()).hexdigest())


def _pruned(schema: GraphQLSchema, coordinates: frozenset[tuple[str, str]]) -> _Kept:
    kept = {
        found.name: {
            name: field
            for name, field in found.fields.items()
            if isinstance(found, GraphQLInterfaceType)
            or is_introspection_type(found)
            or (found.name, name) in coordinates
        }
        for found in _with_fields(schema)
    }
    while _hide(schema, kept) or _agree(schema, kept):
        pass
    return kept


def _hide(schema: GraphQLSchema, kept: _Kept) -> bool:
    """Leave out the fields that return hidden types; tells whether there were any."""
    hidden = {name for name, found in schema.type_map.items() if not _is_shown(schema, kept, found)}
    before = _count(kept)
    for owner, fields in kept.items():
        kept[owner] = {
            name: field for name, field in fields.items() if get_named_type(field.type).name not in hidden
        }
    return _count(kept) < before


def _agree(schema: GraphQLSchema, kept: _Kept) -> bool:
    """Leave out of interfaces what one of their visible types does not show; tells whether there was any."""
    before = _count(kept)
    for found in schema.type_map.values():
        if isinstance(found, GraphQLInterfaceType):
            below = [kept[one.name] for one in _below(schema, found) if _is_shown(schema, kept, one)]
            fields = kept[found.name]
            kept[found.name] = {
                name: field for name, field in fields.items() if all(name in one for one in below)
            }
    return _count(kept) < before


def _count(kept: _Kept) -> int:
    return sum(map(len, kept.values()))


def _is_shown(schema: GraphQLSchema, kept: _Kept, found: GraphQLNamedType) -> bool:
    if isinstance(found, GraphQLObjectType):
        return found.name == QUERY_ROOT or bool(kept[found.name])
    if isinstance(found, GraphQLInterfaceType):
        return bool(kept[found.name]) and any(kept[one.name] for one in schema.get_possible_types(found))
    if isinstance(found, GraphQLUnionType):
        return any(kept[one.name] for one in found.types)
    return True


def _reached(schema: GraphQLSchema, kept: _Kept) -> set[str]:
    """The types that the roots, the directives and introspection itself lead to."""
    waiting = [schema.type_map[name] for name in (QUERY_ROOT, MUTATION_ROOT) if name in schema.type_map]
    waiting += filter(is_introspection_type, schema.type_map.values())
    waiting += (get_named_type(each.type) for one in schema.directives for each in one.args.values())
    reached: set[str] = set()
    while waiting:
        found = waiting.pop()
        if found.name not in reached and _is_shown(schema, kept, found):
            reached.add(found.name)
            waiting += _leads_to(schema, kept, found)
    return reached


def _leads_to(schema: GraphQLSchema, kept: _Kept, found: GraphQLNamedType) -> Iterator[GraphQLNamedType]:
    if isinstance(found, GraphQLUnionType):
        yield from found.types
    elif isinstance(found, GraphQLInputObjectType):
        yield from (get_named_type(one.type) for one in found.fields.values())
    elif isinstance(found, _WithFields):
        yield from found.interfaces
        for field in kept[found.name].values():
            yield get_named_type(field.type)
            yield from (get_named_type(one.type) for one in field.args.values())
    if isinstance(found, GraphQLInterfaceType):
        yield from _below(schema, found)


def _below(schema: GraphQLSchema, found: GraphQLInterfaceType) -> Iterable[_WithFields]:
    """The types that implement an interface, interfaces among them."""
    implementing = schema.get_implementations(found)
    return (*implementing.objects, *implementing.interfaces)


def _with_fields(schema: GraphQLSchema) -> Iterator[_WithFields]:
    return (found for found in schema.type_map.values() if isinstance(found, _WithFields))
