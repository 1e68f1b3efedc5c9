"""Values of arguments: literals with variables in them, coerced to what sources are sent.

GraphQL specification, sections 3.5 to 3.12 ("Input Coercion") and 6.4.1 (CoerceArgumentValues). What is not given is
left out, so that each source takes the default that composition found equal in all of them; what is given and does not
coerce is an error, never taken for what is not given.
"""

import math
from typing import Final

import orjson
from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)
from graphql.pyutils import Undefined

from connectors.base import Json, Variables

NOT_GIVEN: Final = object()
"""Stands for a value that the request does not give."""


class InvalidLiteral(Exception):
    """A value that is given and does not coerce to its type. The message does not repeat the value."""


def coerce_literal(node: ValueNode, kind: GraphQLInputType, variables: Variables) -> Json:
    """The value of a literal, or `NOT_GIVEN` for a variable that is not given. Raises InvalidLiteral."""
    value = _coerce(node, kind, variables)
    if isinstance(value, (dict, list, int)):
        try:
            orjson.dumps(value)
        except TypeError:
            raise InvalidLiteral("A value is too large or too deeply nested to be sent.") from None
    return value


def _coerce(node: ValueNode, kind: GraphQLInputType, variables: Variables) -> Json:
    if isinstance(node, VariableNode):
        value = variables.get(node.name.value, NOT_GIVEN)
        if value is None and isinstance(kind, GraphQLNonNull):
            raise InvalidLiteral(f'Variable "${node.name.value}" must not be null here.')
        return value  # it was coerced to the variable's own type
    if isinstance(kind, GraphQLNonNull):
        if isinstance(node, NullValueNode):
            raise InvalidLiteral("A required value must not be null.")
        return _coerce(node, kind.of_type, variables)
    if isinstance(node, NullValueNode):
        return None
    if isinstance(kind, GraphQLList):
        return _list(node, kind.of_type, variables)
    if isinstance(kind, GraphQLInputObjectType):
        return _object(node, kind, variables)
    return _leaf(node, kind, variables)


def _list(node: ValueNode, inner: GraphQLInputType, variables: Variables) -> Json:
    """One value stands for a list of it; an item that is not given is null."""
    if not isinstance(node, ListValueNode):
        return [_item(node, inner, variables)]
    return [_item(item, inner, variables) for item in node.values]


def _item(node: ValueNode, inner: GraphQLInputType, variables: Variables) -> Json:
    value = _coerce(node, inner, variables)
    if value is not NOT_GIVEN:
        return value
    if isinstance(inner, GraphQLNonNull):
        raise InvalidLiteral("An item of a list is required and not given.")
    return None


def _object(node: ValueNode, kind: GraphQLInputObjectType, variables: Variables) -> Json:
    if not isinstance(node, ObjectValueNode):
        raise InvalidLiteral(f"A value of {kind.name} must be an object.")
    given = {item.name.value: item.value for item in node.fields}
    result: dict[str, Json] = {}
    for name, field in kind.fields.items():
        value = _coerce(given[name], field.type, variables) if name in given else NOT_GIVEN
        if value is not NOT_GIVEN:
            result[name] = value
        elif isinstance(field.type, GraphQLNonNull) and not _has_default(field):
            raise InvalidLiteral(f"{kind.name}.{name} is required and not given.")
    if kind.is_one_of and (len(result) != 1 or None in result.values()):
        raise InvalidLiteral(f"Exactly one field of {kind.name} must be given, and not be null.")
    return result


def _has_default(field: object) -> bool:
    # graphql-core keeps a default that SDL states in `default`, one that code states in `default_value`.
    stated = getattr(field, "default", None)
    return stated not in (None, Undefined) or getattr(field, "default_value", Undefined) is not Undefined


def _leaf(node: ValueNode, kind: GraphQLScalarType | GraphQLEnumType, variables: Variables) -> Json:
    try:
        if kind.coerce_input_literal is not None:
            value = kind.coerce_input_literal(node)  # type: ignore[arg-type] # no variable stands in such a leaf
        else:
            value = kind.coerce_input_value(_untyped(node, variables))
    except GraphQLError as error:
        raise InvalidLiteral(error.message) from None
    if value is Undefined or (isinstance(value, float) and not math.isfinite(value)):
        raise InvalidLiteral(f"A value is no {kind.name}.")
    return value


def _untyped(node: ValueNode, variables: Variables) -> Json:
    """A literal of a scalar of the deployment's own, as JSON. Entries that are not given are left out."""
    if isinstance(node, VariableNode):
        return variables.get(node.name.value, NOT_GIVEN)
    if isinstance(node, NullValueNode):
        return None
    if isinstance(node, IntValueNode):
        return int(node.value)
    if isinstance(node, FloatValueNode):
        number = float(node.value)
        if not math.isfinite(number):
            raise InvalidLiteral("A number is too large to be sent.")
        return number
    if isinstance(node, StringValueNode | EnumValueNode | BooleanValueNode):
        return node.value
    if isinstance(node, ListValueNode):
        items = (_untyped(item, variables) for item in node.values)
        return [None if item is NOT_GIVEN else item for item in items]
    assert isinstance(node, ObjectValueNode)
    pairs = ((item.name.value, _untyped(item.value, variables)) for item in node.fields)
    return {name: value for name, value in pairs if value is not NOT_GIVEN}
