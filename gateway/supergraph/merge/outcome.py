"""All sources' schemas → one, without any judgement: rules and hints look at the outcome."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gateway.supergraph.merge.access import with_access_of_others
from gateway.supergraph.merge.composed import ComposedDirectives, find_composed
from gateway.supergraph.merge.contexts import contextual, given_by_clients
from gateway.supergraph.merge.directives import merge_directives
from gateway.supergraph.merge.executable import in_common, place_of
from gateway.supergraph.merge.features import carried_definitions, linked_features
from gateway.supergraph.merge.fields import FieldMerger, deciding
from gateway.supergraph.merge.graphs import name_graphs
from gateway.supergraph.merge.inputs import is_hidden
from gateway.supergraph.merge.interface_objects import with_interface_object_fields
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import Merged, MergedDirective, MergedField, MergedType
from gateway.supergraph.merge.names import DirectiveNames, directive_names
from gateway.supergraph.merge.overrides import Overrides, find_overrides
from gateway.supergraph.merge.sources import Sources, in_order
from gateway.supergraph.merge.types import TypeMerger
from gateway.supergraph.merge.usage import Usage, find_usage
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceField, SourceInput, SourcePlace, SourceSchema


@dataclass(frozen=True, slots=True)
class Merging:
    """The merged schema and what it was made from: all that rules look at.

    `carried`: the federation's directives that stand in the merged schema → the sources that apply them.
    `directives`: those for clients' operations, and those that are composed.
    """

    sources: Sources
    merged: Merged
    overrides: Overrides
    names: DirectiveNames
    carried: Mapping[str, Collection[str]]
    composed: ComposedDirectives
    directives: Mapping[str, MergedDirective]
    usage: Usage

    def fields(self) -> Iterator[tuple[MergedType, MergedField]]:
        """Each output field that a source has, with its type."""
        for type_ in self.merged.types.values():
            for field in type_.fields.values():
                if field.sources:
                    yield type_, field

    def object_fields(self) -> Iterator[tuple[MergedType, MergedField]]:
        """Each field of each object type, also those that it has only through interface objects."""
        for type_ in self.merged.types.values():
            if type_.kind is Kind.OBJECT:
                for field in type_.fields.values():
                    yield type_, field

    def through_interface_objects(self, type_: MergedType, field: str) -> list[tuple[str, str, SourceField]]:
        """The interface objects that resolve a field of a type: interface, source, what that says of the field.

        Not those of sources that know the type itself, which they may not.
        """
        objects = self.sources.interface_objects
        return [
            (name, source, said.fields[field])
            for name in (type_.interfaces if objects else ())
            for source, said in objects.get(name, {}).items()
            if field in said.fields and not said.fields[field].external and source not in type_.sources
        ]

    def is_resolved(self, type_: MergedType, field: MergedField) -> bool:
        """True when a source resolves the field, itself or through an interface object."""
        return any(not said.external for said in field.sources.values()) or bool(
            self.through_interface_objects(type_, field.name)
        )

    def possible(self, source: str, name: str) -> frozenset[str]:
        """The concrete types of a composite type in one source; none for an interface object."""
        types = self.sources.schemas[source].types
        type_ = types.get(name)
        if type_ is None or type_.interface_object:
            return frozenset()
        if type_.kind is Kind.OBJECT:
            return frozenset({name})
        if type_.kind is Kind.UNION:
            return frozenset(type_.members)
        if type_.kind is Kind.INTERFACE:
            return frozenset(
                below
                for below in self.sources.hierarchy.below(name)
                if below in types and types[below].kind is Kind.OBJECT and name in types[below].interfaces
            )
        return frozenset()

    def contextual_arguments(self) -> Iterator[tuple[str, dict[str, SourceInput]]]:
        """Each argument that some source takes from a context: its coordinate, and what each source says of it."""
        for type_, field in self.fields():
            own = deciding(field.sources)
            for name in sorted(contextual({source: item.arguments for source, item in own.items()})):
                yield (
                    f"{type_.name}.{field.name}({name}:)",
                    {source: item.arguments[name] for source, item in own.items() if name in item.arguments},
                )

    def inputs(self) -> Iterator["TakenInputs"]:
        """What each field, each input type and each directive for clients takes in each source, contexts apart."""
        for type_, field in self.fields():
            own = deciding(field.sources)
            if any(item.arguments for item in own.values()):
                yield TakenInputs(
                    f"{type_.name}.{field.name}({{}}:)",
                    given_by_clients({source: item.arguments for source, item in own.items()}),
                    {source: item.marks.place for source, item in own.items()},
                )
        for name, said in in_common(self.sources, self.composed).items():
            taken = {source: self.sources.schemas[source].arguments[name] for source in said}
            places = {source: place_of(source, node) for source, node in said.items()}
            yield TakenInputs(f"@{name}({{}}:)", taken, places)
        for type_ in self.merged.types.values():
            if type_.kind is Kind.INPUT:
                yield TakenInputs(
                    f"{type_.name}.{{}}",
                    {source: own.inputs for source, own in type_.sources.items()},
                    {source: own.marks.place for source, own in type_.sources.items()},
                    input_type=True,
                )


@dataclass(frozen=True, slots=True)
class TakenInputs:
    """The arguments of one field or directive, or the fields of one input type, in each source that has it.

    `form` makes a coordinate of a name; `places` is where each source has the whole.
    """

    form: str
    said: Mapping[str, Mapping[str, SourceInput]]
    places: Mapping[str, SourcePlace]
    input_type: bool = False

    def by_name(self) -> Iterator[tuple[str, Mapping[str, SourceInput]]]:
        """Each coordinate, with the sources that have it."""
        for name in in_order(self.said.values()):
            yield (
                self.form.format(name),
                {source: items[name] for source, items in self.said.items() if name in items},
            )

    def stays(self, inputs: Mapping[str, SourceInput]) -> bool:
        """True where the merged schema has it: all sources do, or a field of an input type is hidden."""
        return len(inputs) == len(self.said) or (self.input_type and is_hidden(inputs))


def merge_sources(schemas: Sequence[SourceSchema]) -> Merging:
    """Merge without any judgement: where sources do not fit together, the first one's word stands."""
    sources = Sources(schemas)
    names = directive_names(sources)
    composed = find_composed(sources)
    overrides = find_overrides(sources)
    marks = MarkMerger(names, composed)
    types = TypeMerger(sources, FieldMerger(sources.hierarchy, overrides, marks), marks)
    whole = with_access_of_others(with_interface_object_fields(types.types()), marks)
    directives = merge_directives(sources, composed, marks)
    usage = find_usage(whole.values(), directives.values())
    enums = {
        name: types.with_values(type_, usage) for name, type_ in whole.items() if type_.kind is Kind.ENUM
    }
    merged = _merged(sources, whole | enums, directives, marks, composed)
    return Merging(sources, merged, overrides, names, marks.used, composed, directives, usage)


def _merged(
    sources: Sources,
    types: dict[str, MergedType],
    directives: Mapping[str, MergedDirective],
    marks: MarkMerger,
    composed: ComposedDirectives,
) -> Merged:
    own = {name: directive.definition for name, directive in directives.items()}
    said = {source: schema.marks for source, schema in sources.schemas.items() if schema.marks}
    schema_marks = marks.merge(said)
    features = linked_features(marks.called, composed, {*types, *own, *marks.called.values()})
    carried, scalars = carried_definitions(marks.called, features)
    return Merged(
        name_graphs(schema.source for schema in sources.schemas.values()),
        types,
        features,
        own | carried,
        scalars,
        schema_marks,
    )
