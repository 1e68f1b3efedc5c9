"""What `@override` has made superfluous, or will have when a move by label is done."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.source.model import Override, SourceField

UNKNOWN_SOURCE = "FROM_SUBGRAPH_DOES_NOT_EXIST"
FIELD_IS_DONE = "OVERRIDDEN_FIELD_CAN_BE_REMOVED"
OVERRIDE_IS_DONE = "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED"
UNDER_WAY = "OVERRIDE_MIGRATION_IN_PROGRESS"


def look(merging: Merging) -> Iterator[Finding]:
    """Once a field has moved, its old declaration and then the directive can go."""
    for type_, field in merging.fields():
        for source, said in field.sources.items():
            if said.override and said.override.source != source:
                yield from _of(merging, type_, field, source, said.override)


def _of(
    merging: Merging, type_: MergedType, field: MergedField, source: str, override: Override
) -> Iterator[Finding]:
    coordinate = f"{type_.name}.{field.name}"
    told = merging.sources.told(source, override.place)
    old = field.sources.get(override.source)
    if override.source not in merging.sources.schemas:
        yield finding(UNKNOWN_SOURCE, f"{told} overrides {coordinate} from {override.source[:80]!r}, which is no source",
                      "correct the name, or take @override out", override.place)  # fmt: skip
    elif old is None or old.external:
        state = "no longer has it" if old is None else "has it as @external only"
        yield finding(OVERRIDE_IS_DONE, f"{told} overrides {coordinate} from {override.source}, which {state}",
                      "take @override out", override.place)  # fmt: skip
    moved = merging.overrides.of(type_.name, field.name)
    if old is not None and override.source in moved.away_from | moved.labels.keys():
        old_told = merging.sources.told(override.source, old.marks.place)
        yield _of_move(coordinate, old, old_told, told, override, override.source in moved.still_used)


def _of_move(
    coordinate: str, old: SourceField, old_told: str, told: str, override: Override, used: bool
) -> Finding:
    remedy = (
        "mark it @external there: its field sets or interfaces still name it"
        if used
        else "take the field out there"
    )
    place = old.marks.place
    if override.label:
        message = f"{coordinate} moves from {old_told} to {told} by the label {override.label}"
        return finding(UNDER_WAY, message, f"when the move is done, take the label off, then {remedy}", place)
    return finding(FIELD_IS_DONE, f"{coordinate} of {old_told} is overridden by {told}", remedy, place)
