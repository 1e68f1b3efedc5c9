"""Lookups: the root fields of a deployment. Each type with a source of record is found there by its key.

To composition a lookup is a root field of the source of record; the planner resolves it natively.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graphql import ListTypeNode, NamedTypeNode, NameNode, NonNullTypeNode, TypeNode

from gateway.errors import Finding
from gateway.supergraph.field_sets import parse_field_set
from gateway.supergraph.model import QUERY_ROOT, Kind, Lookup
from gateway.supergraph.source.model import (
    Marks,
    SourceField,
    SourceInput,
    SourcePlace,
    SourceSchema,
    SourceType,
)

_ROOTS = frozenset({"Query", "Mutation", "Subscription"})


def find_lookups(
    schemas: Sequence[SourceSchema], record: Mapping[str, str], file: Path | None, findings: list[Finding]
) -> dict[str, Lookup]:
    """The lookups that the sources of record make, by the name of the root field. What is wrong is added to `findings`.

    `file`: where `record` stands.
    """
    lookups: dict[str, Lookup] = {}
    for type_name, source in sorted(record.items()):
        if not any(type_name in schema.types for schema in schemas):
            message = f"`record` names {type_name}, which no source supplies"
            remedy = "correct the type's name in `record:`, or leave it out"
            findings.append(Finding("RECORD_UNKNOWN_TYPE", message, remedy, file))
            continue
        keys = {schema.source.name: _single_key(schema.types.get(type_name)) for schema in schemas}
        key = keys.get(source)
        if key is None:
            findings.append(_without_key(type_name, source, keys, file))
            continue
        name = type_name[0].lower() + type_name[1:]
        lookups[name] = Lookup(name, type_name, "id", key, source)
    return lookups


def _without_key(type_name: str, source: str, keys: Mapping[str, str | None], file: Path | None) -> Finding:
    what = f"finds no {type_name} by a single key" if source in keys else "is no source"
    able = [name for name, key in keys.items() if key is not None]
    remedy = (
        f"name one that finds {type_name}: {', '.join(able)}"
        if able
        else f"let a source find {type_name} by a key of one field, or leave it out of `record:`"
    )
    return Finding(
        "RECORD_WITHOUT_KEY", f"`record` names {source} for {type_name}, which {what}", remedy, file
    )


def _single_key(known: SourceType | None) -> str | None:
    """The field of the first key that is one plain field, no list, and can be resolved. Root types are no entities."""
    if known is None or known.name in _ROOTS:
        return None
    for key in known.keys:
        try:
            fields = parse_field_set(key.fields.text) if key.resolvable else ()
        except ValueError:
            continue  # composition says what is wrong with it
        if len(fields) == 1 and not fields[0].children and _is_single(known.fields.get(fields[0].name)):
            return fields[0].name
    return None


def _is_single(field: SourceField | None) -> bool:
    return field is not None and isinstance(_nullable(field.type), NamedTypeNode)


def with_lookups(schemas: Sequence[SourceSchema], lookups: Mapping[str, Lookup]) -> list[SourceSchema]:
    """The schemas with lookups for root fields, in place of their own."""
    result = []
    for schema in schemas:
        types = {name: known for name, known in schema.types.items() if name not in _ROOTS}
        own = [lookup for lookup in lookups.values() if lookup.record == schema.source.name]
        if own:
            marks = Marks(SourcePlace(schema.source.name))
            fields = {lookup.field: _root_field(lookup, types, marks) for lookup in own}
            types[QUERY_ROOT] = SourceType(QUERY_ROOT, Kind.OBJECT, marks, fields)
        result.append(replace(schema, types=types))
    return result


def _root_field(lookup: Lookup, types: Mapping[str, SourceType], marks: Marks) -> SourceField:
    key = types[lookup.type_name].fields[lookup.key_field].type
    argument = SourceInput(lookup.argument, NonNullTypeNode(type=_nullable(key)), marks)
    described = f"按 {lookup.key_field} 查询 / Finds one {lookup.type_name} by {lookup.key_field}"
    returned = NamedTypeNode(name=NameNode(value=lookup.type_name))
    return SourceField(
        lookup.field, returned, {lookup.argument: argument}, replace(marks, description=described)
    )


def _nullable(kind: TypeNode) -> NamedTypeNode | ListTypeNode:
    inner = kind.type if isinstance(kind, NonNullTypeNode) else kind
    assert isinstance(inner, NamedTypeNode | ListTypeNode), "non-null stands but once"
    return inner


def left_out(schemas: Sequence[SourceSchema]) -> list[str]:
    """A hint for each root field that a source offers."""
    return [
        f"{schema.source.name} offers the root field {name}, which is left out: root fields of sources are not served"
        for schema in schemas
        for root in sorted(_ROOTS)
        if root in schema.types
        for name in sorted(schema.types[root].fields)
    ]
