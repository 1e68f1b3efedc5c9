"""Types of one field, input field or argument that differ and still fit together."""

from collections.abc import Iterator, Mapping

from graphql import TypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.merge.type_refs import input_type, type_text
from gateway.supergraph.source.model import SourcePlace

FIELD = "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE"
ARGUMENT = "INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE"


def look(merging: Merging) -> Iterator[Finding]:
    """The merged type is that of one of the sources: others may mean something else."""
    for type_, field in merging.fields():
        said = {source: (item.type, item.marks.place) for source, item in deciding(field.sources).items()}
        yield from _differing(merging, FIELD, f"{type_.name}.{field.name}", said, field.type)
    for taken in merging.inputs():
        for coordinate, inputs in taken.by_name():
            merged = input_type(item.type for item in inputs.values())
            if merged is not None and taken.stays(inputs):
                said = {source: (item.type, item.marks.place) for source, item in inputs.items()}
                code = FIELD if taken.input_type else ARGUMENT
                yield from _differing(merging, code, coordinate, said, merged)


def _differing(
    merging: Merging,
    code: str,
    coordinate: str,
    types: Mapping[str, tuple[TypeNode, SourcePlace]],
    merged: TypeNode,
) -> Iterator[Finding]:
    said = {source: (f"`{type_text(type_)}`", place) for source, (type_, place) in types.items()}
    if len({words for words, _ in said.values()}) > 1:
        yield finding(
            code,
            f"{coordinate} is {what_each_says(merging.sources, said)}; clients see `{type_text(merged)}`",
            "write one type in all sources if they mean the same",
            next(iter(said.values()))[1],
        )
