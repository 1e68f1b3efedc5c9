"""The one way out over HTTP: a narrow interface, with a fast client behind it.

What leaves here is bounded in time and what comes back in bytes. Nothing is retried, no redirect is followed
(it could lead to another host with this one's secrets), no proxy is taken from the environment (it would see
what departments answer), certificates are always verified, cookies are not kept.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

import orjson
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    NetworkError,
    PyreqwestError,
    RequestTimeoutError,
)
from pyreqwest.request import StreamRequest
from pyreqwest.response import Response

from connectors.base import FailureKind, Json, SourceFailure

_CONNECT: Final = timedelta(seconds=3)
_IDLE: Final = timedelta(seconds=20)  # shorter than what servers commonly keep a silent connection
_MAX_CONNECTIONS: Final = 1024
_MAX_IDLE_PER_HOST: Final = 64
_MAX_HEADERS: Final = 100
_AGENT: Final = "huitong"
_BUSY: Final = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request. `timeout`: seconds for all of it. `limit_bytes`: of the answer's body, unpacked."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(repr=False)
    timeout: float
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """One answer, whatever its status. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Json:
        """The body as JSON. Raises SourceFailure INVALID_RESPONSE when it is none."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise SourceFailure(FailureKind.INVALID_RESPONSE, "the answer is not JSON") from None


class Transport(Protocol):
    """Sends requests over connections that it keeps."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Send one request, once.

        Raises SourceFailure: UNAVAILABLE when no connection could be had or it broke, TIMEOUT, INVALID_RESPONSE
        when the answer is larger than allowed or is not HTTP. Its detail holds no part of URL, headers or
        body. After cancellation nothing is waited for; the connection is given up by the end of the request's
        `timeout` at the latest.
        """
        ...

    async def close(self) -> None:
        """Close every connection. No request is under way."""
        ...


def open_transport() -> Transport:
    """A transport over one pool of connections. Nothing is connected yet."""
    return _PyreqwestTransport()


def status_failure(status: int) -> SourceFailure | None:
    """How an answer with this HTTP status is a failure; None for success."""
    if 200 <= status < 300:
        return None
    if status in _BUSY:
        return SourceFailure(FailureKind.UNAVAILABLE, f"HTTP status {status}")
    if status < 400:
        return SourceFailure(
            FailureKind.INVALID_RESPONSE, f"HTTP status {status}; redirects are not followed"
        )
    return SourceFailure(FailureKind.ERROR, f"HTTP status {status}")


class _PyreqwestTransport:
    def __init__(self) -> None:
        self._client: Client = (
            ClientBuilder()
            .user_agent(_AGENT)
            .follow_redirects(False)
            .referer(False)
            .no_proxy()
            .max_connections(_MAX_CONNECTIONS)
            .connect_timeout(_CONNECT)
            .pool_idle_timeout(_IDLE)
            .pool_max_idle_per_host(_MAX_IDLE_PER_HOST)
            .build()
        )

    async def send(self, request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        try:
            streamed = self._streamed(request)
        except (ValueError, TypeError):  # the client's words would quote the URL or a header
            raise SourceFailure(FailureKind.ERROR, "the request cannot be built from the manifest") from None
        try:
            async with streamed as response:
                body = await _bounded_body(response, request.limit_bytes)
                return HttpResponse(response.status, _headers(response), body)
        except PyreqwestError as error:
            raise _failure(error, expired=time.monotonic() - begun >= 0.95 * request.timeout) from None

    def _streamed(self, request: HttpRequest) -> StreamRequest:
        # The client runs a cancelled request on by itself until this timeout, so every request needs one.
        builder = (
            self._client.request(request.method, request.url)
            .headers(dict(request.headers))
            .timeout(timedelta(seconds=max(request.timeout, 0.001)))
        )
        if request.body is not None:
            builder = builder.body_bytes(request.body)
        return builder.build_streamed()

    async def close(self) -> None:
        await self._client.close()


async def _bounded_body(response: Response, limit: int) -> bytes:
    """The body. A length that is stated is believed, since the client reads no further than it."""
    reader = response.body_reader
    stated = response.get_header("content-length")
    if stated is not None and stated.isascii() and stated.isdigit():
        if int(stated) > limit:
            raise _too_large(limit)
        return (await reader.bytes()).to_bytes()
    parts: list[bytes] = []
    left = limit
    while (chunk := await reader.read_chunk()) is not None:
        left -= len(chunk)
        if left < 0:
            raise _too_large(limit)
        parts.append(chunk.to_bytes())
    return b"".join(parts)


def _too_large(limit: int) -> SourceFailure:
    return SourceFailure(FailureKind.INVALID_RESPONSE, f"the answer is larger than {limit:,} bytes")


def _headers(response: Response) -> dict[str, str]:
    pairs = list(response.headers.items())
    if len(pairs) > _MAX_HEADERS:
        raise SourceFailure(FailureKind.INVALID_RESPONSE, f"the answer has more than {_MAX_HEADERS} headers")
    return {name.lower(): value for name, value in pairs}


def _failure(error: PyreqwestError, *, expired: bool) -> SourceFailure:
    """What went wrong, in our words: the client's own message may quote the URL.

    The client calls any timeout before the answer's head one of connecting, so whether the whole time has
    `expired` decides.
    """
    match error:
        case ConnectTimeoutError() if not expired:
            return SourceFailure(FailureKind.UNAVAILABLE, "no connection within the time allowed")
        case RequestTimeoutError():
            return SourceFailure(FailureKind.TIMEOUT, "no whole answer within the time allowed")
        case NetworkError():
            return SourceFailure(FailureKind.UNAVAILABLE, f"the connection failed ({type(error).__name__})")
        case DecodeError():
            return SourceFailure(FailureKind.INVALID_RESPONSE, "the answer broke off or cannot be decoded")
        case _:
            return SourceFailure(FailureKind.UNAVAILABLE, f"the exchange failed ({type(error).__name__})")
