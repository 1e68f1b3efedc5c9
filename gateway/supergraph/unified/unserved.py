"""UNSUPPORTED_FEATURE: what is composed for other gateways and not served here, in a deployment that is to be served."""

from collections.abc import Iterable, Iterator

from gateway.errors import Finding
from gateway.supergraph.source.contexts import takers
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.usages import finding

_REMEDY = "pass what the field needs as an argument, or by @requires"


def unserved(schemas: Iterable[SourceSchema]) -> Iterator[Finding]:
    """Contexts: no value is carried here from one field to another."""
    for schema in schemas:
        for type_ in schema.types.values():
            for context in type_.marks.contexts:
                message = f"@context stands on {type_.name}, and Huitong does not carry values from one field to another"
                yield finding(schema, "UNSUPPORTED_FEATURE", message, _REMEDY, context.place)
        for taker in takers(schema.types):
            message = (
                f"@fromContext stands on {taker}, and Huitong does not carry values from one field to another"
            )
            yield finding(schema, "UNSUPPORTED_FEATURE", message, _REMEDY, taker.given.place)
