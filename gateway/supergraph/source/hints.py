"""What is legal in one source's schema, and less than it seems: told, not refused."""

from collections.abc import Iterator

from gateway.supergraph.source.applied import applied
from gateway.supergraph.source.model import SourceSchema

_KEPT = {
    "cost": "operations are not weighed by it",
    "listSize": "operations are not weighed by it",
    "cacheTag": "answers are not cached by it",
}


def hints_of(schema: SourceSchema) -> Iterator[str]:
    """One line each, `CODE source:line:column message; remedy`, once for each directive that has no effect."""
    told: set[str] = set()
    for item in applied(schema):
        if item.meaning in _KEPT and item.meaning not in told:
            told.add(item.meaning)
            yield (
                f"UNSUPPORTED_FEATURE {item.place} {schema.source.name}: @{item.meaning} on {item.on} is kept, and"
                f" {_KEPT[item.meaning]}; nothing need be done"
            )
