"""Directives for clients' operations: those that every source defines, as all of them have it."""

from collections.abc import Mapping

from graphql import DirectiveDefinitionNode, Node

from gateway.supergraph.merge.composed import ComposedDirectives
from gateway.supergraph.merge.sources import Sources, in_order
from gateway.supergraph.source.model import SourcePlace

EXECUTABLE = frozenset(
    {
        "QUERY",
        "MUTATION",
        "SUBSCRIPTION",
        "FIELD",
        "FRAGMENT_DEFINITION",
        "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION",
    }
)


def executable_definitions(
    sources: Sources, composed: ComposedDirectives
) -> dict[str, dict[str, DirectiveDefinitionNode]]:
    """Each directive that has an executable location in a source, and every source's definition of it.

    Not those that are composed: of these one definition stands. Not those of incremental delivery: they are for
    the gateway to offer.
    """
    kept = {"defer", "stream", *(directive.name for directive in composed.directives)}
    names = in_order(
        [name for name, node in schema.definitions.items() if locations_of(node)]
        for schema in sources.schemas.values()
    )
    return {
        name: {
            source: schema.definitions[name]
            for source, schema in sources.schemas.items()
            if name in schema.definitions
        }
        for name in names
        if name not in kept
    }


def in_common(
    sources: Sources, composed: ComposedDirectives
) -> dict[str, dict[str, DirectiveDefinitionNode]]:
    """Of these directives, those that clients may use: all sources define them, with a location in common."""
    return {
        name: said
        for name, said in executable_definitions(sources, composed).items()
        if len(said) == len(sources.schemas) and common_locations(said)
    }


def locations_of(node: DirectiveDefinitionNode) -> list[str]:
    """The executable locations of a definition."""
    return [location.value for location in node.locations if location.value in EXECUTABLE]


def common_locations(said: Mapping[str, DirectiveDefinitionNode]) -> list[str]:
    """The executable locations that every source allows, in order of their names."""
    return sorted(frozenset.intersection(*(frozenset(locations_of(node)) for node in said.values())))


def place_of(source: str, node: Node) -> SourcePlace:
    """Where a node of a source's own definitions stands."""
    token = node.loc.start_token if node.loc else None
    return SourcePlace(source, token.line, token.column) if token else SourcePlace(source)
