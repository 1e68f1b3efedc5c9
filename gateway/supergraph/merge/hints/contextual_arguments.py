"""Arguments that some sources take from a context, and others of nobody."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding

CODE = "CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS"


def look(merging: Merging) -> Iterator[Finding]:
    """Clients cannot give such an argument: those other sources never get it."""
    for coordinate, said in merging.contextual_arguments():
        for source, item in said.items():
            if item.from_context is None:
                yield finding(
                    CODE,
                    f"{coordinate} is taken from a context elsewhere, so that clients do not see it, and"
                    f" {merging.sources.told(source, item.marks.place)} never gets it",
                    "take it from a context there too, or out",
                    item.marks.place,
                )
