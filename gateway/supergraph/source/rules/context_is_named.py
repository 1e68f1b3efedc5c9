"""NO_CONTEXT_IN_SELECTION: `@fromContext` names a context and what it takes of it, as `$context { field }`."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.contexts import takers
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find values that are not taken from any context, or are nothing of one."""
    for taker in takers(schema.types):
        if taker.owner.kind is Kind.OBJECT and not taker.given.selection:
            yield finding(
                schema,
                "NO_CONTEXT_IN_SELECTION",
                f"{taker} takes {taker.given.text[:80]!r}, which does not name a context and what is selected of it",
                'write @fromContext(field: "$context { field }")',
                taker.given.place,
            )
