"""INVALID_GRAPHQL: a union of what is an interface in other sources."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind

CODE = "INVALID_GRAPHQL"


def check(merging: Merging) -> Iterator[Finding]:
    """Members of unions are objects in all sources; an interface object is one in its own source alone."""
    types = merging.merged.types
    for type_ in types.values():
        for name in type_.members:
            if name in types and types[name].kind is not Kind.OBJECT:
                source, place = next(
                    (source, said.members[name])
                    for source, said in type_.sources.items()
                    if name in said.members
                )
                yield finding(
                    CODE,
                    f"{name} is a member of the union {type_.name} in {merging.sources.told(source, place)}, and an interface"
                    " in other sources",
                    f"take {name} out of the union, or name the types that implement it",
                    place,
                )
