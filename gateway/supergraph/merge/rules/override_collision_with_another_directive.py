"""OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: fields that cannot move, for what else is said of them."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import Override, SourceField

CODE = "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE"


def check(merging: Merging) -> Iterator[Finding]:
    """A field that needs others, or gives others on the way, stays where it is; so does one of an interface object."""
    for type_, field in merging.fields():
        if type_.kind is not Kind.OBJECT:
            continue
        for source, said in field.sources.items():
            if said.override and said.override.source != source:
                yield from _collisions(merging, type_, field, source, said.override)


def _collisions(
    merging: Merging, type_: MergedType, field: MergedField, source: str, override: Override
) -> Iterator[Finding]:
    told = merging.sources.told
    other = field.sources.get(override.source)
    for name in _directives(other) if other and not other.override else ():
        assert other is not None
        yield finding(
            CODE,
            f"{told(source, override.place)} overrides {type_.name}.{field.name}, which has {name} in"
            f" {told(override.source, other.marks.place)}",
            f"take {name} out there first, or leave the field where it is",
            override.place,
        )
    interface = _abstracted_by(merging, type_, field.name, override.source) if other is None else None
    if interface:
        yield finding(
            CODE,
            f"{told(source, override.place)} overrides {type_.name}.{field.name}, which {override.source} has only"
            f" through the interface object {interface}",
            "take @override out: a field of an interface object cannot move away for one type alone",
            override.place,
        )


def _directives(said: SourceField) -> list[str]:
    found = {"@requires": said.requires, "@provides": said.provides}
    return [name for name, value in found.items() if value is not None]


def _abstracted_by(merging: Merging, type_: MergedType, field: str, source: str) -> str | None:
    for name in type_.interfaces:
        interface = merging.sources.types.get(name, {}).get(source)
        if interface and interface.interface_object and field in interface.fields:
            return name
    return None
