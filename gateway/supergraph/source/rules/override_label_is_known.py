"""OVERRIDE_LABEL_INVALID: a label of `@override` is a name, or a share of the requests."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.progressive import is_label
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find every label of `@override` that is none; an empty one would move the field for all requests at once."""
    for found in schema.types.values():
        for field in found.fields.values():
            label = field.override.label if field.override else None
            if field.override and label is not None and not is_label(label):
                yield finding(
                    schema,
                    "OVERRIDE_LABEL_INVALID",
                    f"the label {label[:80]!r} of @override on {found.name}.{field.name} is no label",
                    "begin it with a letter, followed by letters, digits, `_ - : . /`,"
                    " or write percent(0) to percent(100)",
                    field.override.place,
                )
