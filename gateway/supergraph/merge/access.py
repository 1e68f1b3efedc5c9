"""Security of what is said elsewhere too: nobody gets through an interface what is protected behind it.

Whoever asks an interface must be allowed all that its implementations ask for. Whoever asks an implementation must be
allowed what an interface object asks for the field that it gives to all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import MergedField, MergedMarks, MergedType
from gateway.supergraph.merge.requirements import all_of
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import Marks, SourceType

Required: TypeAlias = Mapping[str, Sequence[tuple[str, Marks]]]
"""By coordinate, each source and the secured marks of one of its elements elsewhere, which hold there too."""


def with_access_of_others(types: Mapping[str, MergedType], marks: MarkMerger) -> dict[str, MergedType]:
    """The types, where everything asks for what is required of it elsewhere besides."""
    required = required_elsewhere(types)
    return {name: _secured(type_, required, marks) if required else type_ for name, type_ in types.items()}


def required_elsewhere(types: Mapping[str, MergedType]) -> Required:
    """What implementations say of their interfaces, and interface objects of all implementations."""
    below: dict[str, list[MergedType]] = {}
    for type_ in types.values():
        for interface in type_.interfaces if type_.kind is Kind.OBJECT else ():
            below.setdefault(interface, []).append(type_)
    found: dict[str, list[tuple[str, Marks]]] = {}
    for type_ in types.values():
        said = _of_object(type_, types) if type_.kind is Kind.OBJECT else _of_interface(type_, below, types)
        for coordinate, source, own in said:
            found.setdefault(coordinate, []).append((source, own))
    return found


def is_secured(marks: Marks | MergedMarks) -> bool:
    """True when a security directive stands there."""
    return marks.authenticated or marks.scopes is not None or marks.policies is not None


def _of_object(type_: MergedType, types: Mapping[str, MergedType]) -> Iterator[tuple[str, str, Marks]]:
    """For the interfaces of an object type: coordinate, source, marks."""
    interfaces = [types[name] for name in type_.interfaces if name in types]
    for source, said in type_.sources.items() if interfaces else ():
        if is_secured(said.marks):
            for interface in interfaces:
                yield interface.name, source, said.marks
        secured = _secured_fields(said)
        for interface in interfaces if secured else ():
            for name in interface.fields.keys() & secured.keys():
                yield f"{interface.name}.{name}", source, secured[name]


def _of_interface(
    type_: MergedType, below: Mapping[str, Sequence[MergedType]], types: Mapping[str, MergedType]
) -> Iterator[tuple[str, str, Marks]]:
    """For the implementations of an interface, and their other interfaces: what its interface objects ask."""
    required = {
        source: _secured_fields(said) for source, said in type_.sources.items() if said.interface_object
    }
    if not any(required.values()):
        return
    implementations = below.get(type_.name, ())
    beside = {name: types[name] for other in implementations for name in other.interfaces if name in types}
    for other in (*implementations, *beside.values()):
        for source, secured in required.items() if other is not type_ else ():
            for name in other.fields.keys() & secured.keys():
                yield f"{other.name}.{name}", source, secured[name]


def _secured_fields(said: SourceType) -> dict[str, Marks]:
    """Of the fields that a source resolves, those that are secured."""
    return {
        name: field.marks
        for name, field in said.fields.items()
        if is_secured(field.marks) and not field.external
    }


def _secured(type_: MergedType, required: Required, marks: MarkMerger) -> MergedType:
    fields: dict[str, MergedField] = {}
    for name, field in type_.fields.items():
        others = required.get(f"{type_.name}.{name}")
        fields[name] = replace(field, marks=_conjunction(field.marks, others, marks)) if others else field
    own = required.get(type_.name)
    return replace(type_, marks=_conjunction(type_.marks, own, marks) if own else type_.marks, fields=fields)


def _conjunction(own: MergedMarks, others: Sequence[tuple[str, Marks]], marks: MarkMerger) -> MergedMarks:
    every: list[Marks | MergedMarks] = [own, *(other for _, other in others)]
    return marks.rewritten(
        replace(
            own,
            authenticated=any(other.authenticated for other in every),
            scopes=all_of(other.scopes for other in every if other.scopes is not None),
            policies=all_of(other.policies for other in every if other.policies is not None),
        )
    )
