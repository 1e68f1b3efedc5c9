"""INVALID_GRAPHQL: an input type with `@oneOf` in a source, whose fields are not all optional once merged."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "INVALID_GRAPHQL"


def check(merging: Merging) -> Iterator[Finding]:
    """Clients give one field, as the strictest source wants: no source may require another or fill one in."""
    for type_ in merging.merged.types.values():
        if not any(said.one_of for said in type_.sources.values()):
            continue
        for item in type_.inputs.values():
            if isinstance(item.type, NonNullTypeNode) or any(said.default for said in item.sources.values()):
                places = {source: said.marks.place for source, said in item.sources.items()}
                yield finding(
                    CODE,
                    f"{type_.name} has @oneOf, and {type_.name}.{item.name} is required or has a default in"
                    f" {where(merging.sources, places)}",
                    "make the field nullable without a default in all sources, or take @oneOf out",
                    next(iter(places.values())),
                )
