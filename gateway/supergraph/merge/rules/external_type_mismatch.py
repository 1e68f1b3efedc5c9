"""EXTERNAL_TYPE_MISMATCH: an external field whose type is not the one of the sources that resolve it."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.merge.type_refs import is_subtype, type_text
from gateway.supergraph.source.model import SourceField

CODE = "EXTERNAL_TYPE_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """A source that marks a field external repeats its type as it is in the merged schema.

    Where the sources that resolve it have several types, it may repeat any that fits into that.
    """
    for type_, field in merging.fields():
        externals = [said for said in field.sources.values() if said.external]
        if not externals or not merging.is_resolved(type_, field):
            continue
        merged = type_text(field.type)
        differ = len({type_text(said.type) for said in deciding(field.sources).values()}) > 1
        wrong = [said for said in externals if not _fits(merging, said, field, differ)]
        if wrong:
            said = {
                source: (
                    f"`{type_text(item.type)}`{' (@external)' if item.external else ''}",
                    item.marks.place,
                )
                for source, item in (*_through(merging, type_, field), *field.sources.items())
            }
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is {what_each_says(merging.sources, said)}",
                f"write `{merged}` where it is @external",
                wrong[0].marks.place,
            )


def _fits(merging: Merging, said: SourceField, field: MergedField, differ: bool) -> bool:
    if differ:
        return is_subtype(said.type, field.type, merging.sources.hierarchy)
    return type_text(said.type) == type_text(field.type)


def _through(merging: Merging, type_: MergedType, field: MergedField) -> list[tuple[str, SourceField]]:
    return [(source, said) for _, source, said in merging.through_interface_objects(type_, field.name)]
