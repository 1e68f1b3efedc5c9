"""UNSUPPORTED_FEATURE: interface objects that add too many fields."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.interface_objects import MAX_COPIED, too_many
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding

CODE = "UNSUPPORTED_FEATURE"


def check(merging: Merging) -> Iterator[Finding]:
    """Each implementation gets each field of the interface object: that many can be held."""
    if too_many(merging.merged.types):
        yield finding(
            CODE,
            f"interface objects would add more than {MAX_COPIED} fields to the types that implement their interfaces",
            "split the interfaces, or let fewer types implement them",
        )
