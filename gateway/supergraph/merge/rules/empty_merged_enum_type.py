"""EMPTY_MERGED_ENUM_TYPE: an enum that clients send, of which no value is in all sources."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

CODE = "EMPTY_MERGED_ENUM_TYPE"


def check(merging: Merging) -> Iterator[Finding]:
    """Clients can send only values that every source knows: something must remain."""
    for type_ in merging.merged.types.values():
        if type_.kind is Kind.ENUM and not type_.values:
            places = {source: said.marks.place for source, said in type_.sources.items()}
            yield finding(
                CODE,
                f"{type_.name} has no value that all its sources have: {where(merging.sources, places)}",
                "add at least one value to all of them, or rename the enum in one",
                next(iter(places.values())),
            )
