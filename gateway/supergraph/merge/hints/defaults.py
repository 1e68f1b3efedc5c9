"""Defaults that only some sources give."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "INCONSISTENT_DEFAULT_VALUE_PRESENCE"


def look(merging: Merging) -> Iterator[Finding]:
    """A default that not all sources give is not in the merged schema."""
    for taken in merging.inputs():
        for coordinate, inputs in taken.by_name():
            if not taken.stays(inputs):
                continue
            giving = {source: item.marks.place for source, item in inputs.items() if item.default is not None}
            lacking = {source: item.marks.place for source, item in inputs.items() if item.default is None}
            if giving and lacking:
                yield finding(
                    CODE,
                    f"{coordinate} has a default in {where(merging.sources, giving)} but not in"
                    f" {where(merging.sources, lacking)}; clients see none",
                    "give it the same default in all sources, or in none",
                    next(iter(lacking.values())),
                )
