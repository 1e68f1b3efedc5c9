"""Types that are entities in some of their sources only."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

CODE = "INCONSISTENT_ENTITY"


def look(merging: Merging) -> Iterator[Finding]:
    """From a source without a key no other source can be asked about the object."""
    for type_ in merging.merged.types.values():
        keyed = {source: said.marks.place for source, said in type_.sources.items() if said.keys}
        bare = {source: said.marks.place for source, said in type_.sources.items() if not said.keys}
        if type_.kind is Kind.OBJECT and keyed and bare:
            yield finding(
                CODE,
                f"{type_.name} has a @key in {where(merging.sources, keyed)} but not in {where(merging.sources, bare)}",
                "add a @key there too (`resolvable: false` where the source cannot find the entity)",
                next(iter(bare.values())),
            )
