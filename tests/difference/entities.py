"""Entities with their keys, and value types."""

from tests.difference.choices import Choices
from tests.difference.draft import PART, Draft, DraftField, DraftType, Role
from tests.difference.parts import copy_of, leaf, where, wrapped

KEY_TYPES = {"id": "ID", "code": "String", "x": "Int", "y": "String", "num": "Int", "part": PART}
"""The fields that keys are made of."""


def add_entity(draft: Draft, choices: Choices, name: str) -> None:
    """An entity in some sources: the first finds it by all its keys, the others by some of them."""
    draft.entities.append(name)
    names = list(draft.sources)
    present = choices.some(names, 2, len(names)) if choices.chance(90) else [choices.one(names)]
    keys = draft.keys[name] = _keys(choices)
    everywhere = False
    if choices.chance(15, "null keys"):
        keys[:] = choices.some(["id", "code"], 2, 2)
        draft.nullable_keys[name] = keys[0]
        everywhere = choices.chance(85)
    for number, source in enumerate(present):
        draft.sources[source][name] = DraftType(Role.ENTITY)
        most = 1 if choices.chance(60) else len(keys)
        for key in keys if number == 0 or everywhere else choices.some(keys, 1, most):
            put_key(draft, source, name, key)
    for number in range(choices.number(2, 5)):
        said = leaf(choices)
        for source in where(choices, present):
            draft.add(source, name, f"f{number}", copy_of(said))


def _keys(choices: Choices) -> list[str]:
    found = ["id"]
    if choices.chance(40, "several keys"):
        found.append("code")
    if choices.chance(25, "composite keys"):
        found.append("x y")
    if choices.chance(25, "nested keys"):
        found.append("part { id n }" if choices.chance(30) else "part { id }")
    if choices.chance(20, "nested keys"):
        found.append("num part { id }")
    return choices.some(found, 1, 3)


def put_key(draft: Draft, source: str, name: str, key: str, resolvable: bool = True) -> None:
    """Give an entity of a source a key, with the fields that it needs."""
    end = "" if draft.nullable_keys.get(name) == key else "!"
    for part in key.split("{")[0].split():
        draft.add(source, name, part, DraftField(KEY_TYPES[part] + end))
    if "part" in key:
        draft.sources[source].setdefault(PART, DraftType(Role.VALUE))
        draft.add(source, PART, "id", DraftField("ID!"))
        draft.add(source, PART, "n", DraftField("Int!"))
    draft.sources[source][name].keys.setdefault(key, resolvable)


def add_stub(draft: Draft, choices: Choices, source: str, name: str) -> None:
    """An entity that a source only points to."""
    draft.sources[source][name] = DraftType(Role.ENTITY)
    key = next(key for key in draft.keys[name] if key != draft.nullable_keys.get(name))
    put_key(draft, source, name, key, not choices.chance(60))


def add_value(draft: Draft, choices: Choices, name: str) -> None:
    """A value type: the same in all sources that have it, or split over them."""
    draft.values.append(name)
    present = choices.some(draft.sources, 1, len(draft.sources))
    split = len(present) > 1 and choices.chance(25, "split values")
    if split:
        draft.split.add(name)
    for source in present:
        draft.sources[source][name] = DraftType(Role.VALUE)
    for number in range(choices.number(1, 4)):
        said = leaf(choices)
        for source in where(choices, present) if split else present:
            draft.add(source, name, f"v{number}", copy_of(said))
    for source in present:
        if not draft.sources[source][name].fields:
            draft.add(source, name, "vz", DraftField("Int"))


def nest_values(draft: Draft, choices: Choices) -> None:
    """Values inside values, and entities that values point to."""
    for outer, inner in zip(draft.values[1:], draft.values, strict=False):
        together = [source for source in draft.having(outer) if inner in draft.sources[source]]
        if together == draft.having(outer) and choices.chance(70, "nested values"):
            kind = wrapped(choices, inner)
            for source in together:
                draft.add(source, outer, "inner", DraftField(kind))
    for name in draft.values:
        if draft.entities and choices.chance(35, "values to entities"):
            entity = choices.one(draft.entities)
            kind = wrapped(choices, entity)
            together = [source for source in draft.having(name) if entity in draft.sources[source]]
            for source in together if together == draft.having(name) or name in draft.split else []:
                draft.add(source, name, "ref", DraftField(kind))
