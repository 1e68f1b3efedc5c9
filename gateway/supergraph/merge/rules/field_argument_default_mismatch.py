"""FIELD_ARGUMENT_DEFAULT_MISMATCH: one argument with several defaults."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import differing_defaults
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says

CODE = "FIELD_ARGUMENT_DEFAULT_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """An argument has one default in all sources that give it one."""
    for taken in merging.inputs():
        for coordinate, inputs in taken.by_name() if not taken.input_type else ():
            said = differing_defaults(inputs) if len(inputs) == len(taken.said) else {}
            if said:
                yield finding(
                    CODE,
                    f"{coordinate} has {what_each_says(merging.sources, said)}",
                    "give it one default in all sources",
                    next(iter(inputs.values())).marks.place,
                )
