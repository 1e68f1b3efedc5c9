"""INVALID_SHAREABLE_USAGE: `@shareable` stands on object types and their fields, once on each declaration."""

from collections.abc import Iterator, Sequence

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourcePlace, SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_CODE = "INVALID_SHAREABLE_USAGE"


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@shareable` on fields of interfaces, and where it stands twice on the same declaration."""
    for found in schema.types.values():
        for declaration in found.shared_at:
            yield from _repeated(schema, found.name, declaration)
        for field in found.fields.values():
            yield from _repeated(schema, f"{found.name}.{field.name}", field.shared_at)
            if found.kind is Kind.INTERFACE and field.shared_at:
                yield finding(
                    schema,
                    _CODE,
                    f"{found.name}.{field.name} is a field of an interface, and marked @shareable",
                    f"take @shareable off, and mark the field in the types that implement {found.name}",
                    field.shared_at[0],
                )


def _repeated(schema: SourceSchema, on: str, places: Sequence[SourcePlace]) -> Iterator[Finding]:
    if len(places) > 1:
        yield finding(
            schema,
            _CODE,
            f"@shareable stands {len(places)} times on the same declaration of {on}, first at {places[0]}",
            "keep it once",
            places[1],
        )
