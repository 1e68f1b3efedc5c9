"""Services that answer about one entity a call: the contract, and every way in which such a service can answer."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

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
from connectors.manifest import load_manifest
from connectors.rest import RestConnector
from connectors.testing import ConnectorContract, Hanging, HangingContract, Subject, failure_of
from connectors.transport import HttpRequest, HttpResponse, Transport, open_transport
from tests.connectors.loopback import nowhere, raw_server, serving

pytestmark = pytest.mark.anyio

UNIFIED = """
directive @label(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT
type Owner @key(fields: "id") {
  id: ID!
  name: String
  size: Size
  age: Int
  weight: Float
  tame: Boolean
  born: Date
  tags: [String]
  home: House
  friend: Owner
  friends: [Owner]
  visits: [Visit]
}
type House @key(fields: "number") { number: ID! }
type Visit { to: House by: Owner on: Date }
enum Size { SMALL LARGE }
scalar Date
"""
MANIFEST = """
source: tested
department: {name: Tested}
connector: rest
url: ${URL}
headers: {X-Token: "${TOKEN}"}
sharing: unconditional
health: /health
types:
  Owner:
    key: {id: nr}
    get: /owners/{id}
    headers: {X-Owner: "yes"}
    unwrap: data
    not_found: {status: [404], path: code, values: ["404"]}
    fields:
      name: who.full
      size: {path: sz, map: {"1": SMALL, "2": LARGE}}
      age: a
      weight: w
      tame: {path: t, map: {"J": "true", "N": "false"}}
      born: b
      tags: {path: tg, many: String}
      home: {path: h, references: House}
      friend: {path: f, references: Owner}
      friends: {path: fs, many: Owner}
      visits: {path: v, many: Visit}
      latest: {path: v.0.day, type: String, label: public}
  Visit:
    fields:
      to: {path: where, references: House}
      by: {path: who, references: Owner}
      on: day
limits: {concurrency: 4, timeout: 20s}
"""
OWNER, HOUSE, VISIT = frozenset({"Owner"}), frozenset({"House"}), frozenset({"Visit"})
ANN: Json = {"nr": "1", "who": {"full": "Ann"}, "sz": 2, "h": "H7", "f": "2", "fs": ["2", "3", "2"],
             "v": [{"where": "H1", "who": "2", "day": "2020-01-01"}, {"where": None, "who": "3"}]}  # fmt: skip
BEA: Json = {"nr": "2", "who": {"full": "Bea"}, "f": "1"}


def field(name: str, *children: FieldSelection, types: frozenset[str] = OWNER) -> FieldSelection:
    return FieldSelection(name, name, types, children=children)


ID, NAME = field("id"), field("name")


def connector_at(path: Path, address: str, transport: Transport) -> RestConnector:
    file = path / "tested.yaml"
    file.write_text(MANIFEST, encoding="utf-8")
    manifest = load_manifest(file, {"URL": address, "TOKEN": "secret"})
    return RestConnector.connect(manifest, RestConnector.source_sdl(manifest, UNIFIED), transport)


def owners(*selections: FieldSelection) -> FetchSpec:
    return FetchSpec("tested", FetchKind.ENTITIES, "Owner", selections, (InputField("id"),))


class Canned:
    """A transport that answers by path, and keeps what was sent. `Json` answers are wrapped as the service does."""

    def __init__(self, answers: dict[str, Json], status: int = 200) -> None:
        self.answers = answers
        self.status = status
        self.sent: list[HttpRequest] = []

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.sent.append(request)
        answer = self.answers.get(unquote(request.url.rpartition("/")[2]), {"code": 404})
        body = answer if isinstance(answer, bytes) else orjson.dumps(answer)
        return HttpResponse(self.status, {}, body)

    async def close(self) -> None:
        pass


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Any]:  # Any: a fixture's function, spelled out below
    async def asked(
        transport: Canned, *selections: FieldSelection, id: str = "1", **variables: Json
    ) -> FetchResult:
        connector = connector_at(tmp_path, "http://127.0.0.1:1/base/", transport)
        prepared = connector.prepare(owners(*selections))
        return await connector.run(
            prepared, variables, [{"__typename": "Owner", "id": id}], RunContext({}, 20)
        )

    return asked


Ask = Callable[..., Any]  # Any: as above


def service(**entries: Json) -> Canned:
    return Canned({key.strip("_"): {"code": 0, "data": value} for key, value in entries.items()})


async def test_what_is_sent(ask: Ask) -> None:
    transport = Canned({"ä/?#%": {"code": 0, "data": {}}})
    await ask(transport, NAME, id="ä/?#%")
    request = transport.sent[0]
    assert (request.method, request.url) == ("GET", "http://127.0.0.1:1/base/owners/%C3%A4%2F%3F%23%25")
    assert dict(request.headers) == {"accept": "application/json", "X-Token": "secret", "X-Owner": "yes"}


@pytest.mark.parametrize("id", ["", ".", "..", "x" * 1_001])
async def test_a_key_that_would_change_the_path_is_not_sent(ask: Ask, id: str) -> None:
    transport = service()
    assert await failure_of(ask(transport, NAME, id=id)) is FailureKind.ERROR
    assert transport.sent == []


@pytest.mark.parametrize(
    ("entry", "selection", "expected"),
    [
        ({"who": {"full": "Ann"}}, NAME, "Ann"),
        ({"who": {"full": 7}}, NAME, "7"),
        ({"who": {}}, NAME, None),
        ({"who": None}, NAME, None),
        ({}, NAME, None),
        ({"sz": 1}, field("size"), "SMALL"),
        ({"sz": "2"}, field("size"), "LARGE"),
        ({"a": 7}, field("age"), 7),
        ({"a": "7"}, field("age"), 7),
        ({"w": 7}, field("weight"), 7.0),
        ({"w": "7.5"}, field("weight"), 7.5),
        ({"w": "-75.e-1"}, field("weight"), -7.5),
        ({"t": "J"}, field("tame"), True),
        ({"t": "N"}, field("tame"), False),
        ({"b": "2020-01-01"}, field("born"), "2020-01-01"),
        ({"tg": ["a", None, 1]}, field("tags"), ["a", None, "1"]),
        ({"h": 7}, field("home", field("number", types=HOUSE)), {"number": "7"}),
        ({"h": ""}, field("home", field("number", types=HOUSE)), None),
        ({"h": "7"}, field("home", field("__typename", types=HOUSE)), {"__typename": "House"}),
        ({"fs": ["2", None]}, field("friends", ID), [{"id": "2"}, None]),
        ({"v": []}, field("visits", field("on", types=VISIT)), []),
        ({"v": [{"day": "d"}]}, field("visits", field("on", types=VISIT)), [{"on": "d"}]),
        ({"v": [{"day": "d"}]}, field("latest"), "d"),
        ({"v": []}, field("latest"), None),
        ({}, ID, "1"),
        ({"nr": 1}, ID, "1"),
        ({}, field("__typename"), "Owner"),
    ],
)
async def test_values_of_every_kind(ask: Ask, entry: Json, selection: FieldSelection, expected: Json) -> None:
    result = await ask(service(_1=entry), selection)
    assert (result.data, result.failures) == ([{selection.response: expected}], [])


@pytest.mark.parametrize(
    ("entry", "selection", "path", "value"),
    [
        ({"who": ["Ann"]}, NAME, ("name",), None),
        ({"who": {"full": {"first": "Ann"}}}, NAME, ("name",), None),
        ({"who": {"full": True}}, NAME, ("name",), None),
        ({"sz": 9}, field("size"), ("size",), None),
        ({"a": "old"}, field("age"), ("age",), None),
        ({"a": 7.5}, field("age"), ("age",), None),
        ({"a": 2**31}, field("age"), ("age",), None),
        ({"w": "much"}, field("weight"), ("weight",), None),
        ({"w": "NaN"}, field("weight"), ("weight",), None),
        ({"w": "-Infinity"}, field("weight"), ("weight",), None),
        ({"w": "1e999"}, field("weight"), ("weight",), None),
        ({"w": "1_0"}, field("weight"), ("weight",), None),
        ({"t": "?"}, field("tame"), ("tame",), None),
        ({"tg": "a"}, field("tags"), ("tags",), None),
        ({"tg": ["a", []]}, field("tags"), ("tags",), ["a", None]),
        ({"h": {"n": 1}}, field("home", field("number", types=HOUSE)), ("home",), None),
        ({"v": ["x"]}, field("visits", field("on", types=VISIT)), ("visits",), [None]),
        ({"v": [{"day": []}]}, field("visits", field("on", types=VISIT)), ("visits", "on"), [{"on": None}]),
    ],
)
async def test_a_value_that_cannot_be_understood_is_null_with_a_failure(
    ask: Ask, entry: Json, selection: FieldSelection, path: tuple[str, ...], value: Json
) -> None:
    result = await ask(service(_1={**entry, "b": "2020-01-01"}), selection, field("born"))
    assert result.data == [{selection.response: value, "born": "2020-01-01"}]
    assert [(one.failure.kind, one.path, one.indices) for one in result.failures] == [
        (FailureKind.INVALID_RESPONSE, path, frozenset({0}))
    ]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"code": 404, "msg": "nobody"}, 200, None),
        ({"code": "404"}, 200, None),
        (b"gone", 404, None),
        (b"<html>", 200, FailureKind.INVALID_RESPONSE),
        (b"[" * 5_000, 200, FailureKind.INVALID_RESPONSE),
        ([], 200, FailureKind.INVALID_RESPONSE),
        ({"code": []}, 200, FailureKind.INVALID_RESPONSE),
        ({"code": 0}, 200, FailureKind.INVALID_RESPONSE),
        ({"code": 0, "data": None}, 200, FailureKind.INVALID_RESPONSE),
        ({"code": 0, "data": []}, 200, FailureKind.INVALID_RESPONSE),
        ({"code": 0, "data": {"nr": "2"}}, 200, FailureKind.INVALID_RESPONSE),
        ({"code": 0, "data": {"nr": []}}, 200, FailureKind.INVALID_RESPONSE),
        (b"", 500, FailureKind.ERROR),
        (b"", 401, FailureKind.ERROR),
        (b"", 302, FailureKind.INVALID_RESPONSE),
        (b"", 503, FailureKind.UNAVAILABLE),
    ],
)
async def test_answers_without_an_entity(ask: Ask, body: Json, status: int, kind: FailureKind | None) -> None:
    transport = Canned({"1": body}, status)
    if kind is None:
        assert (await ask(transport, NAME)).data == [None]
    else:
        assert await failure_of(ask(transport, NAME)) is kind


@pytest.mark.parametrize(("wanted", "expected"), [(True, {"name": "Ann"}), (False, {})])
async def test_a_field_whose_condition_is_false_is_left_out(ask: Ask, wanted: bool, expected: Json) -> None:
    condition = Condition(frozenset({frozenset({("w", True)})}))
    result = await ask(service(_1=ANN), FieldSelection("name", "name", OWNER, condition=condition), w=wanted)
    assert result.data == [expected]


async def test_keys_of_references_cost_no_call(ask: Ask) -> None:
    transport = service(_1=ANN)
    result = await ask(transport, field("friend", ID), field("friends", ID))
    assert result.data == [{"friend": {"id": "2"}, "friends": [{"id": "2"}, {"id": "3"}, {"id": "2"}]}]
    assert len(transport.sent) == 1


async def test_more_about_a_reference_costs_one_call_for_each_entity(ask: Ask) -> None:
    transport = service(_1=ANN, _2=BEA)
    visits = field("visits", field("by", NAME, types=VISIT))
    friend = field("friend", ID, NAME, field("friend", NAME))
    result = await ask(transport, friend, visits)
    assert result.data == [
        {
            "friend": {"id": "2", "name": "Bea", "friend": {"name": "Ann"}},
            "visits": [{"by": {"name": "Bea"}}, {"by": {"name": None}}],
        }
    ]
    assert result.failures == []
    asked = sorted(request.url.rpartition("/")[2] for request in transport.sent)
    assert asked == ["1", "1", "2", "2", "3"]  # 2 twice: with other fields; nobody knows 3


async def test_a_reference_that_fails_leaves_the_rest(ask: Ask) -> None:
    transport = Canned({"1": {"code": 0, "data": ANN}, "2": b"rubbish"})
    result = await ask(transport, NAME, field("friend", ID, NAME))
    assert result.data == [{"name": "Ann", "friend": {"id": "2", "name": None}}]
    assert [(one.failure.kind, one.path) for one in result.failures] == [
        (FailureKind.INVALID_RESPONSE, ("friend", "name"))
    ]


async def test_references_without_end_are_not_followed(ask: Ask) -> None:
    transport = service(_1={"fs": [f"x{number}" for number in range(1_001)]})
    result = await ask(transport, field("friends", NAME))
    assert len(transport.sent) == 1
    assert [(one.failure.kind, one.path) for one in result.failures] == [
        (FailureKind.ERROR, ("friends", "name"))
    ]


@pytest.mark.parametrize(
    "spec",
    [
        FetchSpec("tested", FetchKind.ROOT, "Query", ()),
        FetchSpec("tested", FetchKind.ENTITIES, "House", (), (InputField("number"),)),
        FetchSpec("tested", FetchKind.ENTITIES, "Owner", (field("shoes"),), (InputField("id"),)),
        FetchSpec("tested", FetchKind.ENTITIES, "Owner", (NAME,), (InputField("name"),)),
    ],
    ids=["a root field", "a type without a call", "a field it does not have", "another key"],
)
def test_what_the_service_cannot_be_asked_is_refused(tmp_path: Path, spec: FetchSpec) -> None:
    connector = connector_at(tmp_path, "http://127.0.0.1:1", service())
    with pytest.raises(ValueError):
        connector.prepare(spec)


def test_people_can_read_what_will_be_called(tmp_path: Path) -> None:
    connector = connector_at(tmp_path, "http://127.0.0.1:1", service())
    spec = owners(NAME, field("visits", field("by", NAME, types=VISIT)))
    assert connector.prepare(spec).text.splitlines() == [
        "GET /owners/{id}",
        "  for each visits.by: GET /owners/{id}",
    ]


async def test_a_run_that_has_no_time_left_asks_nothing(tmp_path: Path) -> None:
    transport = service(_1=ANN)
    connector = connector_at(tmp_path, "http://127.0.0.1:1", transport)
    prepared = connector.prepare(owners(NAME))
    with pytest.raises(SourceFailure) as caught:
        await connector.run(prepared, {}, [{"__typename": "Owner", "id": "1"}], RunContext({}, 0))
    assert caught.value.kind is FailureKind.TIMEOUT
    assert transport.sent == []


async def answer_owner(request: Request) -> JSONResponse:
    found = {"1": ANN, "2": BEA}.get(request.path_params["id"])
    allowed = request.headers.get("X-Token") == "secret"
    if not allowed:
        return JSONResponse({"code": 401}, status_code=401)
    return JSONResponse({"code": 0, "data": found} if found else {"code": 404})


async def answer_health(request: Request) -> JSONResponse:
    return JSONResponse({})


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    opened = open_transport()
    yield opened
    await opened.close()


def subject_at(path: Path, address: str, transport: Transport) -> Subject:
    known = [
        ({"__typename": "Owner", "id": "1"}, {"id": "1", "name": "Ann", "friend": {"id": "2"}}),
        ({"__typename": "Owner", "id": "2"}, {"id": "2", "name": "Bea", "friend": {"id": "1"}}),
    ]
    absent = {"__typename": "Owner", "id": "nobody"}
    return Subject(
        connector_at(path, address, transport), owners(ID, NAME, field("friend", ID)), known, absent
    )


@pytest.fixture
async def subject(tmp_path: Path, transport: Transport) -> AsyncIterator[Subject]:
    routes = [Route("/owners/{id}", answer_owner), Route("/health", answer_health)]
    async with serving(Starlette(routes=routes)) as address:
        yield subject_at(tmp_path, address, transport)


@pytest.fixture
def down(tmp_path: Path, transport: Transport) -> Subject:
    return subject_at(tmp_path, nowhere(), transport)


@pytest.fixture
async def hanging(tmp_path: Path, transport: Transport) -> AsyncIterator[Hanging]:
    async with raw_server(lambda head: None) as server:
        subject = subject_at(tmp_path, server.address, transport)
        # pyreqwest runs a cancelled request on until its time is over.
        yield Hanging(subject, server.wait_reached, server.wait_released, allowed=1.0)


class TestContract(ConnectorContract, HangingContract):
    pass


async def test_a_service_whose_health_is_bad_is_down(tmp_path: Path, transport: Transport) -> None:
    async with serving(Starlette(routes=[])) as address:
        unwell = connector_at(tmp_path, address, transport)
        assert await failure_of(unwell.probe(20)) is FailureKind.UNAVAILABLE
