"""DISALLOWED_INACCESSIBLE: what belongs to a specification is no matter of clients' eyes."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import arguments, place_of

CODE = "DISALLOWED_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """No argument of a composed directive is `@inaccessible`: clients see none of the whole."""
    composed = (directive for directive in merging.directives.values() if directive.composed)
    for coordinate, item in arguments(composed):
        if item.marks.inaccessible:
            yield finding(
                CODE,
                f"{coordinate} is @inaccessible, and the directive is composed: clients do not see it anyway",
                "take @inaccessible off",
                place_of(item.sources),
            )
