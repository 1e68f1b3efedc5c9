"""Fields that interface objects add: each implementation of the interface gets them (`@interfaceObject`)."""

from collections.abc import Mapping
from dataclasses import replace

from gateway.supergraph.merge.model import JoinField, MergedField, MergedType
from gateway.supergraph.model import Kind

_COPIED = (JoinField(None),)

MAX_COPIED = 40_000
"""Fields that are copied in all."""


def with_interface_object_fields(types: Mapping[str, MergedType]) -> dict[str, MergedType]:
    """The types, with the fields that their implementations have through an interface object alone.

    None are copied where they are `too_many`, which a rule tells.
    """
    added: dict[str, dict[str, MergedField]] = {}
    for provided, implementations in () if too_many(types) else _copies(types):
        for name in implementations:
            for field_name, field in provided.items():
                added.setdefault(name, {}).setdefault(field_name, field)
    return {name: _with(type_, added.get(name, {})) for name, type_ in types.items()}


def too_many(types: Mapping[str, MergedType]) -> bool:
    """True when interface objects would add more than `MAX_COPIED` fields to types."""
    return sum(len(provided) * len(names) for provided, names in _copies(types)) > MAX_COPIED


def _copies(types: Mapping[str, MergedType]) -> list[tuple[dict[str, MergedField], list[str]]]:
    """The fields that interface objects add, and the object types that get them."""
    implementations: dict[str, list[str]] = {}
    for type_ in types.values():
        if type_.kind is Kind.OBJECT:
            for name in type_.interfaces:
                implementations.setdefault(name, []).append(type_.name)
    return [(_added_fields(type_), implementations.get(type_.name, [])) for type_ in types.values()]


def _added_fields(interface: MergedType) -> dict[str, MergedField]:
    objects = {source for source, type_ in interface.sources.items() if type_.interface_object}
    if not objects:
        return {}
    return {
        name: field
        for name, field in interface.fields.items()
        if any(source in objects and not said.external for source, said in field.sources.items())
    }


def _with(type_: MergedType, added: Mapping[str, MergedField]) -> MergedType:
    """With the fields copied; a field that all its sources have as external keeps them, and gets the rest."""
    fields = dict(type_.fields)
    for name, field in added.items():
        own = fields.get(name)
        if own is None:
            fields[name] = replace(field, marks=replace(field.marks, joined=()), sources={}, joins=_COPIED)
        elif all(said.external for said in own.sources.values()):
            marks = replace(field.marks, description=own.marks.description, joined=own.marks.joined)
            fields[name] = replace(field, marks=marks, sources=own.sources, joins=own.joins)
    return replace(type_, fields=fields) if added else type_
