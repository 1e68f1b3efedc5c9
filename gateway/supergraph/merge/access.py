"""Security of interfaces: whoever asks an interface must be allowed all that its implementations ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import MergedField, MergedMarks, MergedType
from gateway.supergraph.merge.requirements import all_of
from gateway.supergraph.model import Kind


def with_access_of_implementations(
    types: Mapping[str, MergedType], marks: MarkMerger
) -> dict[str, MergedType]:
    """The types, with the requirements of implementations on their interfaces, fields likewise."""
    below: dict[str, list[MergedType]] = {}
    for type_ in types.values():
        if type_.kind is Kind.OBJECT:
            for interface in type_.interfaces:
                below.setdefault(interface, []).append(type_)
    return {
        name: _of_all(type_, below[name], marks) if type_.kind is Kind.INTERFACE and name in below else type_
        for name, type_ in types.items()
    }


def is_secured(marks: MergedMarks) -> bool:
    """True when a security directive stands there."""
    return marks.authenticated or marks.scopes is not None or marks.policies is not None


def _of_all(interface: MergedType, types: Sequence[MergedType], marks: MarkMerger) -> MergedType:
    fields: dict[str, MergedField] = {}
    for name, field in interface.fields.items():
        own = [type_.fields[name].marks for type_ in types if name in type_.fields]
        fields[name] = replace(field, marks=_conjunction(field.marks, own, marks))
    return replace(
        interface,
        marks=_conjunction(interface.marks, [type_.marks for type_ in types], marks),
        fields=fields,
    )


def _conjunction(own: MergedMarks, below: Sequence[MergedMarks], marks: MarkMerger) -> MergedMarks:
    secured = [other for other in below if is_secured(other)]
    if not secured:
        return own
    every = [own, *secured]
    return marks.rewritten(
        replace(
            own,
            authenticated=any(other.authenticated for other in every),
            scopes=all_of(other.scopes for other in every if other.scopes is not None),
            policies=all_of(other.policies for other in every if other.policies is not None),
        )
    )
