"""Key fields of extensions: marked external out of Federation 1's habit, and resolved by the source all the same."""

from collections.abc import Mapping
from dataclasses import replace

from gateway.supergraph.source.model import SourceType
from gateway.supergraph.source.selections import SourceTypes


def resolve_keys_of_extensions(types: Mapping[str, SourceType]) -> dict[str, SourceType]:
    """The types, where no field of a key that stands on an extension is external (Federation 2, `@extends`)."""
    shapes = SourceTypes(types)
    resolved = {
        named
        for found in types.values()
        for key in found.keys
        if key.extension
        for named in sorted(shapes.named(key.fields, found.name))
    }
    upgraded = dict(types)
    for type_name, field in resolved:
        found = upgraded[type_name]
        if field in found.fields and found.fields[field].external is not None:
            fields = {**found.fields, field: replace(found.fields[field], external=None)}
            upgraded[type_name] = replace(found, fields=fields)
    return upgraded
