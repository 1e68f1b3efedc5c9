"""INTERFACE_KEY_NOT_ON_IMPLEMENTATION: what finds an interface finds each type that implements it."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.field_sets import parse_field_set
from gateway.supergraph.model import FieldSet, Kind
from gateway.supergraph.source.model import Key, SourceSchema, SourceType
from gateway.supergraph.source.selections import FieldSetError, SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find keys of interfaces that a type which implements the interface lacks, or cannot resolve."""
    for found in schema.types.values():
        if found.kind is not Kind.INTERFACE:
            continue
        for key in found.keys:
            if not _fits(key, found, types):
                continue  # field_set_fits tells it
            for implementer in types.implementers(found.name):
                if implementer.kind is Kind.OBJECT and (wrong := _wrong(key, implementer)):
                    yield finding(
                        schema,
                        "INTERFACE_KEY_NOT_ON_IMPLEMENTATION",
                        f"{implementer.name} ({implementer.marks.place}) implements {found.name} and {wrong}"
                        f' @key(fields: "{key.fields.text[:80]}")',
                        f'write @key(fields: "{key.fields.text[:80]}") on {implementer.name}',
                        key.fields.place,
                    )


def _fits(key: Key, found: SourceType, types: SourceTypes) -> bool:
    try:
        return key.fields.misfit is None and bool(types.chosen(key.fields, found.name))
    except FieldSetError:
        return False


def _wrong(key: Key, implementer: SourceType) -> str | None:
    wanted = _fields(key)
    same = [other for other in implementer.keys if _fields(other) == wanted]
    if not same:
        return "lacks its"
    resolvable = any(other.resolvable for other in same)
    return "does not resolve its" if key.resolvable and not resolvable else None


def _fields(key: Key) -> FieldSet | None:
    try:
        return parse_field_set(key.fields.text)
    except ValueError:
        return None
