"""Literals as values: those of several sources are compared by what they mean, not by how they are written.

As in Apollo's composition, types are not asked: the name of an enum value is as good as a text, and one item is not a
list of it.
"""

from collections.abc import Hashable
from typing import Final

from graphql import (
    BooleanValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
)

_DIGITS: Final = 300
"""Whole numbers of more are compared as they are written: they are beyond any type's."""


def value_of(node: ValueNode) -> Hashable:
    """What a literal without variables means: equal for two literals that mean the same."""
    if isinstance(node, NullValueNode):
        return None
    if isinstance(node, BooleanValueNode):
        return (BooleanValueNode, node.value)
    if isinstance(node, FloatValueNode):
        return float(node.value)
    if isinstance(node, IntValueNode):
        return int(node.value) if len(node.value) <= _DIGITS else (IntValueNode, node.value)
    if isinstance(node, ListValueNode):
        return tuple(value_of(item) for item in node.values or ())
    if isinstance(node, ObjectValueNode):
        return frozenset((item.name.value, value_of(item.value)) for item in node.fields or ())
    text: str = node.value  # type: ignore[attr-defined] # what remains is a text or the name of an enum value
    return text
