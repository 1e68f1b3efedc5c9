"""INTERFACE_KEY_NOT_ON_IMPLEMENTATION: what finds an interface finds each type that implements it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

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
        keys = [key for key in found.keys if _fits(key, found, types)]
        for implementer in types.implementers(found.name) if keys else ():
            if implementer.kind is Kind.OBJECT:
                yield from _missing(schema, found, keys, implementer)


def _fits(key: Key, found: SourceType, types: SourceTypes) -> bool:
    try:
        return key.fields.misfit is None and bool(types.chosen(key.fields, found.name))
    except FieldSetError:
        return False  # field_set_fits tells it


def _missing(
    schema: SourceSchema, interface: SourceType, keys: Sequence[Key], implementer: SourceType
) -> Iterator[Finding]:
    has: dict[FieldSet, bool] = {}  # each key, and whether it is resolvable
    for key in implementer.keys:
        if (fields := _fields(key)) is not None:
            has[fields] = has.get(fields, False) or key.resolvable
    for key in keys:
        resolvable = has.get(_fields(key) or ())
        if resolvable is None or (key.resolvable and not resolvable):
            lacks = "lacks" if resolvable is None else "does not resolve"
            yield finding(
                schema,
                "INTERFACE_KEY_NOT_ON_IMPLEMENTATION",
                f"{implementer.name} ({implementer.marks.place}) implements {interface.name} and {lacks} its"
                f' @key(fields: "{key.fields.text[:80]}")',
                f'write @key(fields: "{key.fields.text[:80]}") on {implementer.name}',
                key.fields.place,
            )


def _fields(key: Key) -> FieldSet | None:
    return _parsed(key.fields.text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> FieldSet | None:
    try:
        return parse_field_set(text)
    except ValueError:
        return None
