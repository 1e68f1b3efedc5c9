"""EXTENSION_WITH_NO_BASE: a type that sources only extend."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding

CODE = "EXTENSION_WITH_NO_BASE"


def check(merging: Merging) -> Iterator[Finding]:
    """Some source must define each type."""
    for name, said in merging.sources.types.items():
        if not any(type_.defined for type_ in said.values()):
            for source, type_ in said.items():
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, type_.marks.place)} extends {name}, which no source defines",
                    f"define it in the source that owns it (`type {name}`), or correct the name",
                    type_.marks.place,
                )
