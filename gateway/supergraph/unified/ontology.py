"""The deployment's unified types: they label and describe what sources supply, and resolve nothing."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode, print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.model import Merged, MergedType
from gateway.supergraph.merge.telling import KIND_WORDS, finding
from gateway.supergraph.model import Label
from gateway.supergraph.source.model import SourceField, SourceSchema, SourceText, SourceType
from gateway.supergraph.source.reading import read_source

ONTOLOGY = "unified types"
"""The name under which the unified types are read."""

_LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n'


def read_ontology(sdl: str, findings: list[Finding]) -> Mapping[str, SourceType]:
    """The unified types by name; none when there is no ontology."""
    if not sdl.strip():
        return {}
    schema = read_source(SourceText(ONTOLOGY, ONTOLOGY, _LINK + sdl), findings)
    return {} if schema is None else schema.types


def mismatches(unified: Mapping[str, SourceType], schemas: Iterable[SourceSchema]) -> Iterator[Finding]:
    """Where a source gives a unified type or field another shape."""
    for schema in schemas:
        for name, said in schema.types.items():
            known = unified.get(name)
            if known is None:
                continue
            if known.kind is not said.kind and not said.interface_object:
                kind = KIND_WORDS[known.kind]
                yield finding(
                    "TYPE_KIND_MISMATCH",
                    f"{name} is {kind} among the unified types, and {KIND_WORDS[said.kind]} in {_told(schema, said)}",
                    f"define it there as {kind}, or give it another name",
                    said.marks.place,
                )
                continue
            for field, item in said.fields.items():
                own = known.fields.get(field)
                if own is not None and _shape(own.type) != _shape(item.type):
                    yield finding(
                        "FIELD_TYPE_MISMATCH",
                        f"{name}.{field} is {print_ast(own.type)} among the unified types, and "
                        f"{print_ast(item.type)} in {_told(schema, item)}",
                        f"write `{field}: {print_ast(own.type)}` there, or give a field of your own another name",
                        item.marks.place,
                    )


def _told(schema: SourceSchema, said: SourceType | SourceField) -> str:
    return f"{schema.source.name} ({schema.source.department}) at {said.marks.place}"


def _shape(kind: TypeNode) -> tuple[str, int]:
    lists = 0
    while isinstance(kind, NonNullTypeNode | ListTypeNode):
        lists += isinstance(kind, ListTypeNode)
        kind = kind.type
    assert isinstance(kind, NamedTypeNode)
    return kind.name.value, lists


def type_labels(merged: Merged, unified: Mapping[str, SourceType], name: str) -> tuple[Label, ...]:
    """All that the unified types and the sources say of a type."""
    own = unified[name].marks.labels if name in unified else ()
    return _sorted([*own, *(label for _, label in merged.types[name].marks.labels)])


def field_labels(
    merged: Merged, unified: Mapping[str, SourceType], name: str, field: str
) -> tuple[Label, ...]:
    """All that the unified types and their interfaces say of a field, and the sources, whether they resolve it or not."""
    return _sorted([*_unified_labels(unified, name, field), *_labels_of_sources(merged, name, field)])


def _unified_labels(unified: Mapping[str, SourceType], name: str, field: str) -> Iterator[Label]:
    """The interfaces' labels count also where no source supplies the interface."""
    known = unified.get(name)
    for owner in (name, *known.interfaces) if known else ():
        said = unified[owner].fields.get(field) if owner in unified else None
        yield from said.marks.labels if said else ()


def _labels_of_sources(merged: Merged, name: str, field: str) -> Iterator[Label]:
    """What is composed says what those say that resolve the field; the others may know it too."""
    known = merged.types[name].fields.get(field)
    if known:
        yield from (label for _, label in known.marks.labels)
        yield from (label for said in known.sources.values() for label in said.marks.labels)


def _sorted(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(sorted(set(labels), key=lambda label: (label.level, sorted(label.categories))))


def not_supplied(unified: Mapping[str, SourceType], types: Mapping[str, MergedType]) -> Iterator[str]:
    """A hint for each unified type and field that no source supplies."""
    for name, known in unified.items():
        if name not in types:
            yield f"no source supplies the unified type {name}, which is left out"
            continue
        yield from (
            f"no source supplies {name}.{field}, which is left out"
            for field in known.fields
            if field not in types[name].fields
        )
