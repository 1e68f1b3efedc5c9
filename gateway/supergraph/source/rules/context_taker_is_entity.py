"""CONTEXT_NO_RESOLVABLE_KEY: what a context gives is handed over with a key, so that there has to be one."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.contexts import takers
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find types with arguments from contexts that the source does not find by any key."""
    for taker in takers(schema.types):
        owner = taker.owner
        is_found = any(key.resolvable for key in owner.keys)
        if owner.kind is Kind.OBJECT and taker.given.selection and not is_found:
            yield finding(
                schema,
                "CONTEXT_NO_RESOLVABLE_KEY",
                f"{taker} takes its value from a context, and this source finds {owner.name} by no @key",
                f"give {owner.name} a resolvable @key",
                owner.marks.place,
            )
