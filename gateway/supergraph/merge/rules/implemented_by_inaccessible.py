"""IMPLEMENTED_BY_INACCESSIBLE: an implementation hides what its interface shows."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import place_of, visible_types

CODE = "IMPLEMENTED_BY_INACCESSIBLE"
_REMEDY = "mark it @inaccessible in the interface too, or let clients see it in both"


def check(merging: Merging) -> Iterator[Finding]:
    """The fields and arguments that a visible interface shows are visible in its visible implementations."""
    types = merging.merged.types
    for type_ in visible_types(merging):
        for name in type_.interfaces:
            interface = types.get(name)
            if interface and not interface.marks.inaccessible:
                for field in interface.fields.values():
                    own = type_.fields.get(field.name)
                    if own and not field.marks.inaccessible:
                        yield from _hidden(type_, own, interface, field)


def _hidden(
    type_: MergedType, own: MergedField, interface: MergedType, field: MergedField
) -> Iterator[Finding]:
    if own.marks.inaccessible:
        yield finding(
            CODE,
            f"{type_.name}.{own.name} is @inaccessible, and implements {interface.name}.{field.name}, which is visible",
            _REMEDY,
            place_of(own.sources),
        )
        return
    for argument in field.arguments.values():
        hidden = own.arguments.get(argument.name)
        if hidden and hidden.marks.inaccessible and not argument.marks.inaccessible:
            yield finding(
                CODE,
                f"{type_.name}.{own.name}({argument.name}:) is @inaccessible, and implements"
                f" {interface.name}.{field.name}({argument.name}:), which is visible",
                _REMEDY,
                place_of(hidden.sources),
            )
