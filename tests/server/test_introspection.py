"""Introspection over HTTP: beside other requests, made once, kept, and for each caller what it may know of."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any  # JSON

import httpx
import pytest

from gateway.execution.introspection import introspect
from gateway.execution.visible import VisibleSchema
from gateway.identity import ANONYMOUS, DevKey
from gateway.operation import Operation, OperationLimits, read_operation
from gateway.registry.composed import load_open_snapshot
from gateway.registry.loading import load_snapshot
from gateway.server import introspecting
from gateway.server.deployment import deployed, deployed_open
from gateway.server.introspecting import Introspection
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.server.running import bind, serving, url_of
from gateway.settings import Limits, load_settings
from tests.policy.composed import FILES, SUPERGRAPH, rule
from tests.server.library import Library, library

pytestmark = pytest.mark.anyio

BOOK = '{ __type(name: "Book") { name fields { name } } }'
ROOTS = "{ __schema { queryType { fields { name } } } }"


@dataclass
class Desk:
    """Stands before the worker: notes what it begins, and holds it until `open` is set."""

    open: threading.Event = field(default_factory=threading.Event)
    operations: list[str | None] = field(default_factory=list)

    @property
    def begun(self) -> int:
        return len(self.operations)

    def __call__(self, shown: VisibleSchema, operation: Operation, *rest: Any) -> Any:  # as `introspect`
        self.operations.append(operation.name)
        assert self.open.wait(20)
        return introspect(shown, operation, *rest)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk()
    made.open.set()
    monkeypatch.setattr(introspecting, "introspect", made)
    yield made
    made.open.set()  # whatever a test did, no thread stays behind


@asynccontextmanager
async def opened(
    folder: Path, limits: Limits | None = None
) -> AsyncIterator[tuple[httpx.AsyncClient, Library]]:
    async with library(folder) as sources, deployed_open(sources.file, limits or Limits()) as deployment:
        listener = bind("127.0.0.1", 0)
        async with (
            serving(deployment.application, listener),
            httpx.AsyncClient(base_url=url_of(listener), trust_env=False) as client,
        ):
            yield client, sources


async def ask(client: httpx.AsyncClient, query: str, variables: Any = None, **headers: str) -> dict[str, Any]:
    body = {"query": query, "variables": variables}
    answer: dict[str, Any] = (await client.post("/graphql", json=body, headers=headers)).json()
    return answer


async def counters(client: httpx.AsyncClient, cache: str) -> dict[str, int]:
    told: dict[str, int] = (await client.get("/admin/caches")).json()[cache]
    return told


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # a thread changes it
            await asyncio.sleep(0.005)


async def test_others_are_answered_while_introspection_takes_its_time(tmp_path: Path, desk: Desk) -> None:
    async with opened(tmp_path) as (client, _):
        desk.open.clear()
        slow = asyncio.create_task(ask(client, BOOK))
        await until(lambda: desk.begun == 1)
        assert len((await ask(client, "{ books { title } }"))["data"]["books"]) == 2
        assert not slow.done()
        desk.open.set()
        assert (await slow)["data"]["__type"]["name"] == "Book"


async def test_a_burst_of_equal_questions_is_answered_once_and_kept(tmp_path: Path, desk: Desk) -> None:
    async with opened(tmp_path) as (client, _):
        desk.open.clear()
        burst = [asyncio.create_task(ask(client, BOOK)) for _ in range(20)]
        await until(lambda: desk.begun == 1)
        desk.open.set()
        answers = await asyncio.gather(*burst)
        assert all(answer == answers[0] and "errors" not in answer for answer in answers)
        assert await ask(client, BOOK) == answers[0]
        told, schemas = await counters(client, "introspection"), await counters(client, "schemas")
    assert desk.begun == 1
    assert (told["misses"], told["hits"], told["entries"]) == (1, 20, 1)
    assert (schemas["misses"], schemas["hits"], schemas["entries"]) == (1, 20, 1)
    assert len(json.dumps(answers[0]["data"])) < told["bytes"] < 10_000


async def test_a_client_that_leaves_spoils_nothing_for_the_others(tmp_path: Path, desk: Desk) -> None:
    async with opened(tmp_path) as (client, _):
        desk.open.clear()
        gone = asyncio.create_task(ask(client, BOOK))
        await until(lambda: desk.begun == 1)
        waiting = asyncio.create_task(ask(client, BOOK))
        await asyncio.sleep(0.1)  # long enough to be waiting; were it not, it would ask again
        gone.cancel()
        await asyncio.wait([gone])
        await asyncio.sleep(0.2)  # until the gateway has noticed
        desk.open.set()
        assert (await waiting)["data"]["__type"]["name"] == "Book"
    assert desk.begun == 1


async def test_what_nobody_waits_for_any_more_is_not_begun(tmp_path: Path, desk: Desk) -> None:
    async with opened(tmp_path, Limits(seconds=0.5)) as (client, _):
        desk.open.clear()
        held = asyncio.create_task(ask(client, BOOK))
        await until(lambda: desk.begun == 1)
        left = await asyncio.gather(
            *(ask(client, f"{{ __schema {{ a{n}: __typename }} }}") for n in range(5))
        )
        assert {one["errors"][0]["extensions"]["limit"] for one in (await held, *left)} == {"time"}
        desk.open.set()
        assert (await ask(client, "{ __schema { a0: __typename } }"))["data"] == {
            "__schema": {"a0": "__Schema"}
        }
    assert desk.begun == 2


async def test_an_answer_that_came_too_late_is_there_the_next_time(tmp_path: Path, desk: Desk) -> None:
    async with opened(tmp_path, Limits(seconds=0.3)) as (client, _):
        desk.open.clear()
        late = await client.post("/graphql", json={"query": BOOK})
        assert (late.status_code, late.json()["errors"][0]["extensions"]["limit"]) == (504, "time")
        desk.open.set()
        assert (await ask(client, BOOK))["data"]["__type"]["name"] == "Book"
    assert desk.begun == 1


async def test_a_silent_source_is_told_of_even_when_introspection_took_its_time(
    tmp_path: Path, desk: Desk
) -> None:
    async with opened(tmp_path, Limits(seconds=1)) as (client, sources):
        sources.books.silence = 1.5
        desk.open.clear()
        asking = asyncio.create_task(ask(client, "{ books { id } __schema { __typename } }"))
        await until(lambda: desk.begun == 1)
        await asyncio.sleep(0.4)
        desk.open.set()
        answer = await asking
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["SOURCE_TIMEOUT"]


async def test_sources_stay_open_for_what_waits_for_introspection(tmp_path: Path, desk: Desk) -> None:
    async with library(tmp_path) as sources:
        snapshot = load_open_snapshot(sources.file, frozenset())
        pipeline = Pipeline(snapshot, Limits())
        request = GraphQLRequest("{ books { id } __schema { __typename } }", None, None)
        prepared = pipeline.prepare(request, ANONYMOUS, pipeline.purpose(ANONYMOUS, None))
        desk.open.clear()
        asking = asyncio.create_task(pipeline.run(prepared))
        await until(lambda: desk.begun == 1)
        closing = asyncio.create_task(snapshot.close())
        await asyncio.sleep(0.05)  # long enough to close what nothing holds open
        desk.open.set()
        answer = json.loads(await asking)
        await closing
    assert answer == {"data": {"books": [{"id": "0"}, {"id": "1"}], "__schema": {"__typename": "__Schema"}}}


async def test_each_value_of_a_variable_has_its_own_answer(tmp_path: Path, desk: Desk) -> None:
    query = """query ($name: String!, $fields: Boolean! = false, $b: Boolean!) {
      __type(name: $name) { name fields @include(if: $fields) { name } } books @include(if: $b) { title }
    }"""
    given: list[dict[str, Any]] = [{"name": "Book"}, {"name": "Nobody"}, {"name": "Book", "fields": True}]
    async with opened(tmp_path) as (client, _):
        found = [(await ask(client, query, {**one, "b": False}))["data"]["__type"] for one in given * 2]
        with_books = await ask(client, query, {"name": "Book", "b": True})
    assert found[:3] == found[3:]
    assert found[:2] == [{"name": "Book"}, None]
    assert "fields" in found[2]
    assert with_books["data"]["__type"] == {"name": "Book"}
    assert desk.begun == 3  # `$b` decides nothing here


async def test_each_operation_of_one_document_has_its_own_answer(tmp_path: Path) -> None:
    query = 'query A { __type(name: "Book") { name } } query B { __type(name: "Query") { name } }'
    async with opened(tmp_path) as (client, _):
        bodies = [{"query": query, "operationName": name} for name in "ABA"]
        found = [
            (await client.post("/graphql", json=body)).json()["data"]["__type"]["name"] for body in bodies
        ]
    assert found == ["Book", "Query", "Book"]


async def test_introspection_stands_beside_data_in_the_order_asked(tmp_path: Path) -> None:
    query = """query ($yes: Boolean!) {
      n: __typename __type(name: "Book") { ...T } books { id } ... on Query @include(if: $yes) { __schema { ...S } }
      no: __schema @skip(if: $yes) { __typename }
    }
    fragment T on __Type { kind __typename } fragment S on __Schema { mutationType { name } }"""
    async with opened(tmp_path) as (client, _):
        answer = await ask(client, query, {"yes": True})
    assert list(answer["data"].items()) == [
        ("n", "Query"),
        ("__type", {"kind": "OBJECT", "__typename": "__Type"}),
        ("books", [{"id": "0"}, {"id": "1"}]),
        ("__schema", {"mutationType": {"name": "Mutation"}}),
    ]


async def test_an_error_of_introspection_is_told_and_the_data_beside_it_is_kept(tmp_path: Path) -> None:
    query = 'query ($name: String = "Book") { books { id } t: __type(name: $name) { name } }'
    async with opened(tmp_path) as (client, _):
        answer = await ask(client, query, {"name": None})
    assert answer["data"] == {"books": [{"id": "0"}, {"id": "1"}], "t": None}
    assert answer["errors"] == [
        {
            "message": 'Variable "$name" must not be null here.',
            "locations": [{"line": 1, "column": 47}],
            "path": ["t"],
            "extensions": {"code": "BAD_USER_INPUT"},
        }
    ]


async def test_null_where_nothing_may_be_null_leaves_no_data(tmp_path: Path) -> None:
    query = "query ($old: Boolean = true) { books { id } __schema { directives(includeDeprecated: $old) { name } } }"
    async with opened(tmp_path) as (client, _):
        answer = await ask(client, query, {"old": None})
    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [["__schema", "directives"]]


async def test_introspection_past_a_limit_is_refused_before_any_source_is_asked(tmp_path: Path) -> None:
    query = "{ books { id } __schema { types { name fields { name type { name } } } } }"
    async with opened(tmp_path, Limits(response_bytes=1_500)) as (client, sources):
        for _ in range(2):
            answer = await ask(client, query)
            assert "data" not in answer
            assert answer["errors"][0]["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "response_bytes"}
        assert sources.books.documents == []
        assert (await counters(client, "introspection"))["entries"] == 0


def governed(folder: Path, *rules: Any, issuer: DevKey | None = None) -> Path:
    """A deployment with these rules; roles and purposes beside those of the other tests."""
    files = {
        **FILES,
        "purposes.yaml": {**FILES["purposes.yaml"], "audit": {"zh": "审计", "en": "audit", "basis": "law"}},
        "roles.yaml": {name: {"level": "low"} for name in ("anonymous", "clerk", "judge", "guest")},
        **{f"rules/{number}.yaml": content for number, content in enumerate(rules)},
    }
    for name, content in files.items():
        path = folder / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    urls = {"CIVIL_URL": "http://127.0.0.1:9/", "TAX_URL": "http://127.0.0.1:9/"}  # nobody is asked
    text = SUPERGRAPH
    for name, url in urls.items():
        text = text.replace(name, url)
    (folder / "city.graphql").write_text(text)
    settings: dict[str, Any] = {
        "supergraph": "city.graphql",
        "policies": "policies",
        "sharing": {"civil": "unconditional", "tax": "unconditional"},
    }
    if issuer is not None:
        settings["identity"] = {"issuer": issuer.issuer, "public_key": issuer.public_pem.decode()}
    (folder / "gateway.yaml").write_text(json.dumps(settings))
    return folder / "gateway.yaml"


LISTS = (
    rule({"read": ["Parcel.*"]}, {"list": ["Parcel"]}, rows={"Parcel": "all"}, roles=("clerk", "judge")),
    {
        **rule(
            {"read": ["Citizen.name"]},
            {"list": ["Citizen"]},
            rows={"Citizen": "all"},
            roles=("clerk", "judge"),
        ),
        "purposes": ["audit"],
    },
)


async def test_each_caller_is_shown_what_its_roles_and_purposes_could_ever_be_allowed(
    tmp_path: Path, issuer: DevKey, desk: Desk
) -> None:
    settings = load_settings(governed(tmp_path, *LISTS, issuer=issuer), {})
    callers = {
        "clerk, to work": (["clerk"], ["work"]),
        "clerk, to audit": (["clerk"], ["audit"]),
        "judge, to work": (["judge"], ["work"]),
        "clerk, to do both": (["clerk"], ["audit", "work"]),
        "guest": (["guest"], ["work"]),
    }
    shown = {}
    async with deployed(settings, {}) as deployment:
        transport = httpx.ASGITransport(deployment.application, client=("127.0.0.1", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for name, (roles, purposes) in callers.items():
                token = issuer.sign("somebody", roles, purposes)
                headers = {"Authorization": f"Bearer {token}", "Huitong-Purpose": purposes[0]}
                answer = await ask(client, ROOTS, **headers)
                shown[name] = {one["name"] for one in answer["data"]["__schema"]["queryType"]["fields"]}
                told = {one["extensions"]["code"] for one in answer.get("errors", ())}
                assert told == (set() if shown[name] else {"ACCESS_DENIED"})
            schemas = await counters(client, "schemas")
    parcels, citizens = {"parcel", "found"}, {"found", "citizens", "holders"}
    assert shown == {
        "clerk, to work": parcels,
        "clerk, to audit": citizens,
        "judge, to work": parcels,
        "clerk, to do both": parcels | citizens,
        "guest": set(),
    }
    assert schemas["misses"] == 5
    assert desk.begun == 4  # a clerk and a judge who are shown the same share the answer


async def test_whoever_asks_for_much_delays_nobody_else(tmp_path: Path, issuer: DevKey, desk: Desk) -> None:
    callers = {name: issuer.sign(name, ["clerk"], ["work"]) for name in ("many", "one", "another")}
    asked = [*(("many", f"M{n}") for n in range(8)), ("one", "One"), ("another", "M7")]
    settings = load_settings(governed(tmp_path, *LISTS, issuer=issuer), {})
    async with deployed(settings, {}) as deployment:
        transport = httpx.ASGITransport(deployment.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            desk.open.clear()
            asking = []
            for number, (caller, name) in enumerate(asked):
                headers = {"Authorization": f"Bearer {callers[caller]}", "Huitong-Purpose": "work"}
                query = f"query {name} {{ __schema {{ __typename }} }}"
                asking.append(asyncio.create_task(ask(client, query, **headers)))
                if not number:
                    await until(lambda: desk.begun == 1)  # it holds the worker while the others queue
                await asyncio.sleep(0.05)
            desk.open.set()
            answers = await asyncio.gather(*asking)
    assert all(answer["data"] == {"__schema": {"__typename": "__Schema"}} for answer in answers)
    assert desk.operations == ["M0", "M1", "One", "M7", "M2", "M3", "M4", "M5", "M6"]


async def test_a_rule_shows_what_it_opens_from_the_day_on_which_it_begins(tmp_path: Path) -> None:
    later = {
        **rule({"read": ["Parcel.*"]}, {"list": ["Parcel"]}, rows={"Parcel": "all"}),
        "valid": {"from": "2030-01-01"},
    }
    snapshot = await load_snapshot(load_settings(governed(tmp_path, later), {}), {})
    operation = read_operation(
        '{ __type(name: "Parcel") { name } }', None, snapshot.supergraph, OperationLimits()
    )
    days = iter([date(2029, 12, 31), date(2030, 1, 1)])
    introspection = Introspection(snapshot, 2**20, lambda: next(days))
    found = [(await introspection.answer(operation, {}, ANONYMOUS)).parts for _ in range(2)]
    await snapshot.close()
    assert found == [{"__type": b"null"}, {"__type": b'{"name":"Parcel"}'}]
