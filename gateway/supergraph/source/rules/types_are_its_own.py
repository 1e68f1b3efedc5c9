"""INVALID_GRAPHQL: what a source has is of types of its own, none of which is the federation's."""

from collections.abc import Iterable, Iterator

from graphql import TypeNode

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceInput, SourcePlace, SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.specification import BUILT_IN_SCALARS
from gateway.supergraph.source.unknown_names import named_type
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find fields and arguments of the types that the federation's directives and fields are made of.

    They are known while one source is read, and in no composed schema.
    """
    for coordinate, type_, place in _typed(schema, types):
        name = named_type(type_).name.value
        if name not in types.by_name and name not in BUILT_IN_SCALARS and name != "Query":
            yield finding(
                schema,
                "INVALID_GRAPHQL",
                f"{coordinate} is of the type {name}, which is the federation's and in no composed schema",
                "define a type of another name for it",
                place,
            )


def _typed(schema: SourceSchema, types: SourceTypes) -> Iterator[tuple[str, TypeNode, SourcePlace]]:
    for found in types.by_name.values():
        for field in found.fields.values():
            coordinate = f"{found.name}.{field.name}"
            yield coordinate, field.type, field.marks.place
            yield from _inputs(f"{coordinate}({{}}:)", field.arguments.values())
        yield from _inputs(f"{found.name}.{{}}", found.inputs.values())
    for name, arguments in schema.arguments.items():
        yield from _inputs(f"@{name}({{}}:)", arguments.values())


def _inputs(form: str, inputs: Iterable[SourceInput]) -> Iterator[tuple[str, TypeNode, SourcePlace]]:
    return ((form.format(item.name), item.type, item.marks.place) for item in inputs)
