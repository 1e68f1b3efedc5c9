"""REST services that answer about one entity a call."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.base import (
    Capabilities,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    Json,
    PartialFailure,
    Prepared,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.derive import derive_sdl
from connectors.manifest import Manifest
from connectors.pacing import RateLimit
from connectors.rest.calls import call, placeholders
from connectors.rest.layout import Layout, Nested, Planner, Reference
from connectors.rest.reading import Follow, Object, Reading
from connectors.rest.values import as_text, value_at
from connectors.transport import HttpRequest, Transport

_LATENCY: Final = 20
_PROBE_BYTES: Final = 64 * 1024
_MAX_FOLLOWS: Final = 1_000
_FOLLOWS_AT_A_TIME: Final = 4


@dataclass(frozen=True, slots=True)
class PreparedCall:
    """A call, laid out."""

    text: str
    capabilities: Capabilities
    layout: Layout


class RestConnector:
    """One service."""

    def __init__(self, manifest: Manifest, planner: Planner, transport: Transport) -> None:
        self._manifest = manifest
        self._planner = planner
        self._transport = transport
        # A run may need more than one call, so what the department allows is kept here, call by call.
        self._slots = asyncio.Semaphore(manifest.limits.concurrency)
        self._rate = RateLimit(manifest.limits.rate)
        self.capabilities = Capabilities(batch=1, latency=_LATENCY)

    @staticmethod
    def source_sdl(manifest: Manifest, unified_sdl: str) -> str:
        """The SDL that the manifest describes. Raises ManifestError."""
        return derive_sdl(manifest, unified_sdl)

    @staticmethod
    def connect(manifest: Manifest, source_sdl: str, transport: Transport) -> "RestConnector":
        """A connector; nothing is asked yet."""
        return RestConnector(manifest, Planner(manifest, source_sdl), transport)

    def prepare(self, spec: FetchSpec) -> PreparedCall:
        """Lay the fetch out. Raises ValueError when no call of the manifest answers it."""
        if spec.kind is not FetchKind.ENTITIES:
            raise ValueError("the source has no root fields")
        layout = self._planner.entity(spec.type_name, spec.selections)
        needed = placeholders(layout.mapping.get or "")
        if not needed <= {item.field for item in spec.inputs}:
            raise ValueError(f"a call about a {spec.type_name} needs {', '.join(sorted(needed))}")
        return PreparedCall("\n".join(_described(layout)), self.capabilities, layout)

    async def run(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Ask about each entity in turn. Raises SourceFailure."""
        if not isinstance(prepared, PreparedCall):
            raise TypeError("a fetch runs only as its connector has prepared it")
        deadline = asyncio.get_running_loop().time() + context.timeout
        result = FetchResult([])
        for index, representation in enumerate(representations):
            reading = Reading(variables)
            result.data.append(await self._entity(prepared.layout, representation, reading, deadline))
            result.failures += [
                PartialFailure(failure, frozenset({index}), path)
                for path, failure in reading.problems.items()
            ]
        return result

    async def probe(self, timeout: float) -> None:
        """Ask the health path, or else whether anything answers at all. Raises SourceFailure when not."""
        manifest = self._manifest
        url = manifest.url.rstrip("/") + (manifest.health or "/")
        request = HttpRequest("GET", url, manifest.headers, None, timeout, _PROBE_BYTES)
        response = await self._transport.send(request)
        if response.status >= (400 if manifest.health else 500):
            raise SourceFailure(FailureKind.UNAVAILABLE, f"its health is HTTP status {response.status}")

    async def close(self) -> None:
        """Nothing is held: connections are the transport's."""

    async def _entity(
        self, layout: Layout, key: Mapping[str, Json], reading: Reading, deadline: float
    ) -> Object | None:
        """One entity with all that it refers to, level by level."""
        raw = await self._call(layout, key, deadline)
        if raw is None:
            return None
        entity = reading.object(raw, layout, ())
        asked = 0
        while reading.follows:
            follows, reading.follows = reading.follows, []
            asked += len(follows)
            if asked > _MAX_FOLLOWS:
                for follow in follows:
                    self._give_up(follow, reading, SourceFailure(FailureKind.ERROR, "too many references"))
                break
            await self._follow_all(follows, reading, deadline)
        return entity

    async def _follow_all(self, follows: Sequence[Follow], reading: Reading, deadline: float) -> None:
        """Ask about the objects of one level, each once, a few at a time."""
        same: dict[tuple[int, str], list[Follow]] = {}
        for follow in follows:
            same.setdefault((id(follow.layout), follow.key), []).append(follow)
        waiting = iter(same.values())

        async def work() -> None:
            for group in waiting:
                await self._follow(group, reading, deadline)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(_FOLLOWS_AT_A_TIME, len(same))):
                tasks.create_task(work())

    async def _follow(self, group: Sequence[Follow], reading: Reading, deadline: float) -> None:
        layout, key = group[0].layout, group[0].key
        try:
            raw = await self._call(layout, {next(iter(layout.mapping.key)): key}, deadline)
        except SourceFailure as failure:
            for follow in group:
                self._give_up(follow, reading, failure)
            return
        for follow in group:
            more = reading.nothing(layout) if raw is None else reading.object(raw, layout, follow.path)
            follow.target.update(more)

    def _give_up(self, follow: Follow, reading: Reading, failure: SourceFailure) -> None:
        nothing = reading.nothing(follow.layout)
        follow.target.update(nothing)
        for response in nothing:
            reading.fail((*follow.path, response), failure)

    async def _call(self, layout: Layout, key: Mapping[str, Json], deadline: float) -> dict[str, Json] | None:
        """The raw object about an entity, which must be the one that was asked for. Raises SourceFailure."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(deadline):
                await self._rate.wait(deadline - loop.time())
                await self._slots.acquire()
        except TimeoutError:
            raise _no_time() from None
        try:
            left = deadline - loop.time()
            if left <= 0:
                raise _no_time()
            raw = await call(self._manifest, self._transport, layout.mapping, key, left)
        finally:
            self._slots.release()
        if raw is not None:
            _check_identity(raw, layout, key)
        return raw


def _no_time() -> SourceFailure:
    return SourceFailure(FailureKind.TIMEOUT, "no time is left for another call")


def _check_identity(raw: Json, layout: Layout, key: Mapping[str, Json]) -> None:
    """Raises SourceFailure when the answer is about somebody else. A key it does not repeat is filled in."""
    for name, path in layout.mapping.key.items():
        try:
            said = value_at(raw, path)
            other = said is not None and name in key and as_text(said) != as_text(key[name])
        except ValueError:
            other = True
        if other:
            raise SourceFailure(FailureKind.INVALID_RESPONSE, "the answer is about another entity")
        if said is None and name in key and "." not in path:
            raw[path] = key[name]


def _described(layout: Layout) -> list[str]:
    """The calls of a fetch, for people."""
    more = [f"  for each {path}: {line}" for path, inside in _followed(layout) for line in _described(inside)]
    return [f"GET {layout.mapping.get}", *more]


def _followed(layout: Layout) -> Iterator[tuple[str, Layout]]:
    """The references below one object that need calls of their own, each with its path."""
    for part in layout.parts:
        content = part.content
        if isinstance(content, Reference) and content.more is not None:
            yield part.selection.field, content.more
        elif isinstance(content, Nested):
            for path, inside in _followed(content.inside):
                yield f"{part.selection.field}.{path}", inside
