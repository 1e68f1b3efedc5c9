"""What sources say differently of the same field: who resolves it, who may see it, whether it may be null."""

from tests.difference.choices import Choices
from tests.difference.draft import Draft, DraftField, Role


def add_override(draft: Draft, choices: Choices) -> None:
    """A field that one source takes over from another."""
    pool = [
        (name, field, source)
        for name in draft.entities
        for source in draft.having(name)
        for field, said in draft.sources[source][name].fields.items()
        if field[0] in "fr"
        and not (said.external or said.requires or said.provides or said.override or said.inaccessible)
        and draft.resolving(name, field) == [source]
        and not _is_provided(draft, source, field)
        and not any(
            draft.sources[source][one].fields.get(field) for one in draft.sources[source][name].implements
        )
    ]
    if not pool:
        return
    name, field, source = choices.one(pool)
    said = draft.sources[source][name].fields[field]
    others = [
        other
        for other in draft.having(name)
        if other != source
        and other not in draft.first
        and (said.is_leaf or said.named in draft.sources[other])
        and field not in draft.sources[other][name].fields
        and any(draft.sources[other][name].keys.values())
    ]
    if others:
        other = choices.one(others)
        draft.sources[other][name].fields[field] = DraftField(said.type, said.arguments, override=source)


def _is_provided(draft: Draft, source: str, field: str) -> bool:
    """Whether the source says in some `@provides` that it knows the field: may it still be asked for it, then?"""
    said = [one for found in draft.sources[source].values() for one in found.fields.values()]
    return any(field in one.provides.split() for one in said)


def vary_nullability(draft: Draft, choices: Choices) -> None:
    """Some sources promise that a shared field is never null, others do not."""
    for types in draft.sources.values():
        for name, found in types.items():
            if found.role not in (Role.ENTITY, Role.VALUE):
                continue
            for field, said in found.fields.items():
                plain = field[0] in "fv" and not (said.external or said.requires or said.override)
                if plain and len(draft.resolving(name, field)) > 1 and choices.chance(30):
                    said.type = said.type.removesuffix("!") + ("" if said.type.endswith("!") else "!")


def hide_field(draft: Draft, choices: Choices) -> None:
    """A field of an entity that clients never see, perhaps a key."""
    pool = [
        (name, field)
        for name in draft.entities
        for field in draft.fields(name)
        if (field[0] == "f" or field in ("id", "code", "x"))
        and len(draft.fields(name)) > 1
        and not any(
            field in types[one].fields
            for types in draft.sources.values()
            if name in types
            for one in types[name].implements
            if one in types
        )
    ]
    if not pool:
        return
    name, field = choices.one(pool)
    at = [source for source in draft.having(name) if source not in draft.first]
    for source in at:
        said = draft.sources[source][name].fields.get(field)
        if said is not None and not said.external:
            said.inaccessible = True
