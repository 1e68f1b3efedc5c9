"""Specifications and custom directives that sources link differently, and those that need not be composed."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.composed import ComposedDirective, identities_of, name_in, version_of
from gateway.supergraph.merge.names import is_composed_anyway
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.source.model import Link

INFO = "DIRECTIVE_COMPOSITION_INFO"
NAMES = "DIRECTIVE_COMPOSITION_WARN"


def look(merging: Merging) -> Iterator[Finding]:
    """A source that does not compose a directive itself should be ready to."""
    yield from _superfluous(merging)
    yield from _versions(merging)
    for directive in merging.composed.directives:
        yield from _names(merging, directive)


def _superfluous(merging: Merging) -> Iterator[Finding]:
    for source, schema in merging.sources.schemas.items():
        for name, identity in identities_of(schema).items():
            if identity and is_composed_anyway(identity):
                place = schema.composed[name]
                yield finding(INFO, f"{merging.sources.told(source, place)} composes @{name}, which is composed anyway",
                              "take this @composeDirective out", place)  # fmt: skip


def _versions(merging: Merging) -> Iterator[Finding]:
    linked: dict[str, dict[str, Link]] = {}
    for source, schema in merging.sources.schemas.items():
        for link in schema.links:
            linked.setdefault(link.identity, {})[source] = link
    for identity, links in linked.items():
        if len({version_of(link.version)[:1] for link in links.values()}) > 1:
            said = {source: (link.version, link.place) for source, link in links.items()}
            yield finding(INFO, f"{identity} is {what_each_says(merging.sources, said)}",
                          "link one major version in all sources", next(iter(links.values())).place)  # fmt: skip


def _names(merging: Merging, directive: ComposedDirective) -> Iterator[Finding]:
    """Only those who import it give it a name: others call it by its specification's."""
    own = {
        source: link
        for source, link in directive.links.items()
        if source in directive.composed_by or f"@{directive.identity[1]}" in link.imports
    }
    names = {source: (f"@{name_in(link, directive.identity[1])}", link.place) for source, link in own.items()}
    if len({words for words, _ in names.values()}) > 1:
        yield finding(NAMES, f"the composed directive @{directive.name} is {what_each_says(merging.sources, names)}",
                      "import it by one name in all sources", next(iter(names.values()))[1])  # fmt: skip
