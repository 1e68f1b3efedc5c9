"""ENUM_VALUE_MISMATCH: an enum that clients both send and get, with values that some source does not know."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

CODE = "ENUM_VALUE_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """Such an enum has the same values in all its sources, those apart that clients do not see."""
    usage = merging.usage
    for type_ in merging.merged.types.values():
        name = type_.name
        if type_.kind is not Kind.ENUM or name not in usage.inputs or name not in usage.outputs:
            continue
        for value in type_.values.values():
            lacking = {
                source: said.marks.place
                for source, said in type_.sources.items()
                if source not in value.sources
            }
            if lacking and not value.marks.inaccessible:
                places = {source: said.marks.place for source, said in value.sources.items()}
                yield finding(
                    CODE,
                    f"{name} is sent ({usage.inputs[name]}) and returned ({usage.outputs[name]}), and its value"
                    f" {value.name} is in {where(merging.sources, places)} but not in {where(merging.sources, lacking)}",
                    "add the value to all sources, or mark it @inaccessible until they have it",
                    next(iter(places.values())),
                )
