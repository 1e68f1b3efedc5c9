"""OVERRIDE_LABEL_INVALID: a label of `@override` is a name, or a share of the requests. No label is supported yet."""

import re
from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourcePlace, SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-:./]*\Z")
_SHARE = re.compile(r"percent\((\d{1,2}(\.\d{1,8})?|100)\)\Z")


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find every label of `@override`: those that are none, and the others, for they are not supported."""
    for found in schema.types.values():
        for field in found.fields.values():
            if field.override is not None and field.override.label is not None:
                label, on = field.override.label, f"{found.name}.{field.name}"
                tell = _unsupported if _NAME.match(label) or _SHARE.match(label) else _invalid
                yield tell(schema, label, on, field.override.place)


def _invalid(schema: SourceSchema, label: str, on: str, place: SourcePlace) -> Finding:
    return finding(
        schema,
        "OVERRIDE_LABEL_INVALID",
        f"the label {label[:80]!r} of @override on {on} is no label",
        "begin it with a letter, followed by letters, digits, `_ - : . /`, or write percent(0) to percent(100)",
        place,
    )


def _unsupported(schema: SourceSchema, label: str, on: str, place: SourcePlace) -> Finding:
    return finding(
        schema,
        "UNSUPPORTED_FEATURE",
        f"@override on {on} has the label {label[:80]!r}, and Huitong moves a field for all requests or none",
        "take the label off when the field is to move",
        place,
    )
