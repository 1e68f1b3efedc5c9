"""CONTEXT_NAME_INVALID: the composed schema makes `source__name` of a context, which has to be told apart again."""

import re
from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_PLAIN = re.compile(r"[A-Za-z][0-9A-Za-z]*")


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find contexts whose names are more than letters and digits."""
    for found in schema.types.values():
        for context in found.marks.contexts:
            if not _PLAIN.fullmatch(context.name):
                yield finding(
                    schema,
                    "CONTEXT_NAME_INVALID",
                    f"{found.name} sets the context {context.name[:80]!r}, whose name is more than letters and digits",
                    "name it by letters and digits, a letter first",
                    context.place,
                )
