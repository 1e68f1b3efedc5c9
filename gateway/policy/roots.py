"""Root fields that sources resolve: which right each takes (POLICY.md, "Arguments, lists, keys").

A field whose arguments are exactly a key of what it returns is a lookup; one without arguments that returns a list
is a list. No right exists yet for any other: what its arguments select by, or what it counts or writes, is unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphql import GraphQLArgument, GraphQLNonNull, GraphQLObjectType

from gateway.policy.model import Coordinate
from gateway.supergraph.model import QUERY_ROOT, FieldSet, Supergraph, Type


@dataclass(frozen=True, slots=True)
class KeyLookup:
    """Takes `lookup` on each of these key fields, per concrete type that can be found by them."""

    keys: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """Takes `list` on each concrete type whose rows are to be in it."""

    types: frozenset[str]


RootUse: TypeAlias = KeyLookup | Listing


def root_uses(supergraph: Supergraph) -> Mapping[Coordinate, RootUse]:
    """What each field of the query type is, where a right for it exists. Mutations have none."""
    root = supergraph.schema.type_map.get(QUERY_ROOT)
    if QUERY_ROOT not in supergraph.types or not isinstance(root, GraphQLObjectType):
        return {}
    uses = (
        ((QUERY_ROOT, name), _use_of(name, root.fields[name].args, supergraph))
        for name in supergraph.types[QUERY_ROOT].fields
        if name in root.fields
    )
    return {coordinate: use for coordinate, use in uses if use is not None}


def _use_of(name: str, arguments: Mapping[str, GraphQLArgument], supergraph: Supergraph) -> RootUse | None:
    returned = supergraph.field(QUERY_ROOT, name).type
    possible = supergraph.possible(returned.name)
    if not possible:
        return None
    if returned.lists == 1 and not arguments:
        return Listing(possible)
    if returned.lists or not arguments:
        return None
    found = {one: _key_of(one, returned.name, arguments, supergraph) for one in possible}
    keys = {one: key for one, key in found.items() if key}
    return KeyLookup(keys) if keys else None


def _key_of(
    type_name: str, returned: str, arguments: Mapping[str, GraphQLArgument], supergraph: Supergraph
) -> tuple[str, ...]:
    """The fields of the type's key that the arguments give, by name and type; empty when they give none."""
    owner = supergraph.types[type_name]
    names = {part.name for part in _flat_key(owner, supergraph.types[returned], arguments)}
    typed = all(
        isinstance(argument.type, GraphQLNonNull) and str(argument.type.of_type) == _plain(owner, name)
        for name, argument in arguments.items()
    )
    return tuple(sorted(names)) if typed else ()


def _flat_key(owner: Type, returned: Type, arguments: Iterable[str]) -> FieldSet:
    """The flat key, of any source, whose fields are named exactly as the arguments; empty when there is none."""
    wanted = set(arguments)
    keys = (key for one in (owner, returned) for keys in one.keys.values() for key in keys)
    flat = (key for key in keys if not any(part.children for part in key))
    return next((key for key in flat if {part.name for part in key} == wanted), ())


def _plain(owner: Type, field: str) -> str | None:
    known = owner.fields.get(field)
    return known.type.text.removesuffix("!") if known else None
