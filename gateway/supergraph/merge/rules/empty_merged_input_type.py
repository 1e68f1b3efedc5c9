"""EMPTY_MERGED_INPUT_TYPE: an input type of which no field is in all sources."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

CODE = "EMPTY_MERGED_INPUT_TYPE"


def check(merging: Merging) -> Iterator[Finding]:
    """Clients can give only what every source takes: something must remain."""
    for type_ in merging.merged.types.values():
        if type_.kind is Kind.INPUT and not type_.inputs:
            places = {source: said.marks.place for source, said in type_.sources.items()}
            yield finding(
                CODE,
                f"{type_.name} has no field that all its sources have: {where(merging.sources, places)}",
                "add at least one field to all of them, or rename the type in one",
                next(iter(places.values())),
            )
