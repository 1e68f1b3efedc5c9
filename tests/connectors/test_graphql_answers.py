"""What becomes of a subgraph's answer: what is as promised arrives, and what is not is null with a failure."""

import json

import orjson
import pytest

from connectors.base import (
    Condition,
    FailureKind,
    FetchKind,
    FetchSpec,
    FieldSelection,
    Json,
    RunContext,
    SourceFailure,
)
from connectors.graphql import GraphQLConnector
from connectors.manifest import ManifestError
from tests.connectors.manifests import graphql_manifest, unused_transport
from tests.connectors.owners import (
    CAT_TOM,
    DOG_WITHOUT_TRICKS,
    NAME,
    OWNER,
    PETS,
    SDL,
    Canned,
    ask,
    entities,
    field,
)

pytestmark = pytest.mark.anyio


async def test_an_answer_as_promised_arrives_under_the_keys_that_were_asked() -> None:
    cat, dog = (
        {"__typename": "Cat", "name_": "Tom"},
        {"__typename": "Dog", "name_": "Rex", "tricks_": ["sit", None]},
    )
    transport = Canned(entities({"name_": "Ann", "pets_": [cat, dog]}, None))
    result = await ask(transport, NAME, PETS, count=2)
    assert result.failures == []
    assert result.data == [
        {"name_": "Ann", "pets_": [{"name_": "Tom"}, {"name_": "Rex", "tricks_": ["sit", None]}]},
        None,
    ]


async def test_what_is_sent() -> None:
    transport = Canned(entities({"name_": "Ann"}))
    await ask(transport, NAME)
    request = transport.sent[0]
    body = orjson.loads(request.body or b"")
    assert (request.method, request.headers["content-type"]) == ("POST", "application/json")
    assert body["variables"] == {"representations": [{"__typename": "Owner", "id": "0"}]}
    assert "name_: name" in body["query"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", "1", "1"),
        ("id", 1, "1"),
        ("name", "Ann", "Ann"),
        ("name", None, None),
        ("size", "LARGE", "LARGE"),
        ("age", 7, 7),
        ("age", 7.0, 7),
        ("weight", 7, 7),
        ("weight", 7.5, 7.5),
        ("tame", False, False),
        ("born", "2020-01-01", "2020-01-01"),
        ("grid", [[1, None], None, []], [[1, None], None, []]),
    ],
)
async def test_values_of_every_kind(name: str, value: Json, expected: Json) -> None:
    result = await ask(Canned(entities({f"{name}_": value})), field(name))
    assert (result.data, result.failures) == ([{f"{name}_": expected}], [])
    assert orjson.dumps(result.data) == orjson.dumps([{f"{name}_": expected}])  # 7.0 is not printed for 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", None),
        ("id", True),
        ("name", 7),
        ("name", ["Ann"]),
        ("name", {"first": "Ann"}),
        ("size", "HUGE"),
        ("age", "7"),
        ("age", 7.5),
        ("age", True),
        ("age", 2**31),
        ("age", 1e300),
        ("weight", "7"),
        ("tame", 1),
        ("grid", [1]),
        ("grid", {"0": [1]}),
    ],
)
async def test_a_value_that_is_not_as_promised_fails_by_itself(name: str, value: Json) -> None:
    good = {"x": "1"}
    other = FieldSelection("x", "id", OWNER)
    result = await ask(
        Canned(entities({**good, f"{name}_": value}, {**good, f"{name}_": None})), other, field(name), count=2
    )
    assert result.data[1] == {"x": "1", f"{name}_": None}
    assert result.data[0] is not None and result.data[0]["x"] == "1"
    first = result.failures[0]
    assert (first.failure.kind, first.path[0]) == (FailureKind.INVALID_RESPONSE, f"{name}_")
    assert 0 in first.indices


@pytest.mark.parametrize(
    ("pet", "path"),
    [
        ({"name_": "Tom"}, ()),
        ({"__typename": "Parrot", "name_": "Tom"}, ()),
        ({"__typename": ["Cat"], "name_": "Tom"}, ()),
        ("Tom", ()),
        (None, ()),
        ({"__typename": "Cat"}, ("name_",)),
        ({"__typename": "Dog", "name_": "Rex", "tricks_": ["sit", 1]}, ("tricks_", 1)),
    ],
    ids=[
        "no type",
        "a type unheard of",
        "a type that is no name",
        "no object",
        "null in a list that has none",
        "a field is missing",
        "inside",
    ],
)
async def test_objects_inside_that_are_not_as_promised_fail_at_their_place_in_the_list(
    pet: Json, path: tuple[str | int, ...]
) -> None:
    whole = {"__typename": "Cat", "name_": "Tom"}
    result = await ask(Canned(entities({"name_": "Ann", "pets_": [whole, pet, whole]})), NAME, PETS)
    assert [(one.failure.kind, one.path) for one in result.failures] == [
        (FailureKind.INVALID_RESPONSE, ("pets_", 1, *path))
    ]
    assert result.data[0] is not None and result.data[0]["name_"] == "Ann"
    pets = result.data[0]["pets_"]
    assert (pets[0], pets[2]) == ({"name_": "Tom"}, {"name_": "Tom"})
    assert at(pets[1], path) is None


def at(value: Json, path: tuple[str | int, ...]) -> Json:
    for step in path:
        value = value[step]
    return value


async def test_broken_promises_without_end_are_told_without_their_indices() -> None:
    tricks = [7] * 5_000
    result = await ask(Canned(entities({"pets_": [{**DOG_WITHOUT_TRICKS, "tricks_": tricks}]})), PETS)
    assert result.data == [{"pets_": [{"name_": "Rex", "tricks_": [None] * 5_000}]}]
    assert len(result.failures) == 1_001
    assert result.failures[999].path == ("pets_", 0, "tricks_", 999)
    assert result.failures[1_000].path == ("pets_", "tricks_")


@pytest.mark.parametrize(("depth", "arrives"), [(100, True), (101, False), (800, False)])
async def test_a_scalar_of_the_source_is_as_deep_as_json_can_be_printed(depth: int, arrives: bool) -> None:
    value: Json = "deep"
    for level in range(depth):
        value = [value] if level % 2 else {"x": value}
    body = json.dumps(entities({"born_": value})).encode()
    result = await ask(Canned(body), field("born"))
    assert result.data == [{"born_": value if arrives else None}]
    assert [one.path for one in result.failures] == ([] if arrives else [("born_",)])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>", FailureKind.INVALID_RESPONSE),
        (b"[" * 5_000, FailureKind.INVALID_RESPONSE),
        (b'{"data":{"_entities":[{"weight_":NaN}]}}', FailureKind.INVALID_RESPONSE),
        (b'{"data":{"_entities":[{"weight_":1e999}]}}', FailureKind.INVALID_RESPONSE),
        (b'{"data":{"_entities":[{"name_":"\\ud800"}]}}', FailureKind.INVALID_RESPONSE),
        ([], FailureKind.INVALID_RESPONSE),
        ({}, FailureKind.INVALID_RESPONSE),
        ({"data": None}, FailureKind.INVALID_RESPONSE),
        ({"data": {"_entities": None}}, FailureKind.INVALID_RESPONSE),
        (entities(), FailureKind.INVALID_RESPONSE),
        (entities({"name_": "a"}, {"name_": "b"}), FailureKind.INVALID_RESPONSE),
        (entities({"name_": "a"}, errors={"not": "a list"}), FailureKind.INVALID_RESPONSE),
        ({"data": None, "errors": [{"message": "down"}]}, FailureKind.ERROR),
        ({"errors": [{"message": "syntax"}]}, FailureKind.ERROR),
        ({"data": {"_entities": None}, "errors": [{"path": ["_entities"]}]}, FailureKind.ERROR),
    ],
)
async def test_an_answer_that_is_none_fails_as_a_whole(body: Json, kind: FailureKind) -> None:
    with pytest.raises(SourceFailure) as caught:
        await ask(Canned(body), NAME)
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    ("status", "media", "kind"),
    [
        (503, "text/html", FailureKind.UNAVAILABLE),
        (500, "text/html", FailureKind.ERROR),
        (401, "application/json", FailureKind.ERROR),
        (302, "text/html", FailureKind.INVALID_RESPONSE),
        (400, "application/graphql-response+json; charset=utf-8", None),
    ],
)
async def test_a_status_counts_unless_the_media_type_vouches_for_the_answer(
    status: int, media: str, kind: FailureKind | None
) -> None:
    found = None
    try:
        await ask(Canned(entities({"name_": "Ann"}), status, media), NAME)
    except SourceFailure as failure:
        found = failure.kind
    assert found is kind


@pytest.mark.parametrize(("with_name", "expected"), [(True, {"name_": "Ann"}), (False, {})])
async def test_a_field_whose_condition_is_false_is_not_missed(with_name: bool, expected: Json) -> None:
    condition = Condition(frozenset({frozenset({("withName", True)})}))
    conditional = FieldSelection("name_", "name", OWNER, condition=condition)
    transport = Canned(entities({"name_": "Ann"} if with_name else {}))
    result = await ask(transport, conditional, withName=with_name)
    assert (result.data, result.failures) == ([expected], [])
    assert orjson.loads(transport.sent[0].body or b"")["variables"]["withName"] is with_name


async def test_a_field_whose_condition_is_false_is_left_out_although_the_source_answers_it() -> None:
    either = Condition(frozenset({frozenset({("one", True)}), frozenset({("two", True)})}))
    conditional = FieldSelection("name_", "name", OWNER, condition=either)
    transport = Canned(entities({"name_": "Ann", "id_": "1"}))
    result = await ask(transport, conditional, field("id"), one=False, two=False)
    assert (result.data, result.failures) == ([{"id_": "1"}], [])


async def test_what_nobody_asked_for_does_not_arrive() -> None:
    cat = {**CAT_TOM, "owner": {"id": "9"}}
    result = await ask(Canned(entities({"name_": "Ann", "id": "7", "pets_": [cat]})), NAME, PETS)
    assert (result.data, result.failures) == ([{"name_": "Ann", "pets_": [{"name_": "Tom"}]}], [])


async def test_an_object_that_can_be_of_one_type_is_of_that_type_whatever_the_source_says() -> None:
    result = await ask(Canned(entities({"__typename_": "Spy"})), field("__typename"))
    assert (result.data, result.failures) == ([{"__typename_": "Owner"}], [])


async def test_a_root_fetch_is_read_as_one_object() -> None:
    connector = GraphQLConnector.connect(
        graphql_manifest(SDL), SDL, Canned({"data": {"owner": {"name_": "Ann"}}})
    )
    selection = FieldSelection("owner", "owner", frozenset({"Query"}), children=(NAME,))
    prepared = connector.prepare(FetchSpec("tested", FetchKind.ROOT, "Query", (selection,)))
    result = await connector.run(prepared, {}, [], RunContext({}, 5))
    assert (result.data, result.failures) == ([{"owner": {"name_": "Ann"}}], [])


def test_a_schema_that_cannot_be_read_is_a_finding_of_the_manifest() -> None:
    with pytest.raises(ManifestError):
        GraphQLConnector.connect(graphql_manifest("type {"), "type {", unused_transport())
