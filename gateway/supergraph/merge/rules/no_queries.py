"""NO_QUERIES: nothing can be asked."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import QUERY_ROOT

CODE = "NO_QUERIES"


def check(merging: Merging) -> Iterator[Finding]:
    """Some source has a field of the query type."""
    if not any(type_.fields for type_ in merging.sources.types.get(QUERY_ROOT, {}).values()):
        yield finding(CODE, "no source has a field of the type Query", "add one to `type Query` of a source")
