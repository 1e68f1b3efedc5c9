"""Directives for clients' operations that sources define differently."""

from collections.abc import Iterator, Mapping

from graphql import DirectiveDefinitionNode

from gateway.errors import Finding
from gateway.supergraph.merge.executable import (
    common_locations,
    executable_definitions,
    locations_of,
    place_of,
)
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says, where
from gateway.supergraph.source.model import SourcePlace

PRESENCE = "INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE"
NO_LOCATION = "NO_EXECUTABLE_DIRECTIVE_INTERSECTION"
LOCATIONS = "INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS"
REPEATABLE = "INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE"


def look(merging: Merging) -> Iterator[Finding]:
    """Clients may use a directive only as all sources define it."""
    for name, said in executable_definitions(merging.sources, merging.composed).items():
        places = {source: place_of(source, node) for source, node in said.items()}
        lacking = {source: None for source in merging.sources.schemas if source not in said}
        if lacking:
            yield finding(PRESENCE, f"@{name} is defined in {where(merging.sources, places)} but not in"
                          f" {where(merging.sources, lacking)}; clients cannot use it",
                          "define it in all sources", next(iter(places.values())))  # fmt: skip
        else:
            yield from _differences(merging, name, said, places)


def _differences(
    merging: Merging,
    name: str,
    said: Mapping[str, DirectiveDefinitionNode],
    places: Mapping[str, SourcePlace],
) -> Iterator[Finding]:
    first = next(iter(places.values()))
    locations = {
        source: (f"on {' | '.join(locations_of(node)) or 'no part of operations'}", places[source])
        for source, node in said.items()
    }
    common = common_locations(said)
    if not common:
        yield finding(NO_LOCATION, f"@{name} is {what_each_says(merging.sources, locations)}; clients cannot use it",
                      "give it one location in common", first)  # fmt: skip
        return
    if len({frozenset(locations_of(node)) for node in said.values()}) > 1:
        yield finding(LOCATIONS, f"@{name} is {what_each_says(merging.sources, locations)}; clients may use it on"
                      f" {' | '.join(common)}", "define it alike in all sources", first)  # fmt: skip
    if len({node.repeatable for node in said.values()}) > 1:
        words = {
            source: ("repeatable" if node.repeatable else "not repeatable", places[source])
            for source, node in said.items()
        }
        yield finding(REPEATABLE, f"@{name} is {what_each_says(merging.sources, words)}; clients may not repeat it",
                      "define it alike in all sources", first)  # fmt: skip
