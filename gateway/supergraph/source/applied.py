"""The directives that a source applies and the model has no field for, with what they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import ConstDirectiveNode

from gateway.supergraph.source.marks import arguments
from gateway.supergraph.source.model import Marks, SourceField, SourcePlace, SourceSchema, SourceType
from gateway.supergraph.source.names import names_of
from gateway.supergraph.source.report import Report


@dataclass(frozen=True, slots=True)
class Applied:
    """One application of a specified directive. `meaning`: its name in the specification; `on`: a coordinate.

    `field`: the output field that it stands on, if it stands on one.
    """

    meaning: str
    on: str
    owner: SourceType
    field: SourceField | None
    place: SourcePlace
    arguments: Mapping[str, object]


def applied(schema: SourceSchema) -> Iterator[Applied]:
    """The applications, in the order of the types; those of directives that a source defines itself are left out."""
    names = names_of(schema.links, schema.federation, None)
    report = Report(schema.source)
    for found in schema.types.values():
        for on, marks, field in _marked(found):
            for node in marks.applied:
                meaning = names.meaning(node)
                if meaning is not None:
                    yield _application(meaning, on, found, field, report.place(node), node)


def _application(
    meaning: str,
    on: str,
    owner: SourceType,
    field: SourceField | None,
    place: SourcePlace,
    node: ConstDirectiveNode,
) -> Applied:
    return Applied(meaning, on, owner, field, place, arguments(node))


def _marked(found: SourceType) -> Iterator[tuple[str, Marks, SourceField | None]]:
    yield found.name, found.marks, None
    for field in found.fields.values():
        yield f"{found.name}.{field.name}", field.marks, field
        for argument in field.arguments.values():
            yield f"{found.name}.{field.name}({argument.name}:)", argument.marks, None
    for item in found.inputs.values():
        yield f"{found.name}.{item.name}", item.marks, None
    for value in found.values.values():
        yield f"{found.name}.{value.name}", value.marks, None
