"""TYPE_WITH_ONLY_UNUSED_EXTERNAL: a type of Federation 1 of which nothing is left."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import QUERY_ROOT, Kind

CODE = "TYPE_WITH_ONLY_UNUSED_EXTERNAL"
_FEDERATION_1 = (1, 0)


def check(merging: Merging) -> Iterator[Finding]:
    """External fields that nothing uses are dropped from Federation 1 schemas; a field must remain."""
    for source, schema in merging.sources.schemas.items():
        for name, type_ in schema.types.items():
            composite = type_.kind in (Kind.OBJECT, Kind.INTERFACE) and name != QUERY_ROOT
            if schema.federation == _FEDERATION_1 and composite and not type_.fields:
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, type_.marks.place)} has of {name} only @external fields that"
                    " nothing there uses",
                    "take the type out of the source, or @external out where it resolves a field",
                    type_.marks.place,
                )
