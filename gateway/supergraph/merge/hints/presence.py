"""Parts of types that only some of the type's sources have."""

from collections.abc import Iterator, Mapping

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import is_required
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT, Kind
from gateway.supergraph.source.model import SourcePlace, SourceType

OBJECT_FIELD = "INCONSISTENT_OBJECT_VALUE_TYPE_FIELD"
INTERFACE_FIELD = "INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD"
UNION_MEMBER = "INCONSISTENT_UNION_MEMBER"
INPUT_FIELD = "INCONSISTENT_INPUT_OBJECT_FIELD"
ARGUMENT = "INCONSISTENT_ARGUMENT_PRESENCE"
_ROOTS = frozenset({QUERY_ROOT, MUTATION_ROOT, "Subscription"})


def look(merging: Merging) -> Iterator[Finding]:
    """Values have no key by which another source could be asked; inputs are what all sources take."""
    for type_ in merging.merged.types.values():
        if type_.kind is Kind.UNION:
            yield from _members(merging, type_)
        elif _is_value(type_):
            yield from _fields(merging, type_)
    for taken in merging.inputs():
        code, whole = (INPUT_FIELD, "the input type") if taken.input_type else (ARGUMENT, "the field")
        for coordinate, inputs in taken.by_name():
            having = {source: item.marks.place for source, item in inputs.items()}
            lacking = {source: place for source, place in taken.places.items() if source not in inputs}
            if not taken.stays(inputs) and not any(is_required(item) for item in inputs.values()):
                yield _hint(merging, code, coordinate, having, lacking,
                            f"clients do not see it; add it to all sources of {whole}")  # fmt: skip


def _is_value(type_: MergedType) -> bool:
    """True where no source has a key for it. Interface objects always have one: that of their interface."""
    keyed = any(said.keys for said in type_.sources.values() if not said.interface_object)
    return type_.name not in _ROOTS and not keyed


def _fields(merging: Merging, type_: MergedType) -> Iterator[Finding]:
    code = INTERFACE_FIELD if type_.kind is Kind.INTERFACE else OBJECT_FIELD
    giving = {source: said.marks.place for source, said in type_.sources.items() if _gives(said)}
    for field in type_.fields.values():
        having = {source: said.marks.place for source, said in field.sources.items()}
        lacking = {source: place for source, place in giving.items() if source not in having}
        if having and lacking and not _is_added(type_, field):
            yield _hint(merging, code, f"{type_.name}.{field.name}", having, lacking,
                        "it can be asked only where those sources give the object; add it to all of them")  # fmt: skip


def _gives(said: SourceType) -> bool:
    """True for a source that gives the object itself: not only its name, nor only what others resolve."""
    only_external = bool(said.fields) and all(field.external for field in said.fields.values())
    return not said.interface_object and not only_external


def _is_added(type_: MergedType, field: MergedField) -> bool:
    """True when an interface object resolves the field for every implementation."""
    return any(
        type_.sources[source].interface_object and not said.external for source, said in field.sources.items()
    )


def _members(merging: Merging, type_: MergedType) -> Iterator[Finding]:
    for member in type_.members:
        having = {
            source: said.members[member] for source, said in type_.sources.items() if member in said.members
        }
        lacking = {source: said.marks.place for source, said in type_.sources.items() if source not in having}
        if lacking:
            yield _hint(merging, UNION_MEMBER, f"the member {member} of the union {type_.name}", having, lacking,
                        "these never return it; add it if they can")  # fmt: skip


def _hint(
    merging: Merging,
    code: str,
    what: str,
    having: Mapping[str, SourcePlace],
    lacking: Mapping[str, SourcePlace],
    remedy: str,
) -> Finding:
    return finding(
        code,
        f"{what} is in {where(merging.sources, having)} but not in {where(merging.sources, lacking)}",
        remedy,
        next(iter(having.values())),
    )
