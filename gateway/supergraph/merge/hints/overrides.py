"""What `@override` has made superfluous."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.source.model import Override

UNKNOWN_SOURCE = "FROM_SUBGRAPH_DOES_NOT_EXIST"
FIELD_IS_DONE = "OVERRIDDEN_FIELD_CAN_BE_REMOVED"
OVERRIDE_IS_DONE = "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED"


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
    elif override.source in merging.overrides.of(type_.name, field.name).away_from:
        used = override.source in merging.overrides.of(type_.name, field.name).still_used
        remedy = (
            "mark it @external there: its field sets or interfaces still name it"
            if used
            else "take the field out there"
        )
        old_told = merging.sources.told(override.source, old.marks.place)
        yield finding(
            FIELD_IS_DONE, f"{coordinate} of {old_told} is overridden by {told}", remedy, old.marks.place
        )
