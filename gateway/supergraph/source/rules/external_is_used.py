"""EXTERNAL_UNUSED: an external field is there for a key, `@requires`, `@provides` or an interface."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.specification import OLDEST
from gateway.supergraph.source.usages import finding
from gateway.supergraph.source.used_externals import used_externals


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find external fields that serve nothing. Federation 1 allows them, and they are dropped from it."""
    if schema.federation < OLDEST:
        return
    used = used_externals(types)
    for found in schema.types.values():
        for field in found.fields.values():
            if field.external is not None and (found.name, field.name) not in used:
                yield finding(
                    schema,
                    "EXTERNAL_UNUSED",
                    f"{found.name}.{field.name} is marked @external, and no @key, @requires, @provides or interface uses it",
                    "take the field out, or take @external off when this source resolves it",
                    field.external,
                )
