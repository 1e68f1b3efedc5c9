"""EXTENSION_WITH_NO_BASE: a type that sources only extend."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT

CODE = "EXTENSION_WITH_NO_BASE"
_ROOTS = frozenset({QUERY_ROOT, MUTATION_ROOT, "Subscription"})


def check(merging: Merging) -> Iterator[Finding]:
    """Some source must define each type; the root types may be extended everywhere."""
    for name, said in merging.sources.types.items():
        if name not in _ROOTS and all(type_.extension for type_ in said.values()):
            for source, type_ in said.items():
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, type_.marks.place)} extends {name}, which no source defines",
                    f"define it in the source that owns it (`type {name}`), or correct the name",
                    type_.marks.place,
                )
