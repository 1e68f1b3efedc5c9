"""DISALLOWED_INACCESSIBLE: what belongs to GraphQL itself cannot be hidden."""

from collections.abc import Iterator

from graphql import specified_scalar_types

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import place_of

CODE = "DISALLOWED_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """Built-in scalars are visible."""
    for name in specified_scalar_types:
        scalar = merging.merged.types.get(name)
        if scalar and scalar.marks.inaccessible:
            yield finding(
                CODE,
                f"the built-in scalar {name} is @inaccessible",
                f"take the definition of {name} out of the source",
                place_of(scalar.sources),
            )
