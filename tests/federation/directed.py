"""Directives of an operation made visible: a text tells which stand on the fields that ask for it."""

from typing import Any

from graphql import FieldNode, GraphQLResolveInfo, GraphQLString, get_argument_values, get_named_type

from tests.federation.world import Value, text_of


def directed(value: Value, info: GraphQLResolveInfo[Any]) -> Value:  # Any: whatever the context is
    """The value, and the directives where it is a text: one that is lost shows, and one that nobody asked for.

    Identifiers stay as they are, for keys.
    """
    if not isinstance(value, str) or get_named_type(info.return_type) is not GraphQLString:
        return value
    return " ".join([value, *sorted({text for node in info.field_nodes for text in _applied(node, info)})])


def _applied(node: FieldNode, info: GraphQLResolveInfo[Any]) -> list[str]:
    known = {one.name: one for one in info.schema.directives if one.name not in ("skip", "include")}
    return [
        f"@{one.name.value}({text_of(get_argument_values(known[one.name.value], one, info.variable_values))})"
        for one in node.directives or ()
        if one.name.value in known
    ]
