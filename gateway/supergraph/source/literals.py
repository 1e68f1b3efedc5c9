"""Whether a literal fits an input type of a source (GraphQL specification, section 3, "Input Coercion").

As Apollo's composition does, this lets an input object pass without a required field: the source will say so.
"""

from collections.abc import Mapping

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    TypeNode,
    ValueNode,
)

from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceType

_LITERALS: Mapping[str, tuple[type[ValueNode], ...]] = {
    "Int": (IntValueNode,),
    "Float": (IntValueNode, FloatValueNode),
    "String": (StringValueNode,),
    "Boolean": (BooleanValueNode,),
    "ID": (StringValueNode, IntValueNode),
}
_DIGITS_OF_INT = 11  # -2147483648
_BEYOND_INT = 2**31


def fits(value: ValueNode, node: TypeNode, types: Mapping[str, SourceType]) -> bool:
    """True when the literal `value`, which holds no variables, is one of the type `node`."""
    if isinstance(node, NonNullTypeNode):
        return not isinstance(value, NullValueNode) and fits(value, node.type, types)
    if isinstance(value, NullValueNode):
        return True
    if isinstance(node, ListTypeNode):
        items = value.values if isinstance(value, ListValueNode) else (value,)
        return all(fits(item, node.type, types) for item in items)
    assert isinstance(node, NamedTypeNode)
    return _fits_named(value, node.name.value, types)


def fits_scalar(value: ValueNode, name: str) -> bool:
    """True when a literal is one of a scalar; of those that sources define any literal is."""
    literals = _LITERALS.get(name)
    return literals is None or (isinstance(value, literals) and (name != "Int" or _is_int(value)))


def _fits_named(value: ValueNode, name: str, types: Mapping[str, SourceType]) -> bool:
    found = types.get(name)
    if found is None or found.kind is Kind.SCALAR:
        return fits_scalar(value, name)
    if found.kind is Kind.ENUM:
        return isinstance(value, EnumValueNode) and value.value in found.values
    return isinstance(value, ObjectValueNode) and all(
        item.name.value in found.inputs and fits(item.value, found.inputs[item.name.value].type, types)
        for item in value.fields
    )


def _is_int(value: ValueNode) -> bool:
    """True within 32 bits; long numbers are not converted at all."""
    text = value.value if isinstance(value, IntValueNode) else ""
    return 0 < len(text) <= _DIGITS_OF_INT and -_BEYOND_INT <= int(text) < _BEYOND_INT
