"""LINK_IMPORT_NAME_MISMATCH: a directive of the federation that sources import by different names."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.source.model import SourcePlace
from gateway.supergraph.source.specification import FEDERATION

CODE = "LINK_IMPORT_NAME_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """A directive that stands in the composed schema has one name in all sources that apply it."""
    for name, applying in sorted(merging.carried.items()):
        imported = {
            source: merging.names.of(name, source) for source in merging.sources.schemas if source in applying
        }
        if len(set(imported.values())) > 1:
            told = what_each_says(
                merging.sources,
                {source: (f"@{called}", _link(merging, source)) for source, called in imported.items()},
            )
            yield finding(
                CODE,
                f"the directive @{name} is called {told}",
                "import it by one name in all sources",
                _link(merging, next(iter(imported))),
            )


def _link(merging: Merging, source: str) -> SourcePlace:
    links = merging.sources.schemas[source].links
    return next((link.place for link in links if link.identity == FEDERATION), SourcePlace(source))
