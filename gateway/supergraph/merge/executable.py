"""Directives for clients' operations: those that every source defines, as all of them have it."""

from collections.abc import Mapping

from graphql import DirectiveDefinitionNode, InputValueDefinitionNode, NameNode, Node, StringValueNode

from gateway.supergraph.merge.inputs import merge_arguments
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import MergedDirective, MergedInput
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


def executable_definitions(sources: Sources) -> dict[str, dict[str, DirectiveDefinitionNode]]:
    """Each directive that has an executable location in a source, and its definition by source."""
    names = in_order(
        [name for name, node in schema.definitions.items() if locations_of(node)]
        for schema in sources.schemas.values()
    )
    return {
        name: {
            source: schema.definitions[name]
            for source, schema in sources.schemas.items()
            if name in schema.definitions and locations_of(schema.definitions[name])
        }
        for name in names
    }


def locations_of(node: DirectiveDefinitionNode) -> list[str]:
    """The executable locations of a definition."""
    return [location.value for location in node.locations if location.value in EXECUTABLE]


def merge_executable(sources: Sources, marks: MarkMerger) -> dict[str, MergedDirective]:
    """The directives over all sources: arguments and locations that all have, repeatable where all say so."""
    merged = {}
    for name, said in executable_definitions(sources).items():
        if len(said) == len(sources.schemas):
            directive = _merge(name, said, sources, marks)
            if directive is not None:
                merged[name] = directive
    return merged


def common_locations(said: Mapping[str, DirectiveDefinitionNode]) -> list[str]:
    """The executable locations that every source allows."""
    every = [locations_of(node) for node in said.values()]
    return [location for location in every[0] if all(location in other for other in every)]


def _merge(
    name: str, said: Mapping[str, DirectiveDefinitionNode], sources: Sources, marks: MarkMerger
) -> MergedDirective | None:
    locations = common_locations(said)
    if not locations:
        return None
    arguments = merge_arguments({source: sources.schemas[source].arguments[name] for source in said}, marks)
    definition = DirectiveDefinitionNode(
        name=NameNode(value=name),
        description=next((node.description for node in said.values() if node.description), None),
        arguments=tuple(_argument(item) for item in arguments.values()),
        repeatable=all(node.repeatable for node in said.values()),
        locations=tuple(NameNode(value=location) for location in locations),
    )
    return MergedDirective(name, arguments, definition)


def _argument(item: MergedInput) -> InputValueDefinitionNode:
    return InputValueDefinitionNode(
        name=NameNode(value=item.name),
        description=StringValueNode(value=item.marks.description) if item.marks.description else None,
        type=item.type,
        default_value=item.default,  # type: ignore[arg-type] # a default in SDL holds no variable
        directives=item.marks.directives,
    )


def place_of(source: str, node: Node) -> SourcePlace:
    """Where a node of a source's own definitions stands."""
    token = node.loc.start_token if node.loc else None
    return SourcePlace(source, token.line, token.column) if token else SourcePlace(source)
