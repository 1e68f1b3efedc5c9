"""A source that does as it is told, and a clock that moves when it is told."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from connectors.base import (
    Capabilities,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    Prepared,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.manifest import Limits
from connectors.protection import ProtectedSource

Behaviour = Callable[[Sequence[Representation]], Awaitable[FetchResult]]


@dataclass
class Clock:
    """Seconds that pass only when somebody moves them on, or pauses."""

    now: float = 1_000.0
    paused: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.now += seconds


@dataclass
class FakePrepared:
    spec: FetchSpec
    capabilities: Capabilities
    text: str = "ask for things"


@dataclass
class FakeConnector:
    """Answers `{"id": id, "name": "name of id"}`, or as `behaviour` says. `asked`: the ids of each run."""

    batch: int = 100
    behaviour: Behaviour | None = None
    probe_failure: SourceFailure | None = None
    asked: list[list[Json]] = field(default_factory=list)
    probes: int = 0
    running: int = 0
    most_running: int = 0
    closed: bool = False
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(batch=self.batch)

    def prepare(self, spec: FetchSpec) -> Prepared:
        return FakePrepared(spec, self.capabilities)

    async def run(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        self.asked.append([item["id"] for item in representations])
        self.running += 1
        self.begun.set()
        self.most_running = max(self.most_running, self.running)
        try:
            await asyncio.sleep(0)
            return await (self.behaviour or answer)(representations)
        finally:
            self.running -= 1

    async def probe(self, timeout: float) -> None:
        self.probes += 1
        await asyncio.sleep(0)
        if self.probe_failure is not None:
            raise self.probe_failure

    async def close(self) -> None:
        self.closed = True


async def answer(representations: Sequence[Representation]) -> FetchResult:
    """What a healthy source answers."""
    if not representations:
        return FetchResult([{"things": 3}])
    return FetchResult([{"id": item["id"], "name": f"name of {item['id']}"} for item in representations])


def fails(*failures: SourceFailure) -> Behaviour:
    """Fail in these ways one after another, then answer."""
    waiting = list(failures)

    async def behave(representations: Sequence[Representation]) -> FetchResult:
        if waiting:
            raise waiting.pop(0)
        return await answer(representations)

    return behave


THINGS = FetchSpec(
    "tested",
    FetchKind.ENTITIES,
    "Thing",
    (
        FieldSelection("id", "id", frozenset({"Thing"})),
        FieldSelection("name", "name", frozenset({"Thing"})),
    ),
    (InputField("id"),),
)


def things(*ids: Json) -> list[Representation]:
    return [{"__typename": "Thing", "id": one} for one in ids]


def protected(
    connector: FakeConnector, clock: Clock | None = None, max_age: float = 0, **limits: float | None
) -> ProtectedSource:
    """A protected source around a fake one."""
    moved = clock or Clock()
    # The limits' own types are narrower; each test names those it is about.
    chosen = Limits(**limits)  # type: ignore[arg-type]
    return ProtectedSource("tested", "Tested", connector, chosen, max_age, clock=moved, pause=moved.pause)


CONTEXT = RunContext({}, 20.0)
