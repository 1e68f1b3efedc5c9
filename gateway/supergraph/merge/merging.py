"""All sources' schemas → one: the parts are merged, then every rule and every hint looks at the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import Finding
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
    """The merged schema and what it was made from: all that rules look at."""

    sources: Sources
    merged: Merged
    overrides: Overrides
    names: DirectiveNames
    composed: ComposedDirectives
    usage: Usage


def merge(schemas: Sequence[SourceSchema], findings: list[Finding], hints: list[str]) -> Merged:
    """Merge the schemas. Each rule that they break together is a finding, each doubt a hint.

    With findings the outcome is incomplete: it is there for the rules, not to be written.
    """
    merging = merge_sources(schemas)
    return merging.merged


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
    return Merging(sources, merged, overrides, names, composed, usage)


def _merged(
    sources: Sources, types: dict[str, MergedType], marks: MarkMerger, composed: ComposedDirectives
) -> Merged:
    executable = merge_executable(sources, marks)
    carried, scalars = carried_definitions(marks.used, marks.names)
    custom = {
        directive.name: directive.definition for directive in composed.directives if directive.definition
    }
    return Merged(
        name_graphs(schema.source for schema in sources.schemas.values()),
        types,
        (*carried_features(marks.used, marks.names), *composed_features(composed)),
        executable | custom | carried,
        scalars,
    )
