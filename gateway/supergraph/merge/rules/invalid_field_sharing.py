"""INVALID_FIELD_SHARING: a field that several sources resolve without all saying that they share it."""

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, listed
from gateway.supergraph.source.model import SourceField

CODE = "INVALID_FIELD_SHARING"


@dataclass(frozen=True, slots=True)
class _Resolver:
    """A source that resolves the field; `through`: the interface object by which it does."""

    source: str
    said: SourceField
    shareable: bool
    through: str | None = None

    def told(self, merging: Merging) -> str:
        told = merging.sources.told(self.source, self.said.marks.place)
        return f"{told} (through the interface object {self.through})" if self.through else told


def check(merging: Merging) -> Iterator[Finding]:
    """Either one source resolves a field, or all that do mark it `@shareable` (or name it in a key)."""
    for type_, field in merging.object_fields():
        resolvers = [*_own(merging, type_, field), *_through(merging, type_, field)]
        alone = [resolver for resolver in resolvers if not resolver.shareable]
        if len(resolvers) > 1 and alone:
            told = listed(resolver.told(merging) for resolver in resolvers)
            others = "in all of them" if len(alone) == len(resolvers) else _where(merging, alone)
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is resolved by {told}, and not shareable {others}",
                _remedy(merging, type_, field, resolvers),
                alone[0].said.marks.place,
            )


def _remedy(merging: Merging, type_: MergedType, field: MergedField, resolvers: list[_Resolver]) -> str:
    mapped = [one for one in resolvers if one.said.marks.place.source != one.source]
    if len(mapped) == len(resolvers):
        return "take it out of all manifests but one: no manifest shares an entity's field"
    for resolver in resolvers:
        said = type_.sources.get(resolver.source)
        if not resolver.shareable and said is not None and not said.keys and _is_key(type_, field):
            told = merging.sources.told(resolver.source, said.marks.place)
            return f'add `@key(fields: "{field.name}")` to {type_.name} in {told}, or take {field.name} out there'
    if mapped:
        return "take it out of all but one, or move it with @override: no manifest shares an entity's field"
    return (
        "mark it @shareable in all of them if they give the same value, or move it with @override,"
        " or take it out of all but one"
    )


def _is_key(type_: MergedType, field: MergedField) -> bool:
    """Whether a source finds the type by this field alone."""
    return any(key.fields.text.strip() == field.name for said in type_.sources.values() for key in said.keys)


def _where(merging: Merging, resolvers: list[_Resolver]) -> str:
    return "in " + listed(resolver.told(merging) for resolver in resolvers)


def _own(merging: Merging, type_: MergedType, field: MergedField) -> Iterator[_Resolver]:
    coordinate = (type_.name, field.name)
    moved = merging.overrides.of(*coordinate)
    for source, said in field.sources.items():
        uses = merging.overrides.uses[source]
        resolved = said.external is None or uses.provided(coordinate)
        if resolved and source not in moved.away_from:
            shareable = said.shareable or said.external is not None or uses.in_key(coordinate)
            yield _Resolver(source, said, shareable)


def _through(merging: Merging, type_: MergedType, field: MergedField) -> Iterator[_Resolver]:
    for interface, source, said in merging.through_interface_objects(type_, field.name):
        in_key = merging.overrides.uses[source].in_key((interface, field.name))
        yield _Resolver(source, said, said.shareable or in_key, interface)
