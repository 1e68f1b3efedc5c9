"""INVALID_SUBGRAPH_NAME: names of sources that cannot stand in composed SDL."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding

CODE = "INVALID_SUBGRAPH_NAME"


def check(merging: Merging) -> Iterator[Finding]:
    """A name is given once, is not `_` alone, and does not begin as GraphQL's own names do."""
    for name in merging.sources.repeated:
        yield finding(CODE, f"two sources are called {name!r}", "rename one of them")
    for name, graph in merging.merged.graphs.items():
        if name == "_" or graph.value.startswith("__") or not name:
            yield finding(
                CODE,
                f"{name!r} cannot be the name of a source",
                "choose a name that begins with a Latin letter or a digit",
            )
