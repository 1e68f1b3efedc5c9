"""Interfaces, unions, and the entity interface that other sources know as an object."""

from collections.abc import Sequence

from tests.difference.choices import Choices
from tests.difference.draft import Draft, DraftField, DraftType, Role
from tests.difference.entities import put_key
from tests.difference.parts import copy_of, leaf

MEDIA = "Media"
"""The entity interface."""


def add_media(draft: Draft, choices: Choices) -> None:
    """An entity interface in one source, with interface objects or single implementers in others."""
    hub, *others = choices.some(draft.sources, len(draft.sources), len(draft.sources))
    keys = ["id", "code"] if choices.chance(25) else ["id"]
    draft.media = ["Book", "Film", "Song"][: choices.number(1, 3)]
    common = {f"m{number}": leaf(choices) for number in range(choices.number(0, 2))}
    draft.sources[hub][MEDIA] = DraftType(Role.ENTITY_INTERFACE)
    for name in [MEDIA, *draft.media]:
        draft.keys[name] = keys
        if name != MEDIA:
            draft.sources[hub][name] = DraftType(Role.ENTITY, implements={MEDIA})
        for key in keys:
            put_key(draft, hub, name, key)
        for field, said in common.items():
            draft.add(hub, name, field, copy_of(said))
    for name in draft.media:
        for number in range(choices.number(0, 2)):
            draft.add(hub, name, f"{name[0].lower()}{number}", leaf(choices))
    shared = [leaf(choices) for _ in range(choices.number(0, 2))]
    for source in choices.some(others, 1, 2):
        if choices.chance(80):
            _interface_object(draft, choices, source, keys, shared)
        else:
            _single_implementer(draft, choices, source, keys)


def _interface_object(
    draft: Draft, choices: Choices, source: str, keys: list[str], shared: Sequence[DraftField]
) -> None:
    draft.sources[source][MEDIA] = DraftType(Role.INTERFACE_OBJECT)
    for key in choices.some(keys, 1, 2):
        put_key(draft, source, MEDIA, key)
    for number in range(choices.number(1, 3)):
        draft.add(source, MEDIA, f"o{source}{number}", leaf(choices))
    for number, said in enumerate(shared):
        if choices.chance(40):
            draft.add(source, MEDIA, f"o{number}", copy_of(said))


def _single_implementer(draft: Draft, choices: Choices, source: str, keys: list[str]) -> None:
    name = choices.one(draft.media)
    draft.sources[source][name] = DraftType(Role.ENTITY)
    for key in choices.some(keys, 1, 2):
        put_key(draft, source, name, key)
    draft.add(source, name, f"e{source}", leaf(choices))


def add_interface(draft: Draft, choices: Choices, name: str) -> None:
    """An interface of some objects, in some sources: perhaps with other fields in each."""
    objects = choices.some(_objects(draft), 1, 3)
    having = [source for source, types in draft.sources.items() if any(one in types for one in objects)]
    if not having:
        return
    draft.interfaces.append(name)
    initial = name[0].lower()
    fields = {f"{initial}i{number}": leaf(choices) for number in range(choices.number(1, 2))}
    target = choices.one(draft.entities) if draft.entities and choices.chance(40) else None
    for source in choices.some(having, 1, 3):
        types = draft.sources[source]
        draft.sources[source][name] = DraftType(Role.INTERFACE)
        here = [one for one in objects if one in types]
        kept = list(fields) if choices.chance(70) else choices.some(fields, 1, 2)
        for one in here:
            types[one].implements.add(name)
        for field in kept:
            _everywhere(draft, source, [name, *here], field, fields[field])
        if target in types and not set(here) & set(draft.values):
            _everywhere(draft, source, [name], f"{initial}r", DraftField(target))
            for one in here:
                end = "!" if choices.chance(30) else ""
                draft.add(source, one, f"{initial}r", DraftField(target + end))


def _objects(draft: Draft) -> list[str]:
    """What may be one of several types: no value type that no source has as a whole."""
    values = [name for name in draft.values if name not in draft.split]
    return [*draft.entities, *values, *draft.media]


def _everywhere(draft: Draft, source: str, names: list[str], field: str, said: DraftField) -> None:
    """Add the field to these types; to a value type in all sources, since no other could be asked for it."""
    for name in names:
        for one in draft.having(name) if name in draft.values else [source]:
            draft.add(one, name, field, copy_of(said))


def complete_interfaces(draft: Draft) -> None:
    """Each implementer has in some source each field that the interface has in any."""
    for name in draft.interfaces:
        whole = draft.fields(name)
        for source in draft.having(name):
            for one, found in draft.sources[source].items():
                if name in found.implements:
                    for field in [field for field in whole if not draft.resolving(one, field)]:
                        if whole[field].is_leaf:
                            _everywhere(draft, source, [one], field, whole[field])
    for name in draft.interfaces:
        _drop_unimplemented(draft, name)


def _drop_unimplemented(draft: Draft, name: str) -> None:
    implementers = {
        one for types in draft.sources.values() for one, found in types.items() if name in found.implements
    }
    for field in list(draft.fields(name)):
        if any(not draft.resolving(one, field) for one in implementers):
            for source in draft.having(name):
                draft.sources[source][name].fields.pop(field, None)


def add_union(draft: Draft, choices: Choices, name: str) -> None:
    """A union, in some sources: perhaps with other members in each."""
    objects = choices.some(_objects(draft), 1, 4)
    for source in choices.some(draft.sources, 1, 3):
        members = [one for one in objects if one in draft.sources[source]]
        if members and choices.chance(30, "other members"):
            members = choices.some(members, 1, len(members))
        if members:
            draft.sources[source][name] = DraftType(Role.UNION, members=members)
            if name not in draft.unions:
                draft.unions.append(name)
