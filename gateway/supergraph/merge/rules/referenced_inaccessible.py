"""REFERENCED_INACCESSIBLE: something visible is of a type that is not."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import place_of, references

CODE = "REFERENCED_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """The types of visible fields, arguments and input fields are visible."""
    types = merging.merged.types
    for reference in references(merging):
        target = types.get(reference.type)
        if target and target.marks.inaccessible:
            hidden = place_of(target.sources)
            yield finding(
                CODE,
                f"{reference.coordinate} is visible to clients, and its type {target.name} is @inaccessible"
                f" (at {hidden})",
                "mark the one that names it @inaccessible too, or let clients see the type",
                reference.place,
            )
