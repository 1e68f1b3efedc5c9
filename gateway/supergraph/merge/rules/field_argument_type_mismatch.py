"""FIELD_ARGUMENT_TYPE_MISMATCH: types of one argument that do not fit together."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.merge.type_refs import input_type, type_text

CODE = "FIELD_ARGUMENT_TYPE_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """Of the types of an argument one is a subtype of all: what clients send suits every source."""
    for taken in merging.inputs():
        for coordinate, inputs in () if taken.input_type else taken.by_name():
            if len(inputs) == len(taken.said) and input_type(item.type for item in inputs.values()) is None:
                said = {
                    source: (f"`{type_text(item.type)}`", item.marks.place) for source, item in inputs.items()
                }
                yield finding(
                    CODE,
                    f"{coordinate} is {what_each_says(merging.sources, said)}",
                    "write one type in all sources, or let one fit where any other does (`Int!` beside `Int`)",
                    next(iter(inputs.values())).marks.place,
                )
