"""Output fields: every field of every source, with the type that all sources' types fit in."""

from collections.abc import Collection, Mapping

from gateway.supergraph.merge.contexts import context_arguments, given_by_clients
from gateway.supergraph.merge.inputs import merge_arguments
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import JoinField, MergedField
from gateway.supergraph.merge.overrides import Moved, Overrides
from gateway.supergraph.merge.sources import Hierarchy, in_order
from gateway.supergraph.merge.type_refs import output_type, type_text
from gateway.supergraph.source.model import SourceField, SourceType


class FieldMerger:
    """Merges the fields of object and interface types."""

    def __init__(self, hierarchy: Hierarchy, overrides: Overrides, marks: MarkMerger) -> None:
        self.hierarchy = hierarchy
        self.overrides = overrides
        self.marks = marks

    def fields(
        self, name: str, types: Mapping[str, SourceType], owners: Collection[str]
    ) -> dict[str, MergedField]:
        """The fields of one type. `owners`: the sources that have the type (the query type: all of them)."""
        merged = {}
        for field_name in in_order(type_.fields for type_ in types.values()):
            said = {
                source: type_.fields[field_name]
                for source, type_ in types.items()
                if field_name in type_.fields
            }
            merged[field_name] = self._field(said, owners, self.overrides.of(name, field_name))
        return merged

    def _field(self, said: Mapping[str, SourceField], owners: Collection[str], moved: Moved) -> MergedField:
        first = next(iter(said.values()))
        own = deciding(said)
        type_ = (
            output_type(((source, item.type) for source, item in own.items()), self.hierarchy) or first.type
        )
        return MergedField(
            first.name,
            type_,
            merge_arguments(
                given_by_clients({source: item.arguments for source, item in own.items()}), self.marks
            ),
            self.marks.merge({source: item.marks for source, item in own.items()}),
            said,
            _joins(said, owners, moved),
        )


def deciding(said: Mapping[str, SourceField]) -> Mapping[str, SourceField]:
    """The sources that decide what a field is: those that resolve it; all of them when none does."""
    own = {source: item for source, item in said.items() if not item.external}
    return own or said


def _joins(said: Mapping[str, SourceField], owners: Collection[str], moved: Moved) -> tuple[JoinField, ...]:
    """`@join__field` for each source that has the field; none where it would say nothing.

    An override that moves the field away from no source that has it says nothing.
    """
    types = {source: type_text(item.type) for source, item in said.items()}
    differ = len(set(types.values())) > 1
    gone = moved.away_from - moved.still_used - moved.labels.keys()
    joins = tuple(
        JoinField(
            source,
            requires=item.requires.text if item.requires else None,
            provides=item.provides.text if item.provides else None,
            type=types[source] if differ else None,
            external=item.external is not None,
            override=item.override.source if item.override else None,
            used_overridden=source in moved.still_used,
            override_label=moved.labels.get(source),
            context_arguments=tuple(context_arguments(source, item)),
        )
        for source, item in said.items()
        if source not in gone
    )
    plain = len(joins) == len(owners) and all(
        join == JoinField(join.source, override=join.override) for join in joins
    )
    return () if plain else joins
