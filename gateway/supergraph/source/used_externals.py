"""Which external fields of a source serve a purpose: in a field set, or for an interface."""

from gateway.supergraph.source.contexts import setters, takers
from gateway.supergraph.source.model import FieldSetText
from gateway.supergraph.source.selections import SourceTypes


def used_externals(types: SourceTypes) -> set[tuple[str, str]]:
    """The fields, as (type, field), that field sets and selections of contexts name, or interfaces ask for."""
    used: set[tuple[str, str]] = set()
    setting = setters(types.by_name)
    for taker in takers(types.by_name):
        for found in setting.get(taker.given.context, ()):
            used |= _named(FieldSetText(taker.given.selection, taker.given.place), found.name, types)
    for found in types.by_name.values():
        for key in found.keys:
            used |= _named(key.fields, found.name, types)
        for field in found.fields.values():
            if field.requires is not None:
                used |= _named(field.requires, found.name, types)
            returned = types.returned(field) if field.provides is not None else None
            if field.provides is not None and returned is not None:
                used |= _named(field.provides, returned.name, types)
        for name in found.interfaces:
            interface = types.by_name.get(name)
            used |= {(found.name, field) for field in (interface.fields if interface else ())}
    return used


def _named(given: FieldSetText, type_name: str, types: SourceTypes) -> set[tuple[str, str]]:
    """What a field set names; a field of an interface stands for it in every implementation."""
    used = set()
    for owner, field in types.named(given, type_name):
        used.add((owner, field))
        used |= {(name, field) for name in types.possible(owner)}
    return used
