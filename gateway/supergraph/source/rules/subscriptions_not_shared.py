"""INVALID_FIELD_SHARING, as one source alone breaks it: a subscription is one source's, so none shares it."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@shareable` on fields of the subscription root."""
    root = schema.types.get("Subscription")
    for field in root.fields.values() if root else ():
        if field.shared_at:
            yield finding(
                schema,
                "INVALID_FIELD_SHARING",
                f"Subscription.{field.name} is marked @shareable, and events come from one source",
                "take @shareable off, and let one source have the subscription",
                field.shared_at[0],
            )
