"""Shared fields whose sources can return different concrete types."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.rules.shareable_has_mismatched_runtime_types import runtime_types
from gateway.supergraph.merge.telling import finding, listed, what_each_says

CODE = "INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN"


def look(merging: Merging) -> Iterator[Finding]:
    """A shared field has the same value in all its sources, hence only types that all of them know."""
    for type_, field in merging.fields():
        types = runtime_types(merging, type_, field)
        if len(set(types.values())) > 1:
            said = {
                source: (listed(sorted(names)), field.sources[source].marks.place)
                for source, names in types.items()
            }
            common = listed(sorted(frozenset.intersection(*types.values())))
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is shared, and can be {what_each_says(merging.sources, said)}",
                f"see that it is never anything but {common} while it is shared",
                next(iter(said.values()))[1],
            )
