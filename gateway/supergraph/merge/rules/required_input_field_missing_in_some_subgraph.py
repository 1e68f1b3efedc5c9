"""REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: an input field that must be given, and that a source lacks."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import is_required
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH"


def check(merging: Merging) -> Iterator[Finding]:
    """An input field that a source requires, and clients see, is in every source that has the whole."""
    for taken in merging.inputs():
        for coordinate, inputs in taken.by_name() if taken.input_type else ():
            requiring = {source: item.marks.place for source, item in inputs.items() if is_required(item)}
            lacking = {source: place for source, place in taken.places.items() if source not in inputs}
            if requiring and not taken.stays(inputs):
                yield finding(
                    CODE,
                    f"{coordinate} is required in {where(merging.sources, requiring)}, and is not in"
                    f" {where(merging.sources, lacking)}",
                    "make it nullable, give it a default, or add it to all sources",
                    next(iter(requiring.values())),
                )
