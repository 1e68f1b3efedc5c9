"""INTERFACE_OBJECT_USAGE_ERROR: interface objects that do not fit what other sources say."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceType

CODE = "INTERFACE_OBJECT_USAGE_ERROR"


def check(merging: Merging) -> Iterator[Finding]:
    """An interface object is an interface elsewhere, and its source knows none of the implementations."""
    for name, said in merging.sources.types.items():
        objects = {source: type_ for source, type_ in said.items() if type_.interface_object}
        if objects and len(objects) == len(said):
            places = {source: type_.marks.place for source, type_ in objects.items()}
            yield finding(
                CODE,
                f"{name} is an interface object in {where(merging.sources, places)}, and an interface in no source",
                f"define `interface {name}` in the source that knows its implementations",
                next(iter(places.values())),
            )
        for source, type_ in objects.items():
            yield from _known_implementations(merging, source, type_)


def _known_implementations(merging: Merging, source: str, type_: SourceType) -> Iterator[Finding]:
    own = merging.sources.schemas[source].types
    for name in sorted(merging.sources.hierarchy.below(type_.name)):
        if name in own and merging.sources.kind(name) is Kind.OBJECT:
            told = merging.sources.told(source, type_.marks.place)
            yield finding(
                CODE,
                f"{type_.name} is an interface object in {told}, which also defines {name}"
                f" (at {own[name].marks.place}), one of its implementations",
                f"take {name} out of {source}, or define `interface {type_.name}` there",
                own[name].marks.place,
            )
