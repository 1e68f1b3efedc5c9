"""Supergraphs and policy folders for the policy's tests, written as SDL and as plain files."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    DirectiveNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
)

from connectors.base import Capabilities
from gateway.supergraph.model import (
    Field,
    FieldInSource,
    Kind,
    Label,
    Lookup,
    Source,
    Supergraph,
    Type,
    TypeRef,
)
from schema.unified import unified_sdl

PREAMBLE = """
directive @label(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT | INTERFACE
directive @from(sources: [String!]!) on FIELD_DEFINITION
"""
SupergraphMaker = Callable[..., Supergraph]
PolicyWriter = Callable[[Path, Mapping[str, Any]], Path]


@pytest.fixture(scope="session")
def supergraph_of() -> SupergraphMaker:
    """A supergraph from SDL: sources from `@from` ("main" where it is absent), lookups from `Query`."""
    return _supergraph


@pytest.fixture(scope="session")
def city() -> Supergraph:
    """The unified types of the example city, each with its lookup."""
    lookups = """
    type Query {
      person(id: CitizenId!): Person
      household(id: ID!): Household
      division(id: DivisionCode!): Division
      creditRecord(id: ID!): CreditRecord
    }
    """
    keys = {"person": "citizenId", "division": "code"}
    return _supergraph(unified_sdl() + lookups, keys=keys, preamble="")


@pytest.fixture(scope="session")
def write_policy() -> PolicyWriter:
    """Writes a policy folder: text as it is, anything else as JSON, which is YAML."""

    def write(directory: Path, files: Mapping[str, Any]) -> Path:
        for name, content in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
                path.write_text(text, encoding="utf-8")
        return directory

    return write


def _supergraph(
    sdl: str,
    keys: Mapping[str, str] | None = None,
    sharing: Mapping[str, str] | None = None,
    preamble: str = PREAMBLE,
) -> Supergraph:
    """`keys`: the key's field per lookup where it is not `id`; `sharing`: per source where it is not free."""
    schema = build_schema(preamble + sdl)
    types = {
        name: _type(schema, type_)
        for name, type_ in schema.type_map.items()
        if not name.startswith("__") and name not in ("Query", "Mutation")
    }
    query = schema.query_type
    lookups = {
        name: Lookup(
            name,
            get_named_type(field.type).name,
            next(iter(field.args)),
            (keys or {}).get(name, "id"),
            "main",
        )
        for name, field in (query.fields if query else {}).items()
        if field.args
    }
    named = {
        source for type_ in types.values() for field in type_.fields.values() for source in field.sources
    }
    sources = {
        name: Source(name, name, Capabilities(), (sharing or {}).get(name, "unconditional")) for name in named
    }
    return Supergraph(types, sources, lookups, schema, sdl)


def _type(schema: GraphQLSchema, type_: GraphQLNamedType) -> Type:
    fields = type_.fields if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else {}
    if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        possible = {possible.name for possible in schema.get_possible_types(type_)}
    else:
        possible = {type_.name} if isinstance(type_, GraphQLObjectType) else set()
    nodes = type_.ast_node.directives if type_.ast_node else None
    return Type(
        type_.name,
        _kind(type_),
        {name: _field(name, field) for name, field in fields.items()},
        frozenset(possible),
        {},
        _labels(nodes),
    )


def _field(name: str, field: Any) -> Field:
    directives = field.ast_node.directives
    stated = [node for node in directives or () if node.name.value == "from"]
    sources = [item.value for item in stated[0].arguments[0].value.values] if stated else ["main"]
    type_ref = TypeRef(get_named_type(field.type).name, _lists(field.type), str(field.type))
    arguments = {argument: str(value.type) for argument, value in field.args.items()}
    said = {source: FieldInSource(type_ref, arguments) for source in sources}
    return Field(name, type_ref, said, _labels(directives))


def _lists(type_: Any) -> int:
    if isinstance(type_, GraphQLNonNull):
        return _lists(type_.of_type)
    return 1 + _lists(type_.of_type) if isinstance(type_, GraphQLList) else 0


def _kind(type_: GraphQLNamedType) -> Kind:
    kinds = {
        GraphQLObjectType: Kind.OBJECT,
        GraphQLInterfaceType: Kind.INTERFACE,
        GraphQLUnionType: Kind.UNION,
        GraphQLEnumType: Kind.ENUM,
    }
    return kinds.get(type(type_), Kind.SCALAR)


def _labels(directives: tuple[DirectiveNode, ...] | None) -> tuple[Label, ...]:
    labels = []
    for node in directives or ():
        if node.name.value == "label":
            values: dict[str, Any] = {
                argument.name.value: argument.value for argument in node.arguments or ()
            }
            categories = values["categories"].values if "categories" in values else ()
            labels.append(Label(values["level"].value, frozenset(item.value for item in categories)))
    return tuple(labels)
