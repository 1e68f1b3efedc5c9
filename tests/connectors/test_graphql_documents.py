"""What is sent to a subgraph: pairs of a fetch and the document printed for it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from connectors.base import (
    Argument,
    Condition,
    Directive,
    FetchKind,
    FetchSpec,
    FieldSelection,
    InputField,
)
from connectors.graphql import GraphQLConnector
from connectors.graphql.schema import read_schema
from tests.connectors.manifests import graphql_manifest, unused_transport

SDL = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
directive @live(every: Int) on QUERY | FIELD | INLINE_FRAGMENT
directive @tagged(as: String!) repeatable on FIELD
directive @kept(days: Int! = 3) on FIELD
directive @spread on FRAGMENT_SPREAD
interface Animal { id: ID! name: String owner: Owner }
type Cat implements Animal @key(fields: "id") { id: ID! name: String owner: Owner lives: Int size: String }
type Dog implements Animal @key(fields: "id") { id: ID! name: String owner: Owner good: Boolean! size: Int }
type Owner @key(fields: "id") {
  id: ID!
  name(style: Style, length: Int = 3): String
  pets(first: Int!): [Animal!]
  friends(first: Int! = 3): Int
  favourite: Favourite
  home: Home
}
type Home { street: String }
union Favourite = Cat | Dog | Home
enum Style { SHORT LONG }
type Query { owners: [Owner] owner(id: ID!): Owner }
type Mutation { rename(id: ID!, name: String): Owner reset: Reset }
type Reset { query: Query }
"""

OWNER = frozenset({"Owner"})
LIVE, AROUND = Directive("live"), Directive("live", around=True)
EVERY = Directive("live", (Argument("every", "Int", "n"),))
CAT, DOG, PETS = frozenset({"Cat"}), frozenset({"Dog"}), frozenset({"Cat", "Dog"})


def connector() -> GraphQLConnector:
    return GraphQLConnector.connect(graphql_manifest(SDL), SDL, unused_transport())


def pick(field: str, types: frozenset[str], *children: FieldSelection, **more: object) -> FieldSelection:
    response = str(more.pop("response", field))
    # Each test names the parts that it is about; their own types are narrower.
    return FieldSelection(response, field, types, children=children, **more)  # type: ignore[arg-type]


def when(*terms: tuple[str, bool]) -> Condition:
    return Condition(frozenset({frozenset(terms)}))


def printed(
    *selections: FieldSelection, kind: FetchKind = FetchKind.ENTITIES, type_name: str = "Owner"
) -> list[str]:
    """The document, a line each, without indentation and without the lines that every fetch has."""
    inputs = (InputField("id"),) if kind is FetchKind.ENTITIES else ()
    spec = FetchSpec("tested", kind, type_name, selections, inputs)
    return [line.strip() for line in connector().prepare(spec).text.splitlines()]


@dataclass(frozen=True)
class Case:
    title: str
    selections: Sequence[FieldSelection]
    inside: str
    declared: str = ""


CASES = [
    Case("plain fields", [pick("id", OWNER), pick("home", OWNER, pick("street", frozenset({"Home"})))],
         "id | home { | street | }"),
    Case("an alias only where it differs", [pick("id", OWNER, response="f0")], "f0: id"),
    Case("arguments are variables of the types that the source states",
         [pick("name", OWNER, arguments=(Argument("style", "Style", "a0"), Argument("length", "Int", "a1")))],
         "name(style: $a0, length: $a1)", ", $a0: Style, $a1: Int"),
    Case("one variable for two arguments of one type",
         [pick("name", OWNER, response=key, arguments=(Argument("length", "Int", "n"),)) for key in "xy"],
         "x: name(length: $n) | y: name(length: $n)", ", $n: Int"),
    Case("one value in two types is two variables",
         [pick("name", OWNER, arguments=(Argument("length", "Int", "n"),)),
          pick("pets", OWNER, pick("id", PETS), arguments=(Argument("first", "Int!", "n"),))],
         "name(length: $n) | pets(first: $n_2) { | __typename | id | }", ", $n: Int, $n_2: Int!"),
    Case("a variable may be left out where the source has a default value",
         [pick("friends", OWNER, arguments=(Argument("first", "Int!", "n"),),
               directives=(Directive("kept", (Argument("days", "Int!", "d"),)),))],
         "friends(first: $n) @kept(days: $d)", ", $n: Int, $d: Int"),
    Case("a variable called like our own gets another name",
         [pick("name", OWNER, arguments=(Argument("length", "Int", "representations"),))],
         "name(length: $representations_2)", ", $representations_2: Int"),
    Case("what all types have is asked of the interface, the rest in fragments",
         [pick("pets", OWNER, pick("name", PETS), pick("lives", CAT), pick("good", DOG),
               arguments=(Argument("first", "Int!", "n"),))],
         "pets(first: $n) { | __typename | name | ... on Cat { | lives | } | ... on Dog { | good | } | }",
         ", $n: Int!"),
    Case("a field of one type of an interface stands in its fragment alone",
         [pick("pets", OWNER, pick("name", CAT), arguments=(Argument("first", "Int!", "n"),))],
         "pets(first: $n) { | __typename | ... on Cat { | name | } | }", ", $n: Int!"),
    Case("a union has no fields of its own",
         [pick("favourite", OWNER, pick("name", PETS), pick("street", frozenset({"Home"})))],
         "favourite { | __typename | ... on Animal { | name | } | ... on Home { | street | } | }"),
    Case("fields of other types under one key get keys of their own",
         [pick("favourite", OWNER, pick("size", PETS))],
         "favourite { | __typename | ... on Cat { | size | } | ... on Dog { | size_2: size | } | }"),
    Case("other fields under one key get keys of their own",
         [pick("favourite", OWNER, pick("lives", CAT, response="x"), pick("good", DOG, response="x"))],
         "favourite { | __typename | ... on Cat { | x: lives | } | ... on Dog { | x_2: good | } | }"),
    Case("a type that the source lacks is never named",
         [pick("favourite", OWNER, pick("name", PETS | {"Parrot"}), pick("talks", frozenset({"Parrot"})))],
         "favourite { | __typename | ... on Animal { | name | } | }"),
    Case("a selection is never empty", [pick("home", OWNER)], "home { | __typename | }"),
    Case("the type's name where it is asked for",
         [pick("home", OWNER, pick("__typename", frozenset({"Home"}), response="t"))],
         "home { | t: __typename | }"),
    Case("a condition", [pick("id", OWNER, condition=when(("yes", True)))],
         "id @include(if: $yes)", ", $yes: Boolean!"),
    Case("two conditions", [pick("id", OWNER, condition=when(("yes", True), ("no", False)))],
         "id @skip(if: $no) @include(if: $yes)", ", $no: Boolean!, $yes: Boolean!"),
    Case("a condition that no two directives can say is not said",
         [pick("id", OWNER, condition=when(("one", True), ("two", True)))], "id"),
    Case("a condition with an OR is not said",
         [pick("id", OWNER, condition=Condition(frozenset({frozenset({("a", True)}), frozenset({("b", True)})})))],
         "id"),
    Case("a directive that the source defines", [pick("id", OWNER, directives=(EVERY,))],
         "id @live(every: $n)", ", $n: Int"),
    Case("with other directives it is another field",
         [pick("id", OWNER), pick("id", OWNER, directives=(LIVE,))], "id | id_2: id @live"),
    Case("a directive that the source defines for no such place, or without its argument, is not sent",
         [pick("id", OWNER, directives=(Directive("dead"), Directive("spread"), Directive("tagged", around=True),
                                        Directive("live", (Argument("often", "Int", "n"),))))], "id"),
    Case("a repeatable directive, repeated",
         [pick("id", OWNER, directives=tuple(Directive("tagged", (Argument("as", "String!", name),)) for name in "ab"))],
         "id @tagged(as: $a) @tagged(as: $b)", ", $a: String!, $b: String!"),
    Case("directives that cannot stand beside each other",
         [pick("home", OWNER, pick("street", frozenset({"Home"})), directives=(LIVE, EVERY))],
         "home @live { | street | } | home @live(every: $n) { | __typename | }", ", $n: Int"),
    Case("a directive under a condition of its own",
         [pick("id", OWNER, directives=(Directive("live", condition=when(("yes", True))),))],
         "id | id @include(if: $yes) @live", ", $yes: Boolean!"),
    Case("a directive under two conditions of its own",
         [pick("id", OWNER, directives=(Directive("live", condition=when(("one", True), ("two", True))),))],
         "id | ... @include(if: $two) { | id @include(if: $one) @live | }", ", $one: Boolean!, $two: Boolean!"),
    Case("directives on fragments around a field",
         [pick("home", OWNER, pick("street", frozenset({"Home"})), directives=(AROUND, AROUND, LIVE))],
         "... @live { | ... @live { | home @live { | street | } | } | }"),
    Case("what is never wanted is not asked", [pick("id", OWNER), pick("home", OWNER, condition=Condition(frozenset()))],
         "id"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_fetches_of_entities(case: Case) -> None:
    assert printed(*case.selections) == [
        f"query ($representations: [_Any!]!{case.declared}) {{",
        "_entities(representations: $representations) {",
        "... on Owner {",
        *case.inside.split(" | "),
        "}",
        "}",
        "}",
    ]


@pytest.mark.parametrize(
    ("type_name", "selection", "lines"),
    [
        (
            "Query",
            pick("owners", frozenset({"Query"}), pick("id", OWNER)),
            "query { | owners { | id | } | }",
        ),
        (
            "Mutation",
            pick(
                "rename", frozenset({"Mutation"}), pick("id", OWNER), arguments=(Argument("id", "ID!", "i"),)
            ),
            "mutation ($i: ID!) { | rename(id: $i) { | id | } | }",
        ),
        (
            "Mutation",
            pick(
                "reset",
                frozenset({"Mutation"}),
                pick("query", frozenset({"Reset"}), pick("owners", frozenset({"Query"}), pick("id", OWNER))),
            ),
            "mutation { | reset { | query { | owners { | id | } | } | } | }",
        ),
    ],
)
def test_fetches_of_root_fields(type_name: str, selection: FieldSelection, lines: str) -> None:
    assert printed(selection, kind=FetchKind.ROOT, type_name=type_name) == lines.split(" | ")


@pytest.mark.parametrize(
    "selection",
    [
        pick("shoes", OWNER),
        pick("name", OWNER, pick("first", OWNER)),
        pick("name", OWNER, arguments=(Argument("colour", "Int", "a0"),)),
        pick("pets", OWNER, pick("id", PETS)),
        pick("name", OWNER, arguments=(Argument("length", "[Int]", "a0"),)),
    ],
    ids=["no such field", "fields of a scalar", "no such argument", "an argument is missing", "wrong type"],
)
def test_what_the_source_cannot_answer_is_refused_when_the_plan_is_made(selection: FieldSelection) -> None:
    with pytest.raises(ValueError):
        printed(selection)


@pytest.mark.parametrize(
    ("kind", "type_name", "head"),
    [
        (FetchKind.ROOT, "Query", "query ($n: Int) @live(every: $n) {"),
        (FetchKind.ENTITIES, "Owner", "query ($representations: [_Any!]!, $n: Int) @live(every: $n) {"),
        (FetchKind.ROOT, "Mutation", "mutation {"),
    ],
)
def test_directives_of_the_whole_operation_go_where_the_source_defines_them(
    kind: FetchKind, type_name: str, head: str
) -> None:
    spec = FetchSpec(
        "tested", kind, type_name, (pick("__typename", frozenset({type_name})),), directives=(EVERY,)
    )

    assert connector().prepare(spec).text.splitlines()[0] == head


def test_a_type_that_the_source_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Parrot"):
        printed(pick("id", OWNER), type_name="Parrot")


@pytest.mark.parametrize(
    "sdl",
    [
        'type T @key(fields: "id") { id: ID! }',
        'extend type T @key(fields: "id") { id: ID! @external }  extend type Query { t: T }',
        'type T @federation__key(fields: "id") { id: ID! }  type Query { t: T }',
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [{name: "@key", as: "@found"}])'
        '  type T @found(fields: "id") { id: ID! }',
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", as: "fed", import: ["@shareable"])'
        '  type T @fed__key(fields: "id") { id: ID! }',
        'schema { query: Root }  type Root { t: T }  type T @key(fields: "id") { id: ID! }',
        'type T @key(fields: "id") { id: ID! }  type Query { _entities(representations: [_Any!]!): [_Entity]! '
        "_service: _Service! }  scalar _Any  union _Entity = T  type _Service { sdl: String }",
    ],
    ids=[
        "no query type",
        "federation 1",
        "prefixed directive",
        "imported by another name",
        "another namespace",
        "renamed root",
        "all printed",
    ],
)
def test_schemas_of_all_federations_can_be_asked_for_entities(sdl: str) -> None:
    schema = read_schema(sdl)
    assert schema.query_type is not None
    assert {"_entities", "_service"} <= set(schema.query_type.fields)
    entity = schema.type_map["_Entity"]
    assert [one.name for one in schema.get_possible_types(entity)] == ["T"]  # type: ignore[arg-type]  # a union


def test_a_source_without_entities_has_none_to_ask_for() -> None:
    schema = read_schema("type Query { x: Int }")
    assert schema.query_type is not None
    assert set(schema.query_type.fields) == {"x", "_service"}


def test_an_sdl_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        read_schema("this is { not")
