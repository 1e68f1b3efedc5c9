"""INVALID_GRAPHQL: an argument or input field that one source requires and another deprecates."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import default_of
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.merge.type_refs import input_type

CODE = "INVALID_GRAPHQL"


def check(merging: Merging) -> Iterator[Finding]:
    """GraphQL specification, "@deprecated": what clients must give, they cannot stop giving."""
    for taken in merging.inputs():
        for coordinate, said in taken.by_name():
            type_ = input_type(item.type for item in said.values())
            required = isinstance(type_, NonNullTypeNode) and default_of(said) is None
            deprecating = {
                source: item.marks.place for source, item in said.items() if item.marks.deprecated is not None
            }
            if required and deprecating and taken.stays(said):
                places = {source: item.marks.place for source, item in said.items()}
                yield finding(
                    CODE,
                    f"{coordinate} must be given once merged, of {where(merging.sources, places)}, and is deprecated in"
                    f" {where(merging.sources, deprecating)}",
                    "make it nullable in all sources, give it one default in all, or take @deprecated out",
                    next(iter(deprecating.values())),
                )
