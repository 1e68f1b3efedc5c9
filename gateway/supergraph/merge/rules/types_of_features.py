"""INVALID_GRAPHQL: fields and arguments of types that the composed schema takes for those of a specification."""

from collections.abc import Iterator

from graphql import TypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.model import SourcePlace

CODE = "INVALID_GRAPHQL"
_ALWAYS = frozenset({"link", "join", "federation"})


def check(merging: Merging) -> Iterator[Finding]:
    """What begins with a linked specification's name is that specification's, and clients never see it."""
    prefixes = _ALWAYS | {
        feature.alias or feature.identity.rpartition("/")[2] for feature in merging.merged.features
    }
    for coordinate, type_, place in _typed(merging):
        prefix, apart, _ = named(type_).partition("__")
        if apart and prefix in prefixes and coordinate.partition("__")[0] not in prefixes:
            yield finding(
                CODE,
                f"{coordinate} is of the type {named(type_)}, whose name is one of the specification {prefix}",
                "give the type a name without `__`",
                place,
            )


def _typed(merging: Merging) -> Iterator[tuple[str, TypeNode, SourcePlace]]:
    for type_, field in merging.fields():
        coordinate = f"{type_.name}.{field.name}"
        yield coordinate, field.type, next(iter(field.sources.values())).marks.place
        for argument in field.arguments.values():
            place = next(iter(argument.sources.values())).marks.place
            yield f"{coordinate}({argument.name}:)", argument.type, place
    for type_ in merging.merged.types.values():
        for item in type_.inputs.values():
            yield f"{type_.name}.{item.name}", item.type, next(iter(item.sources.values())).marks.place
