"""CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: clients do not give what one source takes from a context."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import is_required
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS"


def check(merging: Merging) -> Iterator[Finding]:
    """Where a source takes an argument from a context, no other source may require it of clients."""
    for coordinate, said in merging.contextual_arguments():
        taking = {source: item.marks.place for source, item in said.items() if item.from_context}
        requiring = {
            source: item.marks.place
            for source, item in said.items()
            if not item.from_context and is_required(item)
        }
        if requiring:
            yield finding(
                CODE,
                f"{coordinate} is taken from a context in {where(merging.sources, taking)}, so that clients do not give"
                f" it, and is required in {where(merging.sources, requiring)}",
                "make it nullable there, give it a default, or take it from a context there too",
                next(iter(requiring.values())),
            )
