"""What the transport promises: bounded answers, failures in our words, nothing held longer than its time."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from connectors.base import FailureKind, SourceFailure
from connectors.transport import HttpRequest, Transport, open_transport, status_failure
from tests.connectors.loopback import nowhere, raw_server

pytestmark = pytest.mark.anyio

_PACKED = gzip.compress(b"x" * 5_000)


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    opened = open_transport()
    yield opened
    await opened.close()


def request(url: str, *, timeout: float = 20.0, limit: int = 1_000, **headers: str) -> HttpRequest:
    return HttpRequest("GET", url, headers, None, timeout, limit)


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 " + status, b"connection: close", *headers, b"", body])


def sized(body: bytes, **status: bytes) -> bytes:
    return answer(body, b"content-length: %d" % len(body), **status)


@pytest.mark.parametrize(
    ("content", "status", "body"),
    [
        (sized(b"hello"), 200, b"hello"),
        (sized(b"x" * 1_000), 200, b"x" * 1_000),
        (answer(b"5\r\nhello\r\n0\r\n\r\n", b"transfer-encoding: chunked"), 200, b"hello"),
        (answer(b"until the end"), 200, b"until the end"),
        (sized(b"", status=b"204 No Content"), 204, b""),
        (sized(b"no", status=b"500 Oops"), 500, b"no"),
        (answer(b"", b"location: /elsewhere", b"content-length: 0", status=b"302 Found"), 302, b""),
    ],
)
async def test_an_answer_arrives_whatever_its_status(
    transport: Transport, content: bytes, status: int, body: bytes
) -> None:
    async with raw_server(lambda head: content) as server:
        response = await transport.send(request(server.address))
        assert (response.status, response.body) == (status, body)
        assert len(server.heads) == 1  # a redirect is not followed


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (sized(b"x" * 1_001), FailureKind.INVALID_RESPONSE),
        (answer(b"7D0\r\n" + b"x" * 2_000 + b"\r\n0\r\n\r\n", b"transfer-encoding: chunked"), FailureKind.INVALID_RESPONSE),
        (answer(_PACKED, b"content-encoding: gzip", b"content-length: %d" % len(_PACKED)), FailureKind.INVALID_RESPONSE),
        (answer(b"abcd", b"content-encoding: gzip", b"content-length: 4"), FailureKind.INVALID_RESPONSE),
        (answer(b"short", b"content-length: 100"), FailureKind.INVALID_RESPONSE),
        (answer(b"", *(b"x-%d: y" % number for number in range(101))), FailureKind.INVALID_RESPONSE),
        (b"this is not HTTP\r\n\r\n", FailureKind.INVALID_RESPONSE),
    ],
    ids=["too large", "too large in chunks", "too large unpacked", "not gzip", "breaks off", "headers", "rubbish"],
)  # fmt: skip
async def test_an_answer_that_cannot_be_used_is_a_failure(
    transport: Transport, content: bytes, kind: FailureKind
) -> None:
    async with raw_server(lambda head: content) as server:
        with pytest.raises(SourceFailure) as caught:
            await transport.send(request(server.address))
        assert caught.value.kind is kind


async def test_nobody_listening_is_unavailable(transport: Transport) -> None:
    with pytest.raises(SourceFailure) as caught:
        await transport.send(request(f"{nowhere()}/secret-path"))
    assert caught.value.kind is FailureKind.UNAVAILABLE
    assert "secret" not in caught.value.detail


async def test_silence_is_a_timeout_and_the_connection_is_given_up(transport: Transport) -> None:
    async with raw_server(lambda head: None) as server:
        with pytest.raises(SourceFailure) as caught:
            await transport.send(request(server.address, timeout=0.2))
        assert caught.value.kind is FailureKind.TIMEOUT
        async with asyncio.timeout(20):
            await server.released.wait()


async def test_a_cancelled_request_returns_at_once_and_frees_its_connection(transport: Transport) -> None:
    async with raw_server(lambda head: None) as server, asyncio.timeout(20):
        sent = asyncio.create_task(transport.send(request(server.address, timeout=0.5)))
        await server.reached.wait()
        sent.cancel()
        with suppress(asyncio.CancelledError):
            await sent
        assert sent.cancelled()
        await server.released.wait()


@pytest.mark.parametrize(
    "wrong",
    [request("nowhere-secret"), request("http://127.0.0.1:1", token="secret\nx")],
    ids=["no address", "a header of two lines"],
)
async def test_a_request_that_cannot_be_built_is_an_error_without_its_secrets(
    transport: Transport, wrong: HttpRequest
) -> None:
    with pytest.raises(SourceFailure) as caught:
        await transport.send(wrong)
    assert caught.value.kind is FailureKind.ERROR
    assert "secret" not in caught.value.detail


async def test_a_proxy_named_in_the_environment_is_not_used(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", nowhere())
    opened = open_transport()
    async with raw_server(lambda head: sized(b"hello")) as server:
        assert (await opened.send(request(server.address))).body == b"hello"
    await opened.close()


def test_secrets_do_not_show_when_a_request_is_printed() -> None:
    shown = repr(HttpRequest("GET", "http://host/?key=secret", {"token": "secret"}, b"secret", 1, 1))
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, None),
        (204, None),
        (301, FailureKind.INVALID_RESPONSE),
        (400, FailureKind.ERROR),
        (401, FailureKind.ERROR),
        (404, FailureKind.ERROR),
        (429, FailureKind.UNAVAILABLE),
        (500, FailureKind.ERROR),
        (503, FailureKind.UNAVAILABLE),
    ],
)
def test_statuses_as_failures(status: int, kind: FailureKind | None) -> None:
    failure = status_failure(status)
    assert (failure and failure.kind) == kind
