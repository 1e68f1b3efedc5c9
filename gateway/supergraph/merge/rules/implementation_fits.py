"""INVALID_GRAPHQL: an implementation that no longer fits its interface once sources are merged."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.merge.type_refs import is_subtype, type_text

CODE = "INVALID_GRAPHQL"


def check(merging: Merging) -> Iterator[Finding]:
    """GraphQL specification, "Objects" and "Interfaces": IsValidImplementation."""
    types = merging.merged.types
    for type_ in types.values():
        for interface in (types[name] for name in type_.interfaces if name in types):
            yield from _interfaces_of_interface(merging, type_, interface)
            for field in interface.fields.values():
                if field.name in type_.fields:
                    yield from _field(merging, type_, type_.fields[field.name], interface, field)


def _interfaces_of_interface(merging: Merging, type_: MergedType, interface: MergedType) -> Iterator[Finding]:
    places = {source: said.marks.place for source, said in interface.sources.items()}
    for above in interface.interfaces:
        if above == type_.name:
            yield finding(
                CODE,
                f"{type_.name} and {interface.name} implement one another:"
                f" {interface.name} in {where(merging.sources, places)}",
                "let only one of them implement the other",
                next(iter(places.values())),
            )
        elif above not in type_.interfaces:
            own = {source: said.marks.place for source, said in type_.sources.items()}
            yield finding(
                CODE,
                f"{interface.name} implements {above} in {where(merging.sources, places)}, and {type_.name}, which"
                f" implements {interface.name}, does not in {where(merging.sources, own)}",
                f"let {type_.name} implement {above} too",
                next(iter(own.values())),
            )


def _field(
    merging: Merging, type_: MergedType, own: MergedField, interface: MergedType, field: MergedField
) -> Iterator[Finding]:
    places = {source: said.marks.place for source, said in own.sources.items()}
    stands = where(merging.sources, places) if places else "interface objects"
    place = next(iter(places.values()), None)
    coordinate, promised = f"{type_.name}.{own.name}", f"{interface.name}.{field.name}"
    if not is_subtype(own.type, field.type, merging.sources.hierarchy):
        yield finding(
            CODE,
            f"{coordinate} is `{type_text(own.type)}` once merged ({stands}), and {promised}, which it implements, is"
            f" `{type_text(field.type)}`",
            "let the interface promise no more than all sources of the field keep",
            place,
        )
    for name, argument in field.arguments.items():
        given = own.arguments.get(name)
        if given is None or type_text(given.type) != type_text(argument.type):
            found = "is gone" if given is None else f"is `{type_text(given.type)}`"
            yield finding(
                CODE,
                f"{coordinate}({name}:) {found} once merged ({stands}), and {promised}({name}:), which it implements,"
                f" is `{type_text(argument.type)}`",
                "write the argument alike in all sources of the field",
                place,
            )
    for name, argument in own.arguments.items():
        required = isinstance(argument.type, NonNullTypeNode) and argument.default is None
        if required and name not in field.arguments:
            yield finding(
                CODE,
                f"{coordinate}({name}:) is required ({stands}), and {promised}, which it implements, does not have it",
                "make it nullable, or add it to the interface",
                place,
            )
