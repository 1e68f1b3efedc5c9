"""QUERY_ROOT_TYPE_INACCESSIBLE: clients would see nothing at all."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import place_of
from gateway.supergraph.model import QUERY_ROOT

CODE = "QUERY_ROOT_TYPE_INACCESSIBLE"


def check(merging: Merging) -> Iterator[Finding]:
    """The query type is visible."""
    query = merging.merged.types.get(QUERY_ROOT)
    if query and query.marks.inaccessible:
        yield finding(
            CODE,
            "the query type is @inaccessible",
            "hide single fields of it instead",
            place_of(query.sources),
        )
