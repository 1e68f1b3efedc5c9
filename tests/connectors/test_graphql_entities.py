"""Entities of several types in one question: what is sent, and whose answer is taken for whose."""

from collections.abc import Sequence

import orjson
import pytest

from connectors.base import (
    Argument,
    EntityInput,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    RunContext,
)
from connectors.graphql import GraphQLConnector
from connectors.graphql.quick import Irregular
from connectors.graphql.schema import read_schema
from tests.connectors.manifests import graphql_manifest
from tests.connectors.owners import Canned, entities

pytestmark = pytest.mark.anyio

SDL = """
interface Media @key(fields: "id") { id: ID! title: String maker: Maker cover(size: Int): String }
type Book implements Media @key(fields: "id") {
  id: ID! title: String maker: Maker cover(size: Int, style: String): String pages: Int score: Int
}
type Film implements Media { id: ID! title: String maker: Maker cover(size: Int, style: String): String minutes: Int score: Float }
type User @key(fields: "id") { id: ID! name: String likes: [Media] score: Int weight: Float friend: Person }
type Shop @key(fields: "id") @interfaceObject { id: ID! name: String! open: Boolean friend: Maker }
type Maker { name: String age: Int home: Home }
type Person { name: String age: String home: Home }
type Home { street: String }
interface Named { name: String }
type Query { user: User }
"""
BOOK, FILM, MEDIA = frozenset({"Book"}), frozenset({"Film"}), frozenset({"Book", "Film"})
USER, SHOP = frozenset({"User"}), frozenset({"Shop"})
MAKER, PERSON, HOME = frozenset({"Maker"}), frozenset({"Person"}), frozenset({"Home"})


def pick(
    field: str,
    types: frozenset[str],
    *children: FieldSelection,
    key: str = "",
    size: str = "",
    style: str = "",
) -> FieldSelection:
    given = [Argument("size", "Int", size)] if size else []
    given += [Argument("style", "String", style)] if style else []
    return FieldSelection(key or field, field, types, tuple(given), children=children)


def spec(types: Sequence[str], *selections: FieldSelection) -> FetchSpec:
    first, *others = (EntityInput(name, (InputField("id"),)) for name in types)
    return FetchSpec(
        "tested", FetchKind.ENTITIES, first.type_name, selections, first.inputs, others=tuple(others)
    )


def connector(transport: Canned, sdl: str = SDL) -> GraphQLConnector:
    return GraphQLConnector.connect(graphql_manifest(sdl), sdl, transport)


def printed(types: Sequence[str], *selections: FieldSelection, sdl: str = SDL) -> str:
    """What stands inside `_entities`, without indentation."""
    text = connector(Canned({}), sdl).prepare(spec(types, *selections)).text
    lines = [line.strip() for line in text.splitlines()]
    assert lines[1] == "_entities(representations: $representations) {"
    return " ".join(lines[2:-2])


async def ask(
    answers: Sequence[Json], asked: Sequence[str], types: Sequence[str], *selections: FieldSelection
) -> FetchResult:
    """Ask for one entity of each type in `asked`."""
    connected = connector(Canned(entities(*answers)))
    representations = [{"__typename": name, "id": str(number)} for number, name in enumerate(asked)]
    prepared = connected.prepare(spec(types, *selections))
    return await connected.run(prepared, {}, representations, RunContext({}, 5))


def test_the_source_says_that_it_takes_several_types() -> None:
    assert connector(Canned({})).capabilities.mixed


@pytest.mark.parametrize(
    ("types", "selections", "inside"),
    [
        pytest.param(
            ["User", "Shop"],
            [pick("name", USER), pick("open", SHOP), pick("id", USER | SHOP)],
            "__typename ... on Shop { open id } ... on User { name id }",
            id="each type has its own fragment",
        ),
        pytest.param(
            ["User", "Book", "Film"],
            [pick("name", USER), pick("title", MEDIA), pick("pages", BOOK)],
            "__typename ... on Book { pages } ... on Media { title } ... on User { name }",
            id="types that make up an interface share its fragment",
        ),
        pytest.param(
            ["Media"],
            [pick("title", MEDIA), pick("pages", BOOK)],
            "... on Media { __typename title ... on Book { pages } }",
            id="an interface that is an entity",
        ),
        pytest.param(
            ["Media", "User"],
            [pick("title", MEDIA), pick("minutes", FILM), pick("id", MEDIA | USER)],
            "__typename ... on Book { id } ... on Film { minutes id } ... on Media { title } ... on User { id }",
            id="an interface beside an object",
        ),
        pytest.param(
            ["Shop"],
            [pick("open", SHOP)],
            "... on Shop { open }",
            id="an interface that is an object here",
        ),
        pytest.param(
            ["Media"],
            [pick("title", MEDIA | {"Game"}), pick("level", frozenset({"Game"}))],
            "... on Media { __typename title }",
            id="a type that the source lacks is never named",
        ),
        pytest.param(
            ["Media"],
            [pick("cover", MEDIA, size="n"), pick("cover", MEDIA, key="styled", style="s")],
            "... on Media { __typename cover(size: $n) ... on Book { styled: cover(style: $s) } "
            "... on Film { styled: cover(style: $s) } }",
            id="an argument that the interface does not know",
        ),
        pytest.param(
            ["Media", "User"],
            [pick("title", frozenset({"Game"}))],
            "__typename",
            id="never empty",
        ),
    ],
)
def test_what_is_sent_for_entities_of_several_types(
    types: list[str], selections: list[FieldSelection], inside: str
) -> None:
    assert printed(types, *selections) == inside


@pytest.mark.parametrize(
    ("types", "selections", "inside"),
    [
        pytest.param(
            ["User", "Book"],
            [pick("score", USER), pick("score", BOOK)],
            "__typename ... on Book { score } ... on User { score }",
            id="leaves of one type share a key",
        ),
        pytest.param(
            ["User", "Film"],
            [pick("score", USER), pick("score", FILM)],
            "__typename ... on Film { score_2: score } ... on User { score }",
            id="leaves of two types do not",
        ),
        pytest.param(
            ["User", "Shop"],
            [pick("name", USER), pick("name", SHOP)],
            "__typename ... on Shop { name_2: name } ... on User { name }",
            id="nor do null and non-null",
        ),
        pytest.param(
            ["User", "Shop"],
            [
                pick("likes", USER, pick("id", MEDIA), key="x"),
                pick("friend", SHOP, pick("name", MAKER), key="x"),
            ],
            "__typename ... on Shop { x_2: friend { name } } ... on User { x: likes { __typename id } }",
            id="nor a list and an object",
        ),
        pytest.param(
            ["User", "Shop"],
            [pick("friend", USER, pick("name", PERSON)), pick("friend", SHOP, pick("age", MAKER))],
            "__typename ... on Shop { friend { age } } ... on User { friend { name } }",
            id="objects share a key as long as what is inside can",
        ),
        pytest.param(
            ["User", "Shop"],
            [pick("friend", USER, pick("age", PERSON)), pick("friend", SHOP, pick("age", MAKER))],
            "__typename ... on Shop { friend_2: friend { age } } ... on User { friend { age } }",
            id="and have two where leaves inside differ",
        ),
        pytest.param(
            ["User", "Shop"],
            [
                pick("friend", USER, pick("home", PERSON, pick("street", HOME, key="x"), key="h")),
                pick("friend", SHOP, pick("age", MAKER, key="h")),
            ],
            "__typename ... on Shop { friend_2: friend { h: age } } "
            "... on User { friend { h: home { x: street } } }",
            id="or a leaf and an object",
        ),
        pytest.param(
            ["User", "Shop"],
            [
                pick("likes", USER, pick("maker", MEDIA, pick("age", MAKER, key="y"), key="x"), key="a"),
                pick("friend", USER, pick("home", PERSON, pick("street", HOME, key="y"), key="x"), key="b"),
                pick("friend", SHOP, pick("home", MAKER, pick("street", HOME, key="y"), key="x"), key="b"),
                pick("friend", SHOP, pick("age", MAKER, key="y"), key="b_2"),
            ],
            "__typename "
            "... on Shop { b: friend { x: home { y: street } } b_2: friend { y: age } } "
            "... on User { a: likes { __typename x: maker { y: age } } b: friend { x: home { y: street } } }",
            id="what cannot meet is not compared",
        ),
        pytest.param(
            ["Media", "User"],
            [pick("title", MEDIA, key="x"), pick("name", USER, key="x")],
            "__typename ... on Media { x: title } ... on User { x_2: name }",
            id="beside an interface's fragment, only the same field",
        ),
        pytest.param(
            ["User"],
            [pick("name", USER, key="__typename")],
            "... on User { __typename_2: name }",
            id="the key of the type's name is taken",
        ),
    ],
)
def test_what_graphql_cannot_merge_has_keys_of_its_own(
    types: list[str], selections: list[FieldSelection], inside: str
) -> None:
    assert printed(types, *selections) == inside


async def test_representations_are_sent_as_they_are_and_each_answer_is_read_as_its_type() -> None:
    transport = Canned(
        entities(
            {"__typename": "User", "name": "Ann"},
            {"__typename": "Film", "title": "M", "score_2": 7.5},
            None,
            {"__typename": "Book", "title": "B", "score": 7},
        )
    )
    connected = connector(transport)
    prepared = connected.prepare(
        spec(["Media", "User"], pick("title", MEDIA), pick("score", MEDIA), pick("name", USER))
    )
    representations = [
        {"__typename": name, "id": str(number)}
        for number, name in enumerate(["User", "Media", "Media", "Media"])
    ]
    result = await connected.run(prepared, {}, representations, RunContext({}, 5))
    assert orjson.loads(transport.sent[0].body or b"")["variables"]["representations"] == representations
    assert (result.data, result.failures) == (
        [{"name": "Ann"}, {"title": "M", "score": 7.5}, None, {"title": "B", "score": 7}],
        [],
    )


@pytest.mark.parametrize(
    ("asked", "answered", "arrives"),
    [
        ("User", "User", True),
        ("User", "Book", False),
        ("User", "Media", False),
        ("User", None, False),
        ("Media", "Book", True),
        ("Media", "Film", True),
        ("Media", "Game", False),
        ("Media", "Media", False),
    ],
)
async def test_an_answer_of_another_type_than_was_asked_for_is_none(
    asked: str, answered: str | None, arrives: bool
) -> None:
    answer = {"__typename": answered, "id": "0"}
    result = await ask([answer], [asked], ["Media", "User"], pick("id", MEDIA | USER))
    assert result.data == [{"id": "0"} if arrives else None]
    assert [(one.failure.kind, one.path) for one in result.failures] == (
        [] if arrives else [(FailureKind.INVALID_RESPONSE, ())]
    )


async def test_the_type_of_an_interface_is_what_the_answer_says() -> None:
    answers = [{"__typename": "Film"}, {"__typename": "Book"}]
    result = await ask(answers, ["Media"] * 2, ["Media"], pick("__typename", MEDIA))
    assert result.data == answers


def test_a_well_formed_object_of_an_interface_needs_no_exact_reading() -> None:
    """What is not quick is right all the same, only slow: so this is asked of the quick reader itself."""
    prepared = connector(Canned({})).prepare(spec(["Media"], pick("title", MEDIA), pick("pages", BOOK)))
    read = prepared.quick.under({})
    assert read({"__typename": "Film", "title": "M"}) == {"title": "M"}
    assert read({"__typename": "Book", "title": None, "pages": 7}) == {"title": None, "pages": 7}
    with pytest.raises(Irregular):
        read({"__typename": "Book", "title": None, "pages": 7.5})


async def test_the_type_of_an_interface_that_is_an_object_here_is_the_interface() -> None:
    result = await ask([{"__typename": "Shop", "open": True}], ["Shop"], ["Shop"], pick("__typename", SHOP))
    assert result.data == [{"__typename": "Shop"}]


async def test_an_error_is_read_by_the_type_of_the_entity_that_it_names() -> None:
    answers = [{"__typename": "User", "s": 1, "s_2": None}, {"__typename": "Film", "s_2": None}]
    errors = [{"path": ["_entities", index, "s_2"]} for index in (0, 1)]
    transport = Canned(entities(*answers, errors=errors))
    connected = connector(transport)
    selections = [pick("score", USER, key="s"), pick("score", FILM, key="s"), pick("weight", USER, key="s_2")]
    prepared = connected.prepare(spec(["User", "Media"], *selections))
    representations = [{"__typename": name, "id": "0"} for name in ("User", "Media")]
    result = await connected.run(prepared, {}, representations, RunContext({}, 5))
    assert result.data == [{"s": 1, "s_2": None}, {"s": None}]
    assert {(one.failure.kind, one.path, one.indices) for one in result.failures} == {
        (FailureKind.ERROR, ("s_2",), frozenset({0})),
        (FailureKind.ERROR, ("s",), frozenset({1})),
    }


@pytest.mark.parametrize(
    "sdl",
    [
        'interface I @key(fields: "id") { id: ID! } type A implements I { id: ID! } type B { x: Int }',
        'extend interface I @key(fields: "id") { id: ID! } type A implements I { id: ID! }',
        'interface I { id: ID! } extend interface I @key(fields: "id") extend type A implements I { id: ID! }',
    ],
)
def test_implementers_of_an_entity_interface_are_entities(sdl: str) -> None:
    schema = read_schema(sdl)
    entity = schema.type_map["_Entity"]
    assert [one.name for one in schema.get_possible_types(entity)] == ["A"]  # type: ignore[arg-type]  # a union


def test_types_that_are_extended_alone_are_types() -> None:
    schema = read_schema(
        "extend union U = A extend enum E { X } extend input In { x: S } extend scalar S @s extend type A { e: E }"
    )
    assert {"U", "E", "In", "S", "A"} <= set(schema.type_map)


@pytest.mark.parametrize("type_name", ["User", "Subscription", "Media"])
def test_a_fetch_from_a_root_that_is_none_is_refused(type_name: str) -> None:
    root = FetchSpec("tested", FetchKind.ROOT, type_name, (pick("id", USER | MEDIA),))
    with pytest.raises(ValueError):
        connector(Canned({})).prepare(root)
