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
        for source, said in field.sources.items():
            if said.override and type_.sources[source].interface_object:
                yield _on_interface_object(merging, f"{type_.name}.{field.name}", source, said.override)
            elif said.override and type_.kind is Kind.OBJECT and said.override.source != source:
                yield from _collisions(merging, type_, field, source, said.override)


def _on_interface_object(merging: Merging, coordinate: str, source: str, override: Override) -> Finding:
    return finding(
        CODE,
        f"{merging.sources.told(source, override.place)} overrides {coordinate} on an interface object",
        "take @override out: fields of interface objects cannot move",
        override.place,
    )


def _collisions(
    merging: Merging, type_: MergedType, field: MergedField, source: str, override: Override
) -> Iterator[Finding]:
    other = field.sources.get(override.source)
    told = f"{merging.sources.told(source, override.place)} overrides {type_.name}.{field.name}"
    if other is None:
        interface = _abstracted_by(merging, type_, field.name, override.source)
        if interface:
            yield finding(
                CODE,
                f"{told}, which {override.source} has only through the interface object {interface}",
                "take @override out: a field of an interface object cannot move away for one type alone",
                override.place,
            )
    elif not other.override:
        for name in _directives(other):
            yield finding(
                CODE,
                f"{told}, which has {name} in {merging.sources.told(override.source, other.marks.place)}",
                f"take {name} out there first, or leave the field where it is",
                override.place,
            )
        if field.sources[source].external:
            yield finding(
                CODE,
                f"{told}, and has it as @external",
                "take @external out: the source that overrides a field resolves it",
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
