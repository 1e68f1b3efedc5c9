"""What becomes of a subgraph's answer: what is as promised arrives, and what is not is null with a failure."""

import json
from dataclasses import dataclass

import orjson
import pytest

from connectors.base import (
    Condition,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    RunContext,
    SourceFailure,
)
from connectors.graphql import GraphQLConnector
from connectors.manifest import ManifestError
from connectors.transport import HttpRequest, HttpResponse
from tests.connectors.manifests import graphql_manifest, unused_transport

pytestmark = pytest.mark.anyio

SDL = """
type Owner @key(fields: "id") {
  id: ID!
  name: String
  size: Size
  age: Int
  weight: Float
  tame: Boolean
  born: Date
  pets: [Pet!]
  grid: [[Int]]
}
union Pet = Cat | Dog
type Cat { name: String! }
type Dog { name: String! tricks: [String] }
enum Size { SMALL LARGE }
scalar Date
type Query { owner: Owner }
"""
OWNER, CAT, DOG = frozenset({"Owner"}), frozenset({"Cat"}), frozenset({"Dog"})


class Canned:
    """A transport that gives one answer and keeps what was sent."""

    def __init__(self, body: Json, status: int = 200, media: str = "application/json") -> None:
        self.body = body if isinstance(body, bytes) else orjson.dumps(body)
        self.status = status
        self.media = media
        self.sent: list[HttpRequest] = []

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.sent.append(request)
        return HttpResponse(self.status, {"content-type": self.media}, self.body)

    async def close(self) -> None:
        pass


def field(name: str, *children: FieldSelection, types: frozenset[str] = OWNER) -> FieldSelection:
    return FieldSelection(f"{name}_", name, types, children=children)


NAME = field("name")
CAT_TOM: Json = {"__typename": "Cat", "name_": "Tom"}
DOG_WITHOUT_TRICKS: Json = {"__typename": "Dog", "name_": "Rex", "tricks_": None}
PETS = field("pets", field("name", types=CAT | DOG), field("tricks", types=DOG))


async def ask(
    transport: Canned, *selections: FieldSelection, count: int = 1, **variables: Json
) -> FetchResult:
    connector = GraphQLConnector.connect(graphql_manifest(SDL), SDL, transport)
    spec = FetchSpec("tested", FetchKind.ENTITIES, "Owner", selections, (InputField("id"),))
    owners = [{"__typename": "Owner", "id": str(number)} for number in range(count)]
    return await connector.run(connector.prepare(spec), variables, owners, RunContext({}, 5))


def entities(*found: Json, errors: Json = None) -> Json:
    answer: Json = {"data": {"_entities": list(found)}}
    return answer if errors is None else {**answer, "errors": errors}


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


@dataclass(frozen=True)
class Reported:
    title: str
    entity: Json
    path: list[Json]
    at: tuple[str | int, ...]


@pytest.mark.parametrize(
    "case",
    [
        Reported("a field", {"name_": None, "pets_": []}, ["_entities", 1, "name_"], ("name_",)),
        Reported("the whole entity", None, ["_entities", 1], ()),
        Reported("a field whose null took the entity with it", None, ["_entities", 1, "pets_", 0, "name_"], ()),
        Reported("a field inside a list whose null took the list with it", {"name_": "x", "pets_": None},
                 ["_entities", 1, "pets_", 0, "name_"], ("pets_",)),
        Reported("a field of an object in a list", {"name_": "x", "pets_": [CAT_TOM, DOG_WITHOUT_TRICKS]},
                 ["_entities", 1, "pets_", 1, "tricks_"], ("pets_", 1, "tricks_")),
        Reported("one item of a list", {"name_": "x", "pets_": [CAT_TOM, {**DOG_WITHOUT_TRICKS, "tricks_": ["a", None]}]},
                 ["_entities", 1, "pets_", 1, "tricks_", 1], ("pets_", 1, "tricks_", 1)),
        Reported("an index that the list does not have", {"name_": "x", "pets_": [CAT_TOM]},
                 ["_entities", 1, "pets_", 7, "name_"], ("pets_",)),
        Reported("a field that nobody asked for", {"name_": "x", "pets_": []}, ["_entities", 1, "hat"], ()),
    ],
    ids=lambda case: case.title,
)  # fmt: skip
async def test_an_error_that_the_source_reports_stands_at_what_is_null_for_it(case: Reported) -> None:
    whole = {"name_": "Bea", "pets_": []}
    error = {"message": "secret", "path": case.path, "extensions": {"code": "OUT_OF_PAPER"}}
    result = await ask(Canned(entities(whole, case.entity, whole, errors=[error])), NAME, PETS, count=3)
    assert [(one.failure.kind, one.path, one.indices) for one in result.failures] == [
        (FailureKind.ERROR, case.at, frozenset({1}))
    ]
    assert result.data[0] == result.data[2] == whole
    detail = result.failures[0].failure.detail
    assert "OUT_OF_PAPER" in detail and "secret" not in detail


async def test_an_error_at_one_field_does_not_explain_what_another_lacks() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}]
    result = await ask(Canned(entities({"name_": None, "id_": None}, errors=errors)), NAME, field("id"))
    assert {(one.failure.kind, one.path) for one in result.failures} == {
        (FailureKind.ERROR, ("name_",)),
        (FailureKind.INVALID_RESPONSE, ("id_",)),
    }


async def test_an_error_at_a_null_that_the_schema_forbids_explains_it() -> None:
    errors = [{"path": ["_entities", 0, "id_"]}]
    result = await ask(Canned(entities({"name_": "Ann", "id_": None}, errors=errors)), NAME, field("id"))
    assert [(one.failure.kind, one.path) for one in result.failures] == [(FailureKind.ERROR, ("id_",))]


async def test_a_full_batch_may_report_an_error_for_each_field() -> None:
    errors = [
        {"path": ["_entities", number, name]} for number in range(500) for name in ("name_", "age_", "size_")
    ]
    entity = {"id_": "1", "name_": None, "age_": None, "size_": None}
    selections = [field(name) for name in ("id", "name", "age", "size")]
    result = await ask(Canned(entities(*[entity] * 500, errors=errors)), *selections, count=500)
    assert result.data == [entity] * 500
    assert {one.path: len(one.indices) for one in result.failures} == {
        ("name_",): 500,
        ("age_",): 500,
        ("size_",): 500,
    }


UNPLACED: list[Json] = [
    {"message": "no path"},
    {"path": []},
    {"path": ["_entities"]},
    {"path": ["_entities", 7]},
    {"path": ["_entities", True]},
    {"path": ["other", 0]},
    {"path": "name_"},
    "what",
    None,
]


@pytest.mark.parametrize("error", UNPLACED, ids=str)
async def test_an_error_that_names_no_entity_is_reported_of_all_and_what_came_is_kept(error: Json) -> None:
    found = [{"name_": "Ann"}, None, {"name_": None}]
    result = await ask(Canned(entities(*found, errors=[error, error])), NAME, count=3)
    assert result.data == found
    assert [(one.failure.kind, one.path, one.indices) for one in result.failures] == [
        (FailureKind.ERROR, (), frozenset({0, 1, 2}))
    ]


async def test_an_error_that_names_no_entity_explains_a_null_that_the_schema_forbids() -> None:
    result = await ask(Canned(entities({"name_": "Ann", "id_": None}, errors=[{}])), NAME, field("id"))
    assert result.data == [{"name_": "Ann", "id_": None}]
    assert [(one.failure.kind, one.path) for one in result.failures] == [
        (FailureKind.ERROR, ()),
        (FailureKind.ERROR, ("id_",)),
    ]


async def test_an_error_beside_a_value_is_reported_and_the_value_is_kept() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}]
    result = await ask(Canned(entities({"name_": "Ann"}, {"name_": "Bea"}, errors=errors)), NAME, count=2)
    assert result.data == [{"name_": "Ann"}, {"name_": "Bea"}]
    assert [(one.path, one.indices) for one in result.failures] == [(("name_",), frozenset({0}))]


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


async def test_errors_without_end_are_no_answer() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}] * 1_051
    with pytest.raises(SourceFailure) as caught:
        await ask(Canned(entities({"name_": None}, errors=errors)), NAME)
    assert caught.value.kind is FailureKind.INVALID_RESPONSE


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


async def test_a_root_field_that_failed_is_named() -> None:
    answer = {"data": {"owner": None}, "errors": [{"path": ["owner"]}]}
    connector = GraphQLConnector.connect(graphql_manifest(SDL), SDL, Canned(answer))
    selection = FieldSelection("owner", "owner", frozenset({"Query"}), children=(NAME,))
    prepared = connector.prepare(FetchSpec("tested", FetchKind.ROOT, "Query", (selection,)))
    result = await connector.run(prepared, {}, [], RunContext({}, 5))
    assert [(one.failure.kind, one.path) for one in result.failures] == [(FailureKind.ERROR, ("owner",))]


def test_a_schema_that_cannot_be_read_is_a_finding_of_the_manifest() -> None:
    with pytest.raises(ManifestError):
        GraphQLConnector.connect(graphql_manifest("type {"), "type {", unused_transport())
