"""What a client of `/graphql` sees: media types, statuses, headers."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any  # JSON

import httpx
import pytest

from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.identity import DevKey, Verifier
from gateway.server.development import Development
from gateway.settings import Limits

pytestmark = pytest.mark.anyio

NEW = "application/graphql-response+json"
OLD = "application/json"
HELLO = {"query": "{ hello }"}


def code(response: httpx.Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (NEW, NEW),
        (OLD, OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (f"{OLD}, {NEW}", NEW),
        (f"{NEW};q=0.5, {OLD};q=0.9", OLD),
        (f"text/html, {NEW}, */*;q=0.1", NEW),
        (f"{NEW};q=0, */*", OLD),
        (f"{NEW}; charset=utf-8", NEW),
        ("APPLICATION/JSON", OLD),
    ],
)
async def test_the_answer_comes_in_the_media_type_the_client_prefers(
    gateway: Any, accept: str, answered: str
) -> None:
    async with gateway.client() as client:
        response = await client.post("/graphql", json=HELLO, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{answered}; charset=utf-8"
    assert response.json() == {"data": {"hello": "hello world"}}


async def test_a_client_that_states_nothing_gets_the_media_type_of_graphql(gateway: Any) -> None:
    async with gateway.client() as client:
        request = client.build_request("POST", "/graphql", json=HELLO)
        del request.headers["accept"]
        response = await client.send(request)
    assert response.headers["content-type"].startswith(NEW)


@pytest.mark.parametrize("accept", ["text/html", f"{OLD};q=0", "application/xml, text/*", f"{OLD};q=zero"])
async def test_a_client_that_reads_no_json_is_refused(gateway: Any, accept: str) -> None:
    async with gateway.client() as client:
        response = await client.post("/graphql", json=HELLO, headers={"Accept": accept})
    assert (response.status_code, code(response)) == (406, "BAD_REQUEST")
    assert gateway.pipeline.asked == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"NONSENSE", "well-formed JSON"),
        (b'{"query":', "well-formed JSON"),
        (b'{"query": "\xff"}', "well-formed JSON"),
        (b'{"query": "\\ud800"}', "well-formed JSON"),
        (b'{"query": "{ hello }", "variables": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "well-formed JSON"),
        (b"", "well-formed JSON"),
        (b"[]", "Batches"),
        (b'"{ hello }"', "JSON object"),
        (b"{}", "query"),
        (b'{"query": {"a": 1}}', "query"),
        (b'{"query": null}', "query"),
        (b'{"query": "{ hello }", "operationName": 7}', "operationName"),
        (b'{"query": "{ hello }", "variables": [7]}', "variables"),
        (b'{"query": "{ hello }", "variables": "{}"}', "variables"),
        (b'{"query": "{ hello }", "extensions": 0}', "extensions"),
    ],
)
@pytest.mark.parametrize("accept", [NEW, OLD])
async def test_what_is_no_request_is_400_in_either_media_type(
    gateway: Any, body: bytes, message: str, accept: str
) -> None:
    async with gateway.client() as client:
        headers = {"Content-Type": OLD, "Accept": accept}
        response = await client.post("/graphql", content=body, headers=headers)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert message in response.json()["errors"][0]["message"]
    assert response.headers["content-type"].startswith(accept)
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": ""}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ goodbye }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { hello } query B { hello }"}, "BAD_USER_INPUT"),
        ({"query": "query ($n: String!) { hello(name: $n) }", "variables": {"n": None}}, "BAD_USER_INPUT"),
    ],
)
async def test_what_graphql_refuses_is_400_or_for_old_clients_200(
    gateway: Any, request_: dict[str, Any], expected: str
) -> None:
    async with gateway.client() as client:
        for accept, status in ((NEW, 400), (OLD, 200)):
            response = await client.post("/graphql", json=request_, headers={"Accept": accept})
            assert (response.status_code, code(response)) == (status, expected)
            assert "data" not in response.json()


@pytest.mark.parametrize(
    "request_",
    [
        {"query": "query Q($n: String) { hello(name: $n) }", "variables": {"n": "王芳"}},
        {"query": '{ hello(name: "王芳") }', "variables": None, "operationName": None, "extensions": None},
        {
            "query": 'query A { hello } query B { hello(name: "王芳") }',
            "operationName": "B",
            "extensions": {},
        },
    ],
)
async def test_variables_and_names_of_operations_are_understood(
    gateway: Any, request_: dict[str, Any]
) -> None:
    async with gateway.client() as client:
        posted = await client.post("/graphql", json=request_)
        parameters = {
            name: value if isinstance(value, str) else "" if value is None else json.dumps(value)
            for name, value in request_.items()
        }
        got = await client.get("/graphql", params=parameters)
    assert posted.json() == got.json() == {"data": {"hello": "hello 王芳"}}


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=%7Bhello%7D&query=%7Bhello%7D",
        "query=%7Bhello%7D&variables=%7B",
        "query=%7Bhello%7D&variables=[1]",
        "query=%ff",
        "&".join(f"x{number}=1" for number in range(100)) + "&query=%7Bhello%7D",
    ],
)
async def test_a_get_that_is_no_request_is_400(gateway: Any, query_string: str) -> None:
    async with gateway.client() as client:
        response = await client.get(f"/graphql?{query_string}")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods_are_named_what_is_allowed(gateway: Any, method: str) -> None:
    async with gateway.client() as client:
        response = await client.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_a_mutation_is_not_run_by_get(gateway: Any) -> None:
    async with gateway.client() as client:
        response = await client.get("/graphql", params={"query": "mutation { write }"})
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        assert gateway.pipeline.asked == []
        await client.post("/graphql", json={"query": "mutation { write }"})
    assert gateway.pipeline.asked == ["mutation"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": OLD, "Content-Encoding": "gzip"},
        {},
    ],
)
async def test_bodies_that_are_not_plain_json_are_415(gateway: Any, headers: dict[str, str]) -> None:
    async with gateway.client() as client:
        response = await client.post("/graphql", content=json.dumps(HELLO).encode(), headers=headers)
    assert (response.status_code, code(response)) == (415, "BAD_REQUEST")


@pytest.mark.parametrize(
    "content_type", ["application/json;charset=UTF-8", 'Application/JSON; charset="utf-8"']
)
async def test_json_in_utf_8_may_say_so(gateway: Any, content_type: str) -> None:
    async with gateway.client() as client:
        body = json.dumps(HELLO).encode()
        response = await client.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert response.status_code == 200


async def test_a_body_that_states_to_be_too_large_is_not_read(gateway: Any) -> None:
    gateway.limits = Limits(body_bytes=100)
    async with gateway.client() as client:
        response = await client.post("/graphql", json={"query": "{ hello }" + " " * 100})
    assert (response.status_code, code(response)) == (413, "LIMIT_EXCEEDED")
    assert response.json()["errors"][0]["extensions"]["limit"] == "bytes"


async def test_a_body_without_a_stated_size_is_read_to_the_limit_only(gateway: Any) -> None:
    pulled = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal pulled
        for _ in range(1_000):
            pulled += 1
            yield b" " * 10

    gateway.limits = Limits(body_bytes=100)
    async with gateway.client() as client:
        headers = {"Content-Type": OLD}
        response = await client.post("/graphql", content=chunks(), headers=headers)
    assert (response.status_code, code(response)) == (413, "LIMIT_EXCEEDED")
    assert pulled <= 12


async def test_twenty_megabytes_over_the_wire_are_refused_in_one_answer(gateway: Any) -> None:
    async with gateway.listening() as url, httpx.AsyncClient(base_url=url) as client:
        response = await client.post("/graphql", content=b" " * 20_000_000, headers={"Content-Type": OLD})
        assert (response.status_code, code(response)) == (413, "LIMIT_EXCEEDED")
        assert (await client.post("/graphql", json=HELLO)).status_code == 200


async def test_a_head_without_end_is_cut_off(gateway: Any) -> None:
    async with gateway.listening() as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                writer.write(b"a" * 4096)
                await writer.drain()
        with contextlib.suppress(ConnectionError):
            assert (await reader.read()).startswith(b"HTTP/1.1 400")
        writer.close()


@pytest.mark.parametrize(("forever", "status"), [("work", 504), ("body", 408)])
async def test_the_limit_of_time_ends_a_request(gateway: Any, forever: str, status: int) -> None:
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def body() -> AsyncIterator[bytes]:
        yield b" "
        await work()

    gateway.limits = Limits(seconds=0.05)
    gateway.pipeline.work = work
    content = json.dumps(HELLO).encode() if forever == "work" else body()
    async with gateway.client() as client:
        response = await client.post("/graphql", content=content, headers={"Content-Type": OLD})
    assert (response.status_code, code(response)) == (status, "LIMIT_EXCEEDED")
    assert response.json()["errors"][0]["extensions"]["limit"] == "time"
    assert cancelled.is_set()


async def test_a_client_that_goes_stops_the_work(gateway: Any) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    gateway.pipeline.work = work
    async with gateway.listening() as url, httpx.AsyncClient(base_url=url) as client:
        asking = asyncio.create_task(client.post("/graphql", json=HELLO))
        await begun.wait()
        asking.cancel()
        await asyncio.wait_for(cancelled.wait(), 5)


async def test_what_no_source_can_answer_is_no_fault_of_the_request(gateway: Any) -> None:
    async def work() -> None:
        raise RequestRefused([GraphQLProblem(Code.UNANSWERABLE, "No source can answer it.")])

    gateway.pipeline.work = work
    async with gateway.client() as client:
        response = await client.post("/graphql", json=HELLO)
    assert (response.status_code, code(response)) == (500, "UNANSWERABLE")


async def test_a_fault_of_ours_shows_an_id_and_nothing_else(
    gateway: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        raise KeyError("王芳 330203199001011236")

    gateway.pipeline.work = work
    async with gateway.client() as client:
        response = await client.post("/graphql", json=HELLO)
    assert (response.status_code, code(response)) == (500, "INTERNAL")
    identifier = response.json()["errors"][0]["extensions"]["id"]
    assert "330203199001011236" not in response.text
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.facts == {"id": identifier}  # type: ignore[attr-defined]  # an extra of our own


async def test_a_token_is_verified_and_its_purposes_hold(gateway: Any, issuer: DevKey) -> None:
    gateway.verifier = Verifier(issuer.issuer, issuer.public_pem)
    token = issuer.sign("clerk-1", ["service_clerk"], ["service.household_move"])
    bearer = {"Authorization": f"Bearer {token}"}
    async with gateway.client() as client:

        async def ask(**headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            response: httpx.Response = await client.post("/graphql", json=HELLO, headers={**bearer, **named})
            return response

        required, refused = await ask(), await ask(Huitong_Purpose="service.self")
        permitted = await ask(Huitong_Purpose="service.household_move")
    assert (required.status_code, code(required)) == (400, "PURPOSE_REQUIRED")
    assert (refused.status_code, code(refused)) == (403, "PURPOSE_NOT_PERMITTED")
    assert permitted.status_code == 200


@pytest.mark.parametrize(
    "authorization",
    ["Bearer forged.token.here", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "expired", "two", ""],
)
@pytest.mark.parametrize("configured", [True, False])
async def test_credentials_that_prove_nothing_are_401_and_never_anonymous(
    gateway: Any, issuer: DevKey, authorization: str, configured: bool
) -> None:
    gateway.verifier = Verifier(issuer.issuer, issuer.public_pem) if configured else None
    expired = issuer.sign("x", [], ["open"], lifetime=timedelta(hours=-1))
    valid = issuer.sign("x", [], ["open"])
    values = {"expired": [f"Bearer {expired}"], "two": [f"Bearer {valid}"] * 2}.get(
        authorization, [authorization]
    )
    async with gateway.client() as client:
        headers = [("Authorization", value) for value in values] + [("Huitong-Purpose", "open")]
        response = await client.post("/graphql", json=HELLO, headers=headers)
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"].startswith("Bearer ")
    assert expired not in response.text
    assert gateway.pipeline.asked == []


async def test_nothing_is_stored_on_the_way_and_browsers_are_told_their_limits(gateway: Any) -> None:
    async with gateway.client() as client:
        for response in (
            await client.post("/graphql", json=HELLO),
            await client.post("/graphql", json={"query": "{"}),
            await client.get("/health/live"),
        ):
            assert response.headers["cache-control"] == "no-store"
            assert response.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


async def test_the_landing_page_and_health_are_there(gateway: Any) -> None:
    async with gateway.client() as client:
        assert "Huitong" in (await client.get("/")).text
        assert (await client.get("/static/app.js")).status_code == 200
        assert (await client.get("/static/../application.py")).status_code == 404
        assert (await client.get("/health/ready")).json() == {"status": "ready"}
        assert (await client.get("/_dev/personas")).status_code == 404


@pytest.mark.parametrize(
    ("peer", "url", "headers", "status"),
    [
        ("127.0.0.1", "http://localhost", {}, 200),
        ("127.0.0.1", "http://127.0.0.1:8080", {}, 200),
        ("::1", "http://[::1]:8080", {}, 200),
        ("10.0.0.7", "http://localhost", {}, 403),
        ("10.0.0.7", "http://localhost", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", "http://localhost", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", "http://rebound.example", {}, 403),
        ("127.0.0.1", "http://localhost.example", {}, 403),
    ],
)
async def test_operators_pages_and_tokens_are_for_this_machine_alone(
    gateway: Any, peer: str, url: str, headers: dict[str, str], status: int
) -> None:
    gateway.development = Development([{"name": "clerk", "token": "t"}], [{"name": "move-house"}])
    async with gateway.client(peer, url) as client:
        for path, content in (
            ("/admin/sources", [{"name": "registry"}]),
            ("/_dev/personas", [{"name": "clerk", "token": "t"}]),
            ("/_dev/queries", [{"name": "move-house"}]),
        ):
            response = await client.get(path, headers=headers)
            assert response.status_code == status
            assert (response.json() == content) if status == 200 else ("token" not in response.text)
