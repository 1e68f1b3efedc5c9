"""INTERFACE_FIELD_NO_IMPLEM: a field that an interface gained from one source and an implementation did not."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "INTERFACE_FIELD_NO_IMPLEM"


def check(merging: Merging) -> Iterator[Finding]:
    """After merging, each implementation has every field of its interfaces."""
    types = merging.merged.types
    for type_ in types.values():
        for interface in (types[name] for name in type_.interfaces if name in types):
            for field in interface.fields.values():
                if field.name not in type_.fields:
                    declaring = {source: said.marks.place for source, said in field.sources.items()}
                    implementing = {
                        source: said.interfaces[interface.name]
                        for source, said in type_.sources.items()
                        if interface.name in said.interfaces
                    }
                    yield finding(
                        CODE,
                        f"{interface.name}.{field.name} is declared in {where(merging.sources, declaring)}, but"
                        f" {type_.name}, which implements {interface.name} in"
                        f" {where(merging.sources, implementing)}, does not have it",
                        f"add it to {type_.name}, or take it out of the interface",
                        next(iter(implementing.values())),
                    )
