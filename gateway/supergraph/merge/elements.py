"""Every element of the merged schema, with the marks that each deciding source gives it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.model import MergedInput, MergedMarks
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.visibility import arguments
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import Marks

_LOCATIONS: Final[Mapping[Kind, str]] = {
    Kind.OBJECT: "OBJECT",
    Kind.INTERFACE: "INTERFACE",
    Kind.UNION: "UNION",
    Kind.ENUM: "ENUM",
    Kind.SCALAR: "SCALAR",
    Kind.INPUT: "INPUT_OBJECT",
}
_ARGUMENT: Final = "ARGUMENT_DEFINITION"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its coordinate, what each source says beside its definition, and what came of it.

    `location`: where directives on it stand, as their definitions call that.
    """

    coordinate: str
    location: str
    said: Mapping[str, Marks]
    merged: MergedMarks


def elements(merging: Merging) -> Iterator[Element]:
    """The schema, types, fields, arguments, also those of directives, input fields and values."""
    schemas = {source: schema.marks for source, schema in merging.sources.schemas.items() if schema.marks}
    yield Element("the schema", "SCHEMA", schemas, merging.merged.marks)
    for type_ in merging.merged.types.values():
        own = {source: said.marks for source, said in type_.sources.items()}
        yield Element(type_.name, _LOCATIONS[type_.kind], own, type_.marks)
        for value in type_.values.values():
            own = {source: said.marks for source, said in value.sources.items()}
            yield Element(f"{type_.name}.{value.name}", "ENUM_VALUE", own, value.marks)
        for item in type_.inputs.values():
            yield _input(f"{type_.name}.{item.name}", "INPUT_FIELD_DEFINITION", item)
    for type_, field in merging.fields():
        coordinate = f"{type_.name}.{field.name}"
        own = {source: said.marks for source, said in deciding(field.sources).items()}
        yield Element(coordinate, "FIELD_DEFINITION", own, field.marks)
        for item in field.arguments.values():
            yield _input(f"{coordinate}({item.name}:)", _ARGUMENT, item)
    for coordinate, item in arguments(merging.directives.values()):
        yield _input(coordinate, _ARGUMENT, item)


def _input(coordinate: str, location: str, item: MergedInput) -> Element:
    own = {source: said.marks for source, said in item.sources.items()}
    return Element(coordinate, location, own, item.marks)
