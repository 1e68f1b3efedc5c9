"""One element, described differently."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.elements import elements
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says

CODE = "INCONSISTENT_DESCRIPTION"
_SHOWN = 60


def look(merging: Merging) -> Iterator[Finding]:
    """Clients see the description that most sources give, of several the first."""
    for element in elements(merging):
        said = {
            source: (repr(_shown(marks.description)), marks.place)
            for source, marks in element.said.items()
            if marks.description
        }
        if len({element.said[source].description for source in said}) > 1:
            yield finding(
                CODE,
                f"{element.coordinate} is described as {what_each_says(merging.sources, said)}; clients see"
                f" {_shown(element.merged.description)!r}",
                "describe it alike in all sources",
                next(iter(said.values()))[1],
            )


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
