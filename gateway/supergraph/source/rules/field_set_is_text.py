"""KEY_INVALID_FIELDS_TYPE, REQUIRES_INVALID_FIELDS_TYPE, PROVIDES_INVALID_FIELDS_TYPE: a field set is a string."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `fields` arguments that are no strings."""
    for usage in usages(schema, types):
        if usage.given.misfit is not None:
            yield finding(
                schema,
                f"{usage.prefix}_INVALID_FIELDS_TYPE",
                f"`fields` of @{usage.directive} on {usage.on} is {usage.given.misfit}, which is no string",
                f'write the fields in quotes, such as @{usage.directive}(fields: "id name")',
                usage.given.place,
            )
