"""OVERRIDE_LABEL_INVALID: a label of `@override` is a name, or a share of the requests."""

import re
from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-:./]*\Z")
_SHARE = re.compile(r"percent\((\d{1,2}(\.\d{1,8})?|100)\)\Z")


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find labels of `@override` that are neither names nor `percent(…)`."""
    for found in schema.types.values():
        for field in found.fields.values():
            label = field.override.label if field.override else None
            if field.override and label is not None and not (_NAME.match(label) or _SHARE.match(label)):
                yield finding(
                    schema,
                    "OVERRIDE_LABEL_INVALID",
                    f"the label {label[:80]!r} of @override on {found.name}.{field.name} is no label",
                    "begin it with a letter, followed by letters, digits, `_ - : . /`, or write percent(0) to percent(100)",
                    field.override.place,
                )
