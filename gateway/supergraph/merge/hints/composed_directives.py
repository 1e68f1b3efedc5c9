"""Specifications of custom directives that sources link differently."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.composed import name_in, version_of
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says

VERSIONS = "DIRECTIVE_COMPOSITION_INFO"
NAMES = "DIRECTIVE_COMPOSITION_WARN"


def look(merging: Merging) -> Iterator[Finding]:
    """A source that does not compose a directive itself should be ready to."""
    told: set[str] = set()
    for directive in merging.composed.directives:
        links = directive.links
        first = next(iter(links.values())).place
        majors = {source: (link.version, link.place) for source, link in links.items()}
        deciding = {version_of(links[source].version)[:1] for source in directive.deciding}
        identity = directive.identity[0]
        if identity not in told and len({version_of(link.version)[:1] for link in links.values()}) > len(
            deciding
        ):
            told.add(identity)
            yield finding(VERSIONS, f"{identity} is {what_each_says(merging.sources, majors)}",
                          "link one major version in all sources", first)  # fmt: skip
        names = {
            source: (f"@{name_in(link, directive.identity[1])}", link.place) for source, link in links.items()
        }
        if len({words for words, _ in names.values()}) > 1:
            yield finding(NAMES, f"the composed directive @{directive.name} is {what_each_says(merging.sources, names)}",
                          "import it by one name in all sources", first)  # fmt: skip
