"""FIELD_TYPE_MISMATCH: types of one field, or of one input field, that do not fit together."""

from collections.abc import Iterator, Mapping

from graphql import TypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.merge.type_refs import input_type, output_type, type_text
from gateway.supergraph.source.model import SourcePlace

CODE = "FIELD_TYPE_MISMATCH"
_ONE_LOOSEST = "write one type in all sources, or let one include the others (`Int` beside `Int!`)"
_ONE_STRICTEST = "write one type in all sources, or let one fit where any other does (`Int!` beside `Int`)"


def check(merging: Merging) -> Iterator[Finding]:
    """Of the types of an output field one is a supertype of all; of an input field's, one is a subtype."""
    hierarchy = merging.sources.hierarchy
    for type_, field in merging.fields():
        said = deciding(field.sources)
        if output_type(((source, item.type) for source, item in said.items()), hierarchy) is None:
            types = {source: (item.type, item.marks.place) for source, item in said.items()}
            yield _mismatch(merging, f"{type_.name}.{field.name}", types, _ONE_LOOSEST)
    for taken in merging.inputs():
        for coordinate, inputs in taken.by_name() if taken.input_type else ():
            if input_type(item.type for item in inputs.values()) is None:
                types = {source: (item.type, item.marks.place) for source, item in inputs.items()}
                yield _mismatch(merging, coordinate, types, _ONE_STRICTEST)


def _mismatch(
    merging: Merging, coordinate: str, types: Mapping[str, tuple[TypeNode, SourcePlace]], remedy: str
) -> Finding:
    said = {source: (f"`{type_text(type_)}`", place) for source, (type_, place) in types.items()}
    told = what_each_says(merging.sources, said)
    return finding(CODE, f"{coordinate} is {told}", remedy, next(iter(types.values()))[1])
