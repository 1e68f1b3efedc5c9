"""UNSUPPORTED_FEATURE: what would change answers, and is not done here, is refused rather than read past."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.applied import applied
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_REFUSED = {
    "context": "pass what the field needs as an argument, or by @requires",
    "fromContext": "pass what the field needs as an argument, or by @requires",
}


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@context` and `@fromContext`."""
    for item in applied(schema):
        if item.meaning in _REFUSED:
            yield finding(
                schema,
                "UNSUPPORTED_FEATURE",
                f"@{item.meaning} stands on {item.on}, and Huitong does not carry values from one field to another",
                _REFUSED[item.meaning],
                item.place,
            )
