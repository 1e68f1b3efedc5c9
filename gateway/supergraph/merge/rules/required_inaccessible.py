"""REQUIRED_INACCESSIBLE: clients must give what they may not see."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import inputs, place_of

CODE = "REQUIRED_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """Arguments and input fields that clients do not see can be left out."""
    for coordinate, item in inputs(merging):
        required = isinstance(item.type, NonNullTypeNode) and item.default is None
        if required and item.marks.inaccessible:
            yield finding(
                CODE,
                f"{coordinate} is @inaccessible, and must be given",
                "make it nullable, give it a default, or let clients see it",
                place_of(item.sources),
            )
