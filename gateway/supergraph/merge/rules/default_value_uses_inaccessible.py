"""DEFAULT_VALUE_USES_INACCESSIBLE: a visible default names what clients do not see."""

from collections.abc import Iterator, Mapping

from graphql import EnumValueNode, ListValueNode, ObjectValueNode, ValueNode

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.merge.visibility import place_of, visible_inputs

CODE = "DEFAULT_VALUE_USES_INACCESSIBLE"
_MAX_DEPTH = 64


def check(merging: Merging) -> Iterator[Finding]:
    """The defaults of visible arguments and input fields hold only visible enum values and input fields."""
    types = merging.merged.types
    for coordinate, item in visible_inputs(merging):
        hidden = _hidden(item.default, named(item.type), types, 0) if item.default is not None else ()
        for name in dict.fromkeys(hidden):
            yield finding(
                CODE,
                f"the default of {coordinate} uses {name}, which is @inaccessible",
                "take it out of the default, or let clients see it",
                place_of(item.sources),
            )


def _hidden(value: ValueNode, type_name: str, types: Mapping[str, MergedType], depth: int) -> Iterator[str]:
    type_ = types.get(type_name)
    if type_ is None or type_.marks.inaccessible or depth > _MAX_DEPTH:
        return  # that a type is hidden itself, another rule tells
    if isinstance(value, ListValueNode):
        for item in value.values or ():
            yield from _hidden(item, type_name, types, depth + 1)
    elif isinstance(value, EnumValueNode):
        known = type_.values.get(value.value)
        if known and known.marks.inaccessible:
            yield f"{type_name}.{known.name}"
    elif isinstance(value, ObjectValueNode):
        for field in value.fields or ():
            given = type_.inputs.get(field.name.value)
            if given and given.marks.inaccessible:
                yield f"{type_name}.{given.name}"
            elif given:
                yield from _hidden(field.value, named(given.type), types, depth + 1)
