"""Every element of the merged schema, with the marks that each deciding source gives it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.model import MergedInput, MergedMarks
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.visibility import arguments
from gateway.supergraph.source.model import Marks


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its coordinate, what each source says beside its definition, and what came of it."""

    coordinate: str
    said: Mapping[str, Marks]
    merged: MergedMarks


def elements(merging: Merging) -> Iterator[Element]:
    """Types, fields, arguments, also those of directives, input fields and values."""
    for type_ in merging.merged.types.values():
        yield Element(type_.name, {source: said.marks for source, said in type_.sources.items()}, type_.marks)
        for value in type_.values.values():
            marks = {source: said.marks for source, said in value.sources.items()}
            yield Element(f"{type_.name}.{value.name}", marks, value.marks)
        for item in type_.inputs.values():
            yield _input(f"{type_.name}.{item.name}", item)
    for type_, field in merging.fields():
        coordinate = f"{type_.name}.{field.name}"
        yield Element(
            coordinate, {source: said.marks for source, said in deciding(field.sources).items()}, field.marks
        )
        for item in field.arguments.values():
            yield _input(f"{coordinate}({item.name}:)", item)
    for coordinate, item in arguments(merging.directives.values()):
        yield _input(coordinate, item)


def _input(coordinate: str, item: MergedInput) -> Element:
    return Element(coordinate, {source: said.marks for source, said in item.sources.items()}, item.marks)
