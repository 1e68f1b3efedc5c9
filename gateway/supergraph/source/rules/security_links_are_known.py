"""UNSUPPORTED_LINKED_FEATURE: what a source links for security is enforced, or the source is not composed."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.specification import FEDERATION, LINK, SINGLE_DIRECTIVES
from gateway.supergraph.source.usages import finding

_KNOWN = frozenset({FEDERATION, LINK, *SINGLE_DIRECTIVES})


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find links `for: SECURITY` to specifications that Huitong does not know."""
    for link in schema.links:
        if link.purpose == "SECURITY" and link.identity not in _KNOWN:
            yield finding(
                schema,
                "UNSUPPORTED_LINKED_FEATURE",
                f"{link.identity[:120]} is linked for SECURITY, and it is not known what it demands",
                "express the requirement by @authenticated, @requiresScopes, @policy or Huitong's policy, and take the link out",
                link.place,
            )
