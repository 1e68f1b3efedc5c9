"""TYPE_KIND_MISMATCH: one name, several kinds of types."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import KIND_WORDS, finding, what_each_says
from gateway.supergraph.source.model import SourceType

CODE = "TYPE_KIND_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """A type must be of one kind in all sources; an interface object goes with interfaces."""
    for name, said in merging.sources.types.items():
        if merging.sources.kind(name) is None:
            told = what_each_says(
                merging.sources, {source: (_kind(type_), type_.marks.place) for source, type_ in said.items()}
            )
            place = next(iter(said.values())).marks.place
            yield finding(CODE, f"{name} is {told}", "make them of one kind, or rename one of them", place)


def _kind(type_: SourceType) -> str:
    return "an interface object (@interfaceObject)" if type_.interface_object else KIND_WORDS[type_.kind]
