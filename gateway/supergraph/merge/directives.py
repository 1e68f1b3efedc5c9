"""The directives that sources define, over all sources: those for operations, and those that are composed."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import DirectiveDefinitionNode, InputValueDefinitionNode, NameNode, StringValueNode

from gateway.supergraph.merge.composed import ComposedDirectives
from gateway.supergraph.merge.executable import common_locations, in_common
from gateway.supergraph.merge.inputs import merge_arguments
from gateway.supergraph.merge.marks import MarkMerger, commonest_of
from gateway.supergraph.merge.model import MergedDirective, MergedInput
from gateway.supergraph.merge.sources import Sources


def merge_directives(
    sources: Sources, composed: ComposedDirectives, marks: MarkMerger
) -> dict[str, MergedDirective]:
    """Every directive, by its name in the merged schema."""
    every = (*_for_operations(sources, composed, marks), *_composed(sources, composed, marks))
    return {directive.name: directive for directive in every}


def _for_operations(
    sources: Sources, composed: ComposedDirectives, marks: MarkMerger
) -> Iterator[MergedDirective]:
    """Those that all sources define: arguments and locations that all have, repeatable where all say so."""
    for name, said in in_common(sources, composed).items():
        arguments = merge_arguments(
            {source: sources.schemas[source].arguments[name] for source in said}, marks
        )
        definition = DirectiveDefinitionNode(
            name=NameNode(value=name),
            description=_described(said.values()),
            arguments=_written(arguments),
            repeatable=all(node.repeatable for node in said.values()),
            locations=tuple(NameNode(value=location) for location in common_locations(said)),
        )
        yield MergedDirective(name, arguments, definition)


def _described(nodes: Iterable[DirectiveDefinitionNode]) -> StringValueNode | None:
    text = commonest_of(node.description.value or None if node.description else None for node in nodes)
    return StringValueNode(value=text) if text else None


def _composed(sources: Sources, composed: ComposedDirectives, marks: MarkMerger) -> Iterator[MergedDirective]:
    """Those of `@composeDirective`: as the source that has the newest version defines them."""
    for directive in composed.directives:
        if directive.defined_in is not None and directive.definition is not None:
            known = sources.schemas[directive.defined_in].arguments[directive.definition.name.value]
            arguments = merge_arguments({directive.defined_in: known}, marks)
            definition = DirectiveDefinitionNode(
                name=NameNode(value=directive.name),
                description=directive.definition.description,
                arguments=_written(arguments),
                repeatable=directive.definition.repeatable,
                locations=directive.definition.locations,
            )
            yield MergedDirective(directive.name, arguments, definition, composed=True)


def _written(arguments: Mapping[str, MergedInput]) -> tuple[InputValueDefinitionNode, ...]:
    return tuple(
        InputValueDefinitionNode(
            name=NameNode(value=item.name),
            description=StringValueNode(value=item.marks.description) if item.marks.description else None,
            type=item.type,
            default_value=item.default,  # type: ignore[arg-type] # a default in SDL holds no variable
            directives=item.marks.directives,
        )
        for item in arguments.values()
    )
