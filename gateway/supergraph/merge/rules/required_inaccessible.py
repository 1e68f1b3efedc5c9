"""REQUIRED_INACCESSIBLE: clients must give what they may not see."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedInput, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import inputs, place_of, visible_types

CODE = "REQUIRED_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """Arguments and input fields that clients do not see can be left out, and so can what implements them."""
    yield from _hidden(merging)
    for type_ in visible_types(merging):
        for interface in type_.interfaces:
            if not merging.merged.types[interface].marks.inaccessible:
                yield from _implemented(type_, merging.merged.types[interface])


def _hidden(merging: Merging) -> Iterator[Finding]:
    for coordinate, item in inputs(merging):
        if item.marks.inaccessible and _is_required(item):
            yield finding(
                CODE,
                f"{coordinate} is @inaccessible, and must be given",
                "make it nullable, give it a default, or let clients see it",
                place_of(item.sources),
            )


def _implemented(type_: MergedType, interface: MergedType) -> Iterator[Finding]:
    for name, above in interface.fields.items():
        field = type_.fields.get(name)
        if field is None or field.marks.inaccessible or above.marks.inaccessible:
            continue
        for argument, hidden in above.arguments.items():
            item = field.arguments.get(argument)
            if not hidden.marks.inaccessible or item is None or item.marks.inaccessible:
                continue
            if _is_required(item):
                yield finding(
                    CODE,
                    f"{type_.name}.{name}({argument}:) must be given, and {interface.name}.{name}({argument}:), which"
                    f" it implements, is @inaccessible (at {place_of(hidden.sources)})",
                    "make it nullable, give it a default, or let clients see the interface's",
                    place_of(item.sources),
                )


def _is_required(item: MergedInput) -> bool:
    return isinstance(item.type, NonNullTypeNode) and item.default is None
