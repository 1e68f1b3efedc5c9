"""Fields that lead to objects, and the root fields that lead into the graph."""

from tests.difference.abstract import MEDIA
from tests.difference.choices import Choices
from tests.difference.draft import PART, Draft, DraftField, DraftType, Role
from tests.difference.entities import add_stub
from tests.difference.parts import arguments, leaf, wrapped


def add_references(draft: Draft, choices: Choices) -> None:
    """Fields of entities that lead to other objects."""
    owners = [*draft.entities, *draft.media, *([MEDIA] if draft.media else [])]
    for name in owners:
        for number in range(choices.one([1, 0, 2, 1, 3])):
            source = choices.one(draft.having(name))
            target = _target(draft, choices, source)
            if target in draft.split and not set(draft.having(target)) <= set(draft.having(name)):
                continue  # some part of it could not be reached from here
            said = DraftField(wrapped(choices, target), arguments(choices))
            at = [source]
            if name != MEDIA and (target in draft.split or choices.chance(25, "shareable")):
                at = [one for one in draft.having(name) if target in draft.sources[one]]
            for one in at:
                field = f"mr{source}{number}" if name == MEDIA else f"r{number}"
                _add_implemented(draft, one, name, field, said)


def _add_implemented(draft: Draft, source: str, name: str, field: str, said: DraftField) -> None:
    """A field; that of an entity interface on its implementers, too."""
    types = draft.sources[source]
    owners = [name]
    if types[name].role is Role.ENTITY_INTERFACE:
        owners += [one for one, found in types.items() if name in found.implements]
    for one in owners:
        draft.add(source, one, field, DraftField(said.type, said.arguments))


def _target(draft: Draft, choices: Choices, source: str) -> str:
    """A type that a field of this source may lead to. Raises LookupError when there is none."""
    elsewhere = [one for one in draft.entities if one not in draft.sources[source]]
    if elsewhere and choices.chance(25, "stubs"):
        name = choices.one(elsewhere)
        add_stub(draft, choices, source, name)
        return name
    types = draft.sources[source]
    pool = [one for one in types if one not in ("Query", "Mutation", PART)]
    abstract = [one for one in pool if types[one].role.word != "type" or one == MEDIA]
    return choices.one(abstract if abstract and choices.chance(25, "abstract targets") else pool)


def add_roots(draft: Draft, choices: Choices) -> None:
    """Root fields in most sources, at least one in the first."""
    for number, source in enumerate(draft.sources):
        _own_roots(draft, choices, source, number == 0)
    if choices.chance(30, "shared roots"):
        pool = [
            *draft.entities,
            *draft.values,
            *draft.unions,
            *draft.interfaces,
            *([MEDIA] * bool(draft.media)),
        ]
        for name in choices.some([one for one in pool if len(draft.having(one)) > 1], 1, 2):
            said = DraftField(wrapped(choices, name))
            for source in choices.some(draft.having(name), 2, 4):
                _query(draft, source, f"sh{name}", said)
    if choices.chance(10, "query below"):
        source = choices.one(list(draft.sources))
        entities = [one for one, found in draft.sources[source].items() if found.role is Role.ENTITY]
        if entities and "Query" in draft.sources[source]:
            draft.add(source, choices.one(entities), "query", DraftField(choices.one(["Query", "Query!"])))


def _own_roots(draft: Draft, choices: Choices, source: str, first: bool) -> None:
    types = draft.sources[source]
    if not any(name != PART for name in types):
        _query(draft, source, f"leaf{source}", DraftField("String"))
        return
    for number in range(choices.number(1, 3) if first else choices.one([1, 0, 1, 2])):
        target = _target(draft, choices, source)
        said = DraftField(wrapped(choices, target))
        for one in draft.having(target) if target in draft.split else [source]:
            _query(draft, one, f"q{source}{number}", said)
    for name in [name for name, found in types.items() if found.keys and "id" in found.fields]:
        if choices.chance(15):
            _query(draft, source, f"by{name}{source}", DraftField(name, "(id: ID!)"))
    if choices.chance(10):
        _query(draft, source, f"leaf{source}", leaf(choices))


def _query(draft: Draft, source: str, name: str, said: DraftField) -> None:
    draft.sources[source].setdefault("Query", DraftType(Role.ROOT))
    draft.add(source, "Query", name, DraftField(said.type, said.arguments))


def add_mutations(draft: Draft, choices: Choices) -> None:
    """Mutations that change an entity's note, which any source may hold."""
    for number in range(choices.number(1, 4)):
        source = choices.one(list(draft.sources))
        types = draft.sources[source]
        pool = [
            name
            for name in draft.entities
            if name in types and "id" in types[name].fields and name not in draft.nullable_keys
        ]
        if not pool:
            continue
        name = choices.one(pool)
        draft.sources[source].setdefault("Mutation", DraftType(Role.ROOT))
        draft.add(source, "Mutation", f"set{name}{number}", DraftField(name, "(id: ID!, note: String)"))
        for field, kind in (("note", "String"), ("version", "Int")):
            if not draft.resolving(name, field):
                draft.add(choices.one(draft.having(name)), name, field, DraftField(kind))
