"""What clients of `huitong serve --supergraph FILE --open` see, over HTTP, with real sources behind it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any  # JSON

import httpx
import pytest

from gateway.server.deployment import deployed_open
from gateway.server.running import bind, serving, url_of
from gateway.settings import Limits
from tests.server.library import ADDRESSES, SUPERGRAPH, Library, library

pytestmark = pytest.mark.anyio

NEW = {"Accept": "application/graphql-response+json"}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Library]]:
    async with library(folder) as sources, deployed_open(sources.file, Limits()) as deployment:
        listener = bind("127.0.0.1", 0)
        async with (
            serving(deployment.application, listener),
            httpx.AsyncClient(base_url=url_of(listener), headers=NEW, trust_env=False) as client,
        ):
            yield client, sources


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.post("/graphql", json={"query": query}, headers=headers)).json()
    return answer


async def test_a_gateway_is_ready_without_having_asked_any_source(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, sources):
        assert (await client.get("/health/ready")).status_code == 200
        assert sources.books.documents == sources.reviews.documents == []


async def test_an_answer_comes_from_several_sources_and_tells_nothing_of_a_policy(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, _):
        answer = await ask(client, "{ books { title stars } }")
    assert answer == {
        "data": {
            "books": [
                {"title": "Dream of the Red Chamber", "stars": 3},
                {"title": "Journey to the West", "stars": 4},
            ]
        }
    }


async def test_what_a_security_directive_protects_is_denied_at_each_place(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, sources):
        answer = await ask(client, "{ ledger books { title price } }")
    assert [book["price"] for book in answer["data"]["books"]] == [None, None]
    assert answer["data"]["ledger"] is None
    told = [(one["path"], one["extensions"]["code"], one["extensions"]["reason"]) for one in answer["errors"]]
    assert sorted(told, key=str) == sorted(
        [
            (["ledger"], "ACCESS_DENIED", "directive"),
            (["books", 0, "price"], "ACCESS_DENIED", "directive"),
            (["books", 1, "price"], "ACCESS_DENIED", "directive"),
        ],
        key=str,
    )
    assert not any("price" in document or "ledger" in document for document in sources.books.documents)


async def test_a_denied_field_that_must_not_be_null_takes_its_parents_along(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, _):
        answer = await ask(client, "{ books { title cost } }")
    assert answer["data"] is None
    assert {one["extensions"]["code"] for one in answer["errors"]} == {"ACCESS_DENIED"}


@pytest.mark.parametrize("token", ["Bearer nonsense", "Basic bWU6bWU="])
async def test_what_headers_claim_is_neither_believed_nor_forwarded(tmp_path: Path, token: str) -> None:
    claims = {
        "Authorization": token,
        "Huitong-Purpose": "service.self",
        "X-User": "the mayor",
        "Cookie": "a=b",
    }
    async with opened(tmp_path) as (client, sources):
        answer = await ask(client, "{ books { price } }", **claims)
    assert answer["data"] == {"books": [{"price": None}, {"price": None}]}
    sent = {name for headers in sources.books.headers for name in headers}
    assert not sent & {"authorization", "huitong-purpose", "x-user", "cookie"}


async def test_the_whole_public_schema_can_be_introspected(tmp_path: Path) -> None:
    query = '{ __schema { mutationType { name } } __type(name: "Book") { fields { name type { kind } } } }'
    async with opened(tmp_path) as (client, sources):
        answer = await ask(client, query)
        assert sources.books.documents == []
    assert answer["data"]["__schema"] == {"mutationType": {"name": "Mutation"}}
    kinds = {one["name"]: one["type"]["kind"] for one in answer["data"]["__type"]["fields"]}
    assert kinds == {
        "id": "NON_NULL",
        "title": "NON_NULL",
        "price": "SCALAR",
        "cost": "NON_NULL",
        "stars": "SCALAR",
    }


async def test_introspection_beside_data_that_must_not_be_null(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, _):
        answer = await ask(
            client,
            '{ books { id } __type(name: "Book") { name } ...F } fragment F on Query { a: __typename }',
        )
    assert answer == {"data": {"books": [{"id": "0"}, {"id": "1"}], "__type": {"name": "Book"}, "a": "Query"}}


async def test_a_mutation_is_run_once_by_post_and_its_answer_completed_elsewhere(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, sources):
        answer = await ask(client, 'mutation { addBook(title: "Water Margin") { title stars } }')
        assert answer == {"data": {"addBook": {"title": "Water Margin", "stars": 5}}}
        assert len(sources.books.documents) == 1
        assert sources.books.documents[0].startswith("mutation")


@pytest.mark.parametrize(
    ("query", "retries"),
    [("{ books { id } }", 1), ('mutation { addBook(title: "x") { id } }', 0)],
    ids=["a query", "a mutation"],
)
async def test_when_no_connection_can_be_had_a_query_is_asked_again_and_a_mutation_never(
    tmp_path: Path, query: str, retries: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/graphql"
    file = tmp_path / "library.graphql"
    file.write_text(SUPERGRAPH.replace(ADDRESSES[0], nobody))
    async with deployed_open(file, Limits()) as deployment:
        transport = httpx.ASGITransport(deployment.application, client=("127.0.0.1", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            [error] = (await ask(client, query))["errors"]
            [books, _] = (await client.get("/admin/sources")).json()
    assert error["extensions"] == {"code": "SOURCE_UNAVAILABLE", "source": "books", "department": "books"}
    assert (books["asked"]["retries"], books["asked"]["fetches"]) == (retries, 1)


async def test_a_mutation_by_get_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, sources):
        query = {"query": 'mutation { addBook(title: "Water Margin") { id } }'}
        response = await client.get("/graphql", params=query)
        assert sources.books.documents == []
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_a_subscription_is_refused_in_words_that_say_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, sources):
        response = await client.post("/graphql", json={"query": "subscription { added { id } }"})
        assert sources.books.documents == []
    [error] = response.json()["errors"]
    assert response.status_code == 400
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "ubscription" in error["message"]


async def test_a_burst_of_one_new_operation_is_read_decided_and_planned_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as (client, _):
        answers = await asyncio.gather(*(ask(client, "{ books { title stars } }") for _ in range(50)))
        assert all(answer == answers[0] and "errors" not in answer for answer in answers)
        told = (await client.get("/admin/caches")).json()
    for name in ("operations", "decisions", "plans"):
        assert (told[name]["misses"], told[name]["hits"], told[name]["entries"]) == (1, 49, 1), name
        assert 100 < told[name]["bytes"] < 100_000
        assert told[name]["evictions"] == 0


async def test_what_caches_hold_is_for_this_machine_alone(tmp_path: Path) -> None:
    async with library(tmp_path) as sources, deployed_open(sources.file, Limits()) as deployment:
        transport = httpx.ASGITransport(deployment.application, client=("192.0.2.7", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            assert (await client.get("/admin/caches")).status_code == 403
