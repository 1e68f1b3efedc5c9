"""Enums whose sources have different values, and enums that nothing uses."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.sources import in_order
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

UNUSED = "UNUSED_ENUM_TYPE"
INPUT = "INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM"
OUTPUT = "INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM"


def look(merging: Merging) -> Iterator[Finding]:
    """Values that not all sources know: clients may get them, and may not send them."""
    usage = merging.usage
    for type_ in merging.merged.types.values():
        if type_.kind is not Kind.ENUM:
            continue
        sent, returned = type_.name in usage.inputs, type_.name in usage.outputs
        if not sent and not returned:
            place = next(iter(type_.sources.values())).marks.place
            yield finding(
                UNUSED, f"no field and no argument is of the enum {type_.name}", "take it out", place
            )
        if not (sent and returned):
            yield from _values(merging, type_, INPUT if sent else OUTPUT)


def _values(merging: Merging, type_: MergedType, code: str) -> Iterator[Finding]:
    for name in in_order(said.values for said in type_.sources.values()):
        having = {
            source: said.values[name].marks.place
            for source, said in type_.sources.items()
            if name in said.values
        }
        lacking = {source: said.marks.place for source, said in type_.sources.items() if source not in having}
        seen = "clients may get it" if code == OUTPUT else "clients cannot send it"
        if lacking and (code == OUTPUT or name not in type_.values):
            yield finding(
                code,
                f"the value {type_.name}.{name} is in {where(merging.sources, having)} but not in"
                f" {where(merging.sources, lacking)}; {seen}",
                "add it to all sources, or to none",
                next(iter(having.values())),
            )
