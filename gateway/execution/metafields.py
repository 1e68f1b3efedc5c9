"""What the fields of the introspection types tell of a schema (GraphQL specification, section 4.2).

Each reader takes a thing: a schema, a type, a directive, or the pair of a name and its definition that stands for
a `__Field`, an `__InputValue` or an `__EnumValue`. `Any`: which of them it is, the table's key says.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeAlias

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    print_ast,
)
from graphql.utilities import get_default_value_ast

from connectors.base import Json
from gateway.execution.visible import VisibleSchema

LeafReader: TypeAlias = Callable[[Any], Json]
"""Reads a value that is JSON as it is."""

InnerReader: TypeAlias = Callable[[VisibleSchema, bool, Any], Any]
"""Reads a thing or several, or None; with those that are deprecated, or without."""

_KINDS: Final[Mapping[type, str]] = {
    GraphQLNonNull: "NON_NULL",
    GraphQLList: "LIST",
    GraphQLScalarType: "SCALAR",
    GraphQLObjectType: "OBJECT",
    GraphQLInterfaceType: "INTERFACE",
    GraphQLUnionType: "UNION",
    GraphQLEnumType: "ENUM",
    GraphQLInputObjectType: "INPUT_OBJECT",
}


def default_value(thing: Any) -> str | None:
    """The default value of an argument or input field, as a GraphQL literal."""
    literal = get_default_value_ast(thing[1])
    return None if literal is None else print_ast(literal)


def _kind(thing: Any) -> str:
    return _KINDS[thing.__class__]


def _fields(shown: VisibleSchema, deprecated: bool, thing: Any) -> Any:
    if isinstance(thing, GraphQLObjectType | GraphQLInterfaceType):
        return _current(shown.fields[thing.name], deprecated)
    return None


def _interfaces(shown: VisibleSchema, _: bool, thing: Any) -> Any:
    if isinstance(thing, GraphQLObjectType | GraphQLInterfaceType):
        return _visible(thing.interfaces, shown)
    return None


def _possible_types(shown: VisibleSchema, _: bool, thing: Any) -> Any:
    if isinstance(thing, GraphQLInterfaceType | GraphQLUnionType):
        return _visible(shown.schema.get_possible_types(thing), shown)
    return None


def _enum_values(_: VisibleSchema, deprecated: bool, thing: Any) -> Any:
    return _current(thing.values, deprecated) if isinstance(thing, GraphQLEnumType) else None


def _input_fields(_: VisibleSchema, deprecated: bool, thing: Any) -> Any:
    return _current(thing.fields, deprecated) if isinstance(thing, GraphQLInputObjectType) else None


def _directives(shown: VisibleSchema, deprecated: bool, _: Any) -> Any:
    return [one for one in shown.schema.directives if deprecated or one.deprecation_reason is None]


def _root(kind: str) -> InnerReader:
    def read(shown: VisibleSchema, _deprecated: bool, _: Any) -> Any:
        found = getattr(shown.schema, kind)
        return found if found is not None and found.name in shown.types else None

    return read


def _current(things: Mapping[str, Any], deprecated: bool) -> list[tuple[str, Any]]:
    return [item for item in things.items() if deprecated or item[1].deprecation_reason is None]


def _visible(types: Iterable[GraphQLNamedType], shown: VisibleSchema) -> list[GraphQLNamedType]:
    return [one for one in types if one.name in shown.types]


_DEPRECATION: Final[Mapping[str, LeafReader]] = {
    "isDeprecated": lambda thing: thing[1].deprecation_reason is not None,
    "deprecationReason": lambda thing: thing[1].deprecation_reason,
}
_NAMED: Final[Mapping[str, LeafReader]] = {
    "name": itemgetter(0),
    "description": lambda thing: thing[1].description,
    **_DEPRECATION,
}

LEAVES: Final[Mapping[str, Mapping[str, LeafReader]]] = {
    "__Schema": {"description": attrgetter("description")},
    "__Type": {
        "kind": _kind,
        "name": lambda thing: getattr(thing, "name", None),
        "description": lambda thing: getattr(thing, "description", None),
        "specifiedByURL": lambda thing: getattr(thing, "specified_by_url", None),
        "isOneOf": lambda thing: thing.is_one_of if isinstance(thing, GraphQLInputObjectType) else None,
    },
    "__Field": _NAMED,
    "__InputValue": {**_NAMED, "defaultValue": default_value},
    "__EnumValue": _NAMED,
    "__Directive": {
        "name": attrgetter("name"),
        "description": attrgetter("description"),
        "isRepeatable": attrgetter("is_repeatable"),
        "locations": lambda thing: [one.name for one in thing.locations],
        "isDeprecated": lambda thing: thing.deprecation_reason is not None,
        "deprecationReason": attrgetter("deprecation_reason"),
    },
}
"""By introspection type and field: those that return scalars and enums."""

INNER: Final[Mapping[str, Mapping[str, InnerReader]]] = {
    "__Schema": {
        "types": lambda shown, _, __: list(shown.types.values()),
        "queryType": _root("query_type"),
        "mutationType": _root("mutation_type"),
        "subscriptionType": _root("subscription_type"),
        "directives": _directives,
    },
    "__Type": {
        "fields": _fields,
        "interfaces": _interfaces,
        "possibleTypes": _possible_types,
        "enumValues": _enum_values,
        "inputFields": _input_fields,
        "ofType": lambda _, __, thing: getattr(thing, "of_type", None),
    },
    "__Field": {
        "args": lambda _, deprecated, thing: _current(thing[1].args, deprecated),
        "type": lambda _, __, thing: thing[1].type,
    },
    "__InputValue": {"type": lambda _, __, thing: thing[1].type},
    "__Directive": {"args": lambda _, deprecated, thing: _current(thing.args, deprecated)},
}
"""By introspection type and field: those that return introspection types."""
