"""INVALID_GRAPHQL: a default that is no value of its type once sources are merged."""

from collections.abc import Iterator, Mapping

from graphql import (
    EnumValueNode,
    ListTypeNode,
    ListValueNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectValueNode,
    TypeNode,
    ValueNode,
    print_ast,
)

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedInput, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.merge.type_refs import named, type_text
from gateway.supergraph.merge.visibility import arguments
from gateway.supergraph.model import Kind
from gateway.supergraph.source.literals import fits_scalar

CODE = "INVALID_GRAPHQL"
_MAX_DEPTH = 64


def check(merging: Merging) -> Iterator[Finding]:
    """A default suits the merged type: enum values and input fields that some source lacks are gone from it."""
    types = merging.merged.types
    for type_ in types.values():
        for field in type_.fields.values():
            for item in field.arguments.values():
                yield from _default(merging, f"{type_.name}.{field.name}({item.name}:)", item)
        for item in type_.inputs.values():
            yield from _default(merging, f"{type_.name}.{item.name}", item)
    for coordinate, item in arguments(merging.directives.values()):
        yield from _default(merging, coordinate, item)


def _default(merging: Merging, coordinate: str, item: MergedInput) -> Iterator[Finding]:
    if item.default is not None and not fits(item.default, item.type, merging.merged.types, 0):
        places = {source: said.marks.place for source, said in item.sources.items()}
        yield finding(
            CODE,
            f"the default {print_ast(item.default)[:80]} of {coordinate} in {where(merging.sources, places)} is no value"
            f" of `{type_text(item.type)}` as all sources have it",
            "choose a default that every source knows",
            next(iter(places.values())),
        )


def fits(value: ValueNode, type_: TypeNode, types: Mapping[str, MergedType], depth: int) -> bool:
    """True when a literal suits a type as all sources have it."""
    if depth > _MAX_DEPTH:
        return False
    if isinstance(type_, NonNullTypeNode):
        return not isinstance(value, NullValueNode) and fits(value, type_.type, types, depth + 1)
    if isinstance(value, NullValueNode):
        return True
    if isinstance(type_, ListTypeNode):
        items = value.values or () if isinstance(value, ListValueNode) else (value,)
        return all(fits(item, type_.type, types, depth + 1) for item in items)
    known = types.get(named(type_))
    if known and known.kind is Kind.ENUM:
        return isinstance(value, EnumValueNode) and value.value in known.values
    if known and known.kind is Kind.INPUT:
        return isinstance(value, ObjectValueNode) and _object_fits(value, known, types, depth)
    return fits_scalar(value, named(type_))


def _object_fits(
    value: ObjectValueNode, type_: MergedType, types: Mapping[str, MergedType], depth: int
) -> bool:
    given = {field.name.value: field.value for field in value.fields or ()}
    required = {
        name
        for name, item in type_.inputs.items()
        if isinstance(item.type, NonNullTypeNode) and item.default is None
    }
    return required <= given.keys() and all(
        name in type_.inputs and fits(item, type_.inputs[name].type, types, depth + 1)
        for name, item in given.items()
    )
