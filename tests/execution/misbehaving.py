"""A source that speaks HTTP by hand, so that it can break every promise there is."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter, "Misbehaving"], Awaitable[None]]
"""What happens on a connection once a request has been read."""

GRAPHQL = "application/graphql-response+json"


def reply(body: bytes | str, status: str = "200 OK", media: str = "application/json", *headers: str) -> Talk:
    """A response with this body."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"content-type: {media}", f"content-length: {len(content)}", *headers]

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _seen: "Misbehaving") -> None:
        writer.write("\r\n".join([*lines, "connection: close", "", ""]).encode() + content)
        await writer.drain()

    return talk


def entities(*rows: Any, errors: list[Any] | None = None) -> Talk:  # Any: JSON of every kind
    """A GraphQL answer with these entities."""
    return reply(json.dumps({"data": {"_entities": list(rows)}} | ({"errors": errors} if errors else {})))


def broken_off(body: str) -> Talk:
    """A response of which only half the body comes before the connection is cut."""

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _seen: "Misbehaving") -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write((head + body[: len(body) // 2]).encode())
        await writer.drain()

    return talk


async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter, _seen: "Misbehaving") -> None:
    """No answer, and a closed connection."""


async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _seen: "Misbehaving") -> None:
    """A body that ends when the other side has had enough."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
    chunk = b" " * 1_000_000
    while True:
        writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        await writer.drain()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter, seen: "Misbehaving") -> None:
    """Nothing, until the other side goes."""
    seen.reached.set()
    await reader.read()


def late(answer: Talk) -> Talk:
    """An answer that waits until the test lets it go."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: "Misbehaving") -> None:
        seen.reached.set()
        await seen.released.wait()
        await answer(reader, writer, seen)

    return talk


def packed(size: int) -> Talk:
    """A small body that unpacks to `size` bytes."""
    body = gzip.compress(b" " * size)
    return reply(body, "200 OK", "application/json", "content-encoding: gzip")


@dataclass
class Misbehaving:
    """The source. `talk` may be changed at any time; `elsewhere` counts requests to where nobody was sent."""

    talk: Talk
    address: str = ""
    requests: int = 0
    elsewhere: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
            await reader.readexactly(length)
            self.requests += 1
            self.elsewhere += "post /elsewhere" in head
            await self.talk(reader, writer, self)
        writer.close()


@asynccontextmanager
async def misbehaving(talk: Talk) -> AsyncIterator[Misbehaving]:
    """Serve a source on loopback."""
    source = Misbehaving(talk)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(source.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    source.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield source
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
