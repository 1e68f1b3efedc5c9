"""All sources' schemas → one, without any judgement: rules and hints look at the outcome."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gateway.supergraph.merge.composed import ComposedDirectives, find_composed
from gateway.supergraph.merge.executable import merge_executable
from gateway.supergraph.merge.features import carried_definitions, carried_features, composed_features
from gateway.supergraph.merge.fields import FieldMerger
from gateway.supergraph.merge.graphs import name_graphs
from gateway.supergraph.merge.interface_objects import with_interface_object_fields
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import Merged, MergedType
from gateway.supergraph.merge.names import DirectiveNames, directive_names
from gateway.supergraph.merge.overrides import Overrides, find_overrides
from gateway.supergraph.merge.sources import Sources
from gateway.supergraph.merge.types import TypeMerger
from gateway.supergraph.merge.usage import Usage, find_usage
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema


@dataclass(frozen=True, slots=True)
class Merging:
    """The merged schema and what it was made from: all that rules look at.

    `carried`: the federation's directives that stand in the merged schema → the sources that apply them.
    """

    sources: Sources
    merged: Merged
    overrides: Overrides
    names: DirectiveNames
    carried: Mapping[str, Collection[str]]
    composed: ComposedDirectives
    usage: Usage


def merge_sources(schemas: Sequence[SourceSchema]) -> Merging:
    """Merge without any judgement: where sources do not fit together, the first one's word stands."""
    sources = Sources(schemas)
    names = directive_names(sources)
    composed = find_composed(sources)
    overrides = find_overrides(sources)
    marks = MarkMerger(names, composed)
    types = TypeMerger(sources, FieldMerger(sources.hierarchy, overrides, marks), marks)
    whole = with_interface_object_fields(types.types())
    usage = find_usage(whole.values())
    enums = {
        name: types.with_values(type_, usage) for name, type_ in whole.items() if type_.kind is Kind.ENUM
    }
    merged = _merged(sources, whole | enums, marks, composed)
    return Merging(sources, merged, overrides, names, marks.used, composed, usage)


def _merged(
    sources: Sources, types: dict[str, MergedType], marks: MarkMerger, composed: ComposedDirectives
) -> Merged:
    executable = merge_executable(sources, marks)
    carried, scalars = carried_definitions(marks.called)
    custom = {
        directive.name: directive.definition for directive in composed.directives if directive.definition
    }
    return Merged(
        name_graphs(schema.source for schema in sources.schemas.values()),
        types,
        (*carried_features(marks.called), *composed_features(composed)),
        executable | custom | carried,
        scalars,
    )
