"""A connected source as the gateway asks it: protected from the gateway, and the gateway from it.

Fetches are split into batches that the source can answer; never more at a time, nor more often, than its
manifest allows; each attempt and each fetch has its time; reads are asked again when no connection could be had,
within a budget; a source that is down is left alone for a moment. Whatever a connector does wrong becomes a
SourceFailure here.
"""

import asyncio
import random
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from connectors.base import (
    Capabilities,
    Connector,
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
from connectors.breaker import DOWN, Breaker, State
from connectors.freshness import FetchIdentity, FreshData
from connectors.manifest import Limits
from connectors.pacing import Pause, RateLimit, RetryBudget

_FIRST_PAUSE: Final = 0.05
# Seconds of silence that tell something of the source, where its manifest allows it even longer.
_TELLING: Final = 1.0
_READING_ROOT: Final = "Query"

_T = TypeVar("_T")


@dataclass(slots=True)
class Counters:
    """What a source was asked since it was connected; for operators."""

    fetches: int = 0
    requests: int = 0
    entities: int = 0
    fresh: int = 0  # entities that needed no request
    retries: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class ProtectedFetch:
    """A prepared fetch with what protection knows of it. `repeatable`: it only reads."""

    inner: Prepared
    identity: FetchIdentity | None
    entities: bool
    repeatable: bool

    @property
    def text(self) -> str:
        """What will be asked, for people."""
        return self.inner.text

    @property
    def capabilities(self) -> Capabilities:
        """What holds for this fetch."""
        return self.inner.capabilities


@dataclass(frozen=True, slots=True)
class _Question:
    """One fetch under way. `deadline`: the loop's time at which it has to be over."""

    fetch: ProtectedFetch
    variables: Variables
    context: RunContext
    deadline: float

    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - asyncio.get_running_loop().time()


class ProtectedSource:
    """One department's source. All times are seconds; `max_age` 0 keeps nothing."""

    def __init__(
        self,
        name: str,
        department: str,
        connector: Connector,
        limits: Limits,
        max_age: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.name = name
        self.department = department
        self.counters = Counters()
        self._connector = connector
        self._limits = limits
        self._fresh = FreshData(max_age, clock=clock) if max_age > 0 else None
        self._breaker = Breaker(clock)
        self._rate = RateLimit(limits.rate, clock, pause)
        self._budget = RetryBudget()
        self._pause = pause
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._probe: asyncio.Task[SourceFailure | None] | None = None

    @property
    def state(self) -> State:
        """The breaker's state: closed (asked freely), open (left alone), trial (one request decides)."""
        return self._breaker.state

    @property
    def last_failure(self) -> SourceFailure | None:
        """How the source failed last, if ever; its detail is for operators alone."""
        return self._breaker.last_failure

    @property
    def capabilities(self) -> Capabilities:
        """What the source can do."""
        return self._connector.capabilities

    def prepare(self, spec: FetchSpec) -> ProtectedFetch:
        """Turn a fetch into the source's own words. Raises ValueError when it cannot be asked."""
        inner = self._connector.prepare(spec)
        entities = spec.kind is FetchKind.ENTITIES
        keeps = entities and self._fresh is not None
        identity = FetchIdentity(self.name, spec, inner.text) if keeps else None
        return ProtectedFetch(inner, identity, entities, entities or spec.type_name == _READING_ROOT)

    async def fetch(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Answer for every representation, in order; a root fetch has one answer and no representations.

        What part of the source's answers is missing stands in `failures`. Raises SourceFailure when the source
        is down: no request was answered. A failure of every entity is theirs, even of a single one: whether it is
        told must not depend on what else was asked for. `prepared` comes from this source's `prepare`.
        """
        if not isinstance(prepared, ProtectedFetch):
            raise TypeError("a fetch runs only as its source has prepared it")
        self.counters.fetches += 1
        deadline = asyncio.get_running_loop().time() + context.timeout
        question = _Question(prepared, variables, context, deadline)
        if prepared.identity is None or self._fresh is None:
            result = await self._ask(question, representations)
        else:
            keys = prepared.identity.keys(variables, context, representations)
            result = await self._ask_stale(question, representations, keys, self._fresh)
        return result

    async def ensure_known(self) -> SourceFailure | None:
        """How the source is, for a fetch that found nothing to ask: None when it is up.

        Its last outcome tells, when that is recent; else it is probed, once for all who want to know.
        """
        known = self._breaker.known()
        if known == "up":
            return None
        if isinstance(known, SourceFailure):
            return known
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._probe_once())
        return await asyncio.shield(self._probe)

    async def close(self) -> None:
        """Give back all that the source holds. No fetch is under way."""
        if self._probe is not None:
            self._probe.cancel()
            await asyncio.wait([self._probe])
        if self._fresh is not None:
            await self._fresh.close()
        await self._connector.close()

    async def _ask_stale(
        self,
        question: _Question,
        representations: Sequence[Representation],
        keys: Sequence[str],
        fresh: FreshData,
    ) -> FetchResult:
        """Ask for the entities alone that are not kept."""
        found = await fresh.find(keys)
        self.counters.fresh += len(found)
        missing = [index for index in range(len(keys)) if index not in found]
        result = FetchResult([found.get(index) for index in range(len(keys))])
        if not missing:
            return result
        try:
            asked = await self._ask(question, [representations[index] for index in missing])
        except SourceFailure as failure:
            if not found:
                raise
            asked = FetchResult(
                [None] * len(missing), [PartialFailure(failure, frozenset(range(len(missing))))]
            )
        failed = {index for partial in asked.failures for index in partial.indices}
        try:
            await fresh.keep(
                {keys[place]: asked.data[index] for index, place in enumerate(missing) if index not in failed}
            )
        except TypeError:
            raise SourceFailure(FailureKind.ERROR, "the connector answered what JSON does not have") from None
        for index, place in enumerate(missing):
            result.data[place] = asked.data[index]
        result.failures = [
            PartialFailure(one.failure, frozenset(missing[index] for index in one.indices), one.path)
            for one in asked.failures
        ]
        return result

    async def _ask(self, question: _Question, representations: Sequence[Representation]) -> FetchResult:
        """Ask in batches, as many at a time as are allowed; failures of batches stand in the result.

        Raises SourceFailure when the source was down for all of them.
        """
        if not question.fetch.entities:
            return _merged([1], [await self._batch(question, ())])
        size = max(1, min(question.fetch.capabilities.batch, self._limits.batch))
        batches = [representations[start : start + size] for start in range(0, len(representations), size)]
        outcomes: list[FetchResult | SourceFailure] = [_no_turn()] * len(batches)
        waiting = iter(enumerate(batches))

        async def work() -> None:
            for number, batch in waiting:
                outcomes[number] = await self._batch(question, batch)

        if len(batches) == 1:
            await work()
        else:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(min(self._limits.concurrency, len(batches))):
                    tasks.create_task(work())
        return _merged([len(batch) for batch in batches], outcomes)

    async def _batch(
        self, question: _Question, representations: Sequence[Representation]
    ) -> FetchResult | SourceFailure:
        """One batch, asked again as often as is allowed."""
        self._budget.earn()
        for attempt in range(self._limits.retries + 1):
            try:
                return await self._attempt(question, representations)
            except SourceFailure as failure:
                self.counters.failures += 1
                if attempt == self._limits.retries or not self._may_retry(question, failure):
                    return failure
            self.counters.retries += 1
            await self._pause(random.uniform(0.5, 1) * _FIRST_PAUSE * 2**attempt)  # noqa: S311 - jitter
        raise AssertionError("the last attempt returns")

    def _may_retry(self, question: _Question, failure: SourceFailure) -> bool:
        return (
            question.fetch.repeatable
            and failure.kind is FailureKind.UNAVAILABLE
            and self._breaker.state == "closed"
            and question.left() > 0
            and self._budget.spend()
        )

    async def _attempt(self, question: _Question, representations: Sequence[Representation]) -> FetchResult:
        """One attempt in one slot. Raises SourceFailure."""
        self._breaker.check()  # before the turn: what is not asked does not use up the rate
        left = question.left()
        try:
            async with asyncio.timeout_at(question.deadline):
                await self._rate.wait(left)
                await self._slots.acquire()
        except TimeoutError:
            raise _no_turn() from None
        try:
            trial = await self._admitted(question.deadline)
            timeout = min(self._limits.timeout, question.left())
            if timeout <= 0:
                self._breaker.abandoned(trial)
                raise _no_turn()
            self.counters.requests += 1
            self.counters.entities += len(representations)
            return await self._judged(trial, self._run(question, representations, timeout), timeout)
        finally:
            self._slots.release()

    async def _admitted(self, deadline: float) -> bool:
        try:
            async with asyncio.timeout_at(deadline):
                return await self._breaker.admit()
        except TimeoutError:
            raise SourceFailure(FailureKind.TIMEOUT, "the trial after a failure took too long") from None

    async def _run(
        self, question: _Question, representations: Sequence[Representation], timeout: float
    ) -> FetchResult:
        context = RunContext(question.context.operands, timeout)
        async with asyncio.timeout(timeout):
            result = await self._connector.run(
                question.fetch.inner, question.variables, representations, context
            )
        _check(result, len(representations) if question.fetch.entities else 1)
        return result

    async def _judged(self, trial: bool, work: Awaitable[_T], timeout: float) -> _T:
        """Await something asked of the source; whatever goes wrong is a SourceFailure, and the breaker learns.

        From silence it learns only when the source had its time: a caller in a hurry tells nothing of it.
        """
        try:
            result = await work
        except asyncio.CancelledError:
            if _is_cancelled():
                self._breaker.abandoned(trial)
                raise
            failure = SourceFailure(FailureKind.ERROR, "the connector cancelled itself")
        except SourceFailure as found:
            failure = found
        except TimeoutError:
            failure = SourceFailure(FailureKind.TIMEOUT, "no answer within the time allowed")
        except Exception as error:
            failure = SourceFailure(FailureKind.ERROR, f"the connector broke: {_where(error)}")
        else:
            self._breaker.succeeded()
            return result
        if failure.kind is FailureKind.TIMEOUT and timeout < min(self._limits.timeout, _TELLING):
            self._breaker.abandoned(trial)
        else:
            self._breaker.failed(failure)
        raise failure

    async def _probe_once(self) -> SourceFailure | None:
        timeout = self._limits.timeout
        try:
            trial = await self._admitted(asyncio.get_running_loop().time() + timeout)
            await self._judged(trial, asyncio.wait_for(self._connector.probe(timeout), timeout), timeout)
        except SourceFailure as failure:
            return failure
        return None


def _check(result: FetchResult, expected: int) -> None:
    """What the engine relies on, whatever a connector returned."""
    indices = {index for partial in result.failures for index in partial.indices}
    if len(result.data) != expected or not indices <= set(range(expected)):
        raise SourceFailure(FailureKind.INVALID_RESPONSE, "the answer does not fit the question")
    if not all(entity is None or isinstance(entity, dict) for entity in result.data):
        raise SourceFailure(FailureKind.INVALID_RESPONSE, "an entity is no object")


def _merged(sizes: Sequence[int], outcomes: Sequence[FetchResult | SourceFailure]) -> FetchResult:
    """The batches' outcomes as one result, in the order of the batches; failures that are alike are one.

    Raises SourceFailure when the source was down for every batch.
    """
    down = [one for one in outcomes if isinstance(one, SourceFailure) and one.kind in DOWN]
    if down and len(down) == len(outcomes):
        raise down[0]
    data: list[dict[str, Json] | None] = []
    alike: dict[tuple[FailureKind, str, tuple[str | int, ...]], tuple[SourceFailure, set[int]]] = {}
    for size, outcome in zip(sizes, outcomes, strict=True):
        begin = len(data)
        if isinstance(outcome, SourceFailure):
            outcome = FetchResult([None] * size, [PartialFailure(outcome, frozenset(range(size)))])
        data += outcome.data
        for one in outcome.failures:
            key = (one.failure.kind, one.failure.detail, one.path)
            alike.setdefault(key, (one.failure, set()))[1].update(begin + index for index in one.indices)
    failures = [
        PartialFailure(failure, frozenset(indices), path)
        for (_, _, path), (failure, indices) in alike.items()
    ]
    return FetchResult(data, failures)


def _no_turn() -> SourceFailure:
    return SourceFailure(FailureKind.TIMEOUT, "its turn did not come in time")


def _is_cancelled() -> bool:
    """Whether it is this task that somebody wants to end, not something that it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _where(error: Exception) -> str:
    """Kind and place of a mistake; its message may quote data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
