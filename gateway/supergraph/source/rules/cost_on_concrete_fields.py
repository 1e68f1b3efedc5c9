"""COST_APPLIED_TO_INTERFACE_FIELD: a cost is that of a field which a source resolves."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.applied import applied
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@cost` on fields of interfaces."""
    for item in applied(schema):
        if item.meaning == "cost" and item.field is not None and item.owner.kind is Kind.INTERFACE:
            yield finding(
                schema,
                "COST_APPLIED_TO_INTERFACE_FIELD",
                f"@cost stands on {item.on}, a field of an interface",
                f"write @cost on the field in each type that implements {item.owner.name}",
                item.place,
            )
