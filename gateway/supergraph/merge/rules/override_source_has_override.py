"""OVERRIDE_SOURCE_HAS_OVERRIDE: a field that is overridden twice in a row."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind

CODE = "OVERRIDE_SOURCE_HAS_OVERRIDE"


def check(merging: Merging) -> Iterator[Finding]:
    """The field that is overridden does not itself override. That fields of interfaces cannot move, other rules tell."""
    for type_, field in merging.fields():
        if type_.kind is not Kind.OBJECT:
            continue
        for source, said in field.sources.items():
            override = said.override
            other = field.sources.get(override.source) if override and override.source != source else None
            if override and other and other.override:
                told = merging.sources.told
                yield finding(
                    CODE,
                    f"{type_.name}.{field.name} of {told(source, override.place)} overrides that of"
                    f" {told(override.source, other.override.place)}, which has an @override of its own",
                    "keep one @override for the field, in the source that is to resolve it",
                    override.place,
                )
