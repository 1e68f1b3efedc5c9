"""OVERRIDE_FROM_SELF_ERROR: a source that overrides its own field."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind

CODE = "OVERRIDE_FROM_SELF_ERROR"


def check(merging: Merging) -> Iterator[Finding]:
    """`@override(from:)` names another source. That fields of interfaces cannot move, other rules tell."""
    for type_, field in merging.fields():
        if type_.kind is not Kind.OBJECT:
            continue
        for source, said in field.sources.items():
            if said.override and said.override.source == source:
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, said.override.place)} overrides {type_.name}.{field.name}"
                    " from itself",
                    "name the source that the field moves away from",
                    said.override.place,
                )
