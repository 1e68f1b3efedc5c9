"""Types: what each source says of a type as the join specification writes it, and the parts by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gateway.supergraph.merge.fields import FieldMerger
from gateway.supergraph.merge.inputs import merge_input_fields
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import JoinImplements, JoinMember, JoinType, MergedType, MergedValue
from gateway.supergraph.merge.sources import Sources, in_order
from gateway.supergraph.merge.usage import Usage
from gateway.supergraph.model import QUERY_ROOT, Kind
from gateway.supergraph.source.model import EnumValue, SourceType


class TypeMerger:
    """Merges types one by one; enums last, since their values depend on where they are used."""

    def __init__(self, sources: Sources, fields: FieldMerger, marks: MarkMerger) -> None:
        self.sources = sources
        self.fields = fields
        self.marks = marks

    def types(self) -> dict[str, MergedType]:
        """Every type that is of one kind in all sources, enums without values."""
        merged = {}
        for name, said in self.sources.types.items():
            kind = self.sources.kind(name)
            if kind is not None:
                merged[name] = self._type(name, kind, said)
        return merged

    def with_values(self, type_: MergedType, usage: Usage) -> MergedType:
        """An enum with its values: those of all sources where it is only taken, those of any where it is given.

        A value that clients do not see stays in any case.
        """
        said = {source: own.values for source, own in type_.sources.items()}
        names = in_order(said.values())
        if type_.name in usage.inputs and type_.name not in usage.outputs:
            names = [name for name in names if _may_be_sent(name, list(said.values()))]
        values = {}
        for name in names:
            sources = {source: own[name] for source, own in said.items() if name in own}
            marks = self.marks.merge({source: value.marks for source, value in sources.items()})
            values[name] = MergedValue(name, marks, sources)
        return replace(type_, values=values)

    def _type(self, name: str, kind: Kind, said: Mapping[str, SourceType]) -> MergedType:
        owners = list(self.sources.schemas) if name == QUERY_ROOT else list(said)
        interfaces = in_order(type_.interfaces for type_ in said.values())
        inputs = {source: type_.inputs for source, type_ in said.items()}
        return MergedType(
            name,
            kind,
            self.marks.merge({source: type_.marks for source, type_ in said.items()}, said.values()),
            said,
            tuple(join for owner in owners for join in _joins(owner, said.get(owner))),
            fields=self.fields.fields(name, said, owners),
            inputs=merge_input_fields(inputs, self.marks),
            interfaces=tuple(interfaces),
            implements=tuple(
                JoinImplements(source, interface)
                for source, type_ in said.items()
                for interface in type_.interfaces
            ),
            members=tuple(in_order(type_.members for type_ in said.values())),
            member_joins=tuple(
                JoinMember(source, member) for source, type_ in said.items() for member in type_.members
            ),
        )


def _joins(source: str, type_: SourceType | None) -> Iterator[JoinType]:
    if type_ is None or not type_.keys:
        yield JoinType(source, interface_object=bool(type_ and type_.interface_object))
        return
    for key in type_.keys:
        yield JoinType(
            source,
            key.fields.text,
            extension=key.extension,
            resolvable=key.resolvable,
            interface_object=type_.interface_object,
        )


def _may_be_sent(name: str, said: Sequence[Mapping[str, EnumValue]]) -> bool:
    hidden = any(name in values and values[name].marks.inaccessible for values in said)
    return hidden or all(name in values for values in said)
