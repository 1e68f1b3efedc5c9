"""PROVIDES_INVALID_FIELDS, as its fragments break it: a source provides fields of objects that it can return."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema, SourceType
from gateway.supergraph.source.selections import Chosen, FieldSetError, SourceTypes
from gateway.supergraph.source.usages import finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@provides` with a fragment on a type that nothing has where it stands."""
    for usage in usages(schema, types):
        if usage.directive != "provides" or usage.given.misfit is not None or usage.type_name is None:
            continue
        try:
            chosen = types.chosen(usage.given, usage.type_name)
        except FieldSetError:
            continue  # field_set_fits tells it
        told: set[tuple[str, str]] = set()
        for item in chosen:
            met = _met(item, types) or schema.types[usage.type_name]
            fragment = (met.name, item.owner.name)
            # Of what is not external, field_set_is_external tells.
            if item.is_external and fragment not in told and not _can_be(met, item.owner, types):
                told.add(fragment)
                yield finding(
                    schema,
                    "PROVIDES_INVALID_FIELDS",
                    f"{usage} is wrong: nothing of type {met.name} can be a {item.owner.name} in this source",
                    f"take the fragment on {item.owner.name} out, or correct its type",
                    usage.given.place,
                )


def _met(item: Chosen, types: SourceTypes) -> SourceType | None:
    """The type that the field around a chosen one returns; None when there is none."""
    return types.returned(item.above[-1]) if item.above else None


def _can_be(met: SourceType, owner: SourceType, types: SourceTypes) -> bool:
    return met is owner or bool(types.possible(met.name) & types.possible(owner.name))
