"""What one caller cannot do to the others: by being in a hurry, by asking too much, or through a careless connector."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

import pytest

from connectors.base import FailureKind, FetchResult, Representation, RunContext, SourceFailure
from connectors.pacing import RateLimit
from connectors.protection import ProtectedSource
from tests.connectors.fakes import (
    CONTEXT,
    THINGS,
    Behaviour,
    Clock,
    FakeConnector,
    answer,
    fails,
    protected,
    things,
)

pytestmark = pytest.mark.anyio

DOWN = SourceFailure(FailureKind.UNAVAILABLE, "down")
HURRY = 0.03


async def silence(representations: Sequence[Representation]) -> FetchResult:
    await asyncio.Event().wait()
    raise AssertionError("nobody wakes this")


async def ask(source: ProtectedSource, *ids: object, seconds: float = CONTEXT.timeout) -> FetchResult:
    return await source.fetch(source.prepare(THINGS), {}, things(*ids), RunContext({}, seconds))


async def kinds_of(source: ProtectedSource, *ids: object, seconds: float) -> set[FailureKind]:
    """How a fetch fails, wholly or in part."""
    try:
        result = await ask(source, *ids, seconds=seconds)
    except SourceFailure as failure:
        return {failure.kind}
    return {partial.failure.kind for partial in result.failures}


@pytest.mark.parametrize("timeout", [5.0, 0.9], ids=["a patient manifest", "an impatient manifest"])
async def test_callers_in_a_hurry_do_not_shut_a_source_to_the_others(timeout: float) -> None:
    connector = FakeConnector(behaviour=silence)
    source = protected(connector, timeout=timeout)
    for _ in range(6):
        assert await kinds_of(source, "a", seconds=HURRY) == {FailureKind.TIMEOUT}
    connector.behaviour = answer
    assert (await ask(source, "b")).failures == []
    assert source.state == "closed"


async def test_silence_for_as_long_as_the_manifest_allows_does_shut_it() -> None:
    source = protected(FakeConnector(behaviour=silence), timeout=HURRY)
    for _ in range(5):
        assert await kinds_of(source, "a", seconds=5) == {FailureKind.TIMEOUT}
    assert source.state == "open"


async def test_a_hurried_trial_decides_nothing() -> None:
    clock = Clock()
    connector = FakeConnector(behaviour=fails(*[DOWN] * 5))
    source = protected(connector, clock, retries=0, timeout=5)
    for _ in range(5):
        with suppress(SourceFailure):
            await ask(source, "a")
    clock.now += 1.1
    connector.behaviour = silence
    assert await kinds_of(source, "a", seconds=HURRY) == {FailureKind.TIMEOUT}
    connector.behaviour = answer
    assert (await ask(source, "b")).failures == []


async def test_nothing_is_asked_once_a_fetch_has_had_its_time() -> None:
    connector = FakeConnector(batch=1, behaviour=silence)
    source = protected(connector, concurrency=2, timeout=5)
    assert await kinds_of(source, *range(100), seconds=HURRY) == {FailureKind.TIMEOUT}
    assert connector.asked == [[0], [1]]


async def test_a_fetch_that_begins_too_late_asks_nothing() -> None:
    connector = FakeConnector()
    assert await kinds_of(protected(connector), "a", seconds=-1) == {FailureKind.TIMEOUT}
    assert connector.asked == []


async def test_requests_that_are_not_made_take_no_turns_from_others() -> None:
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    limit = RateLimit(10.0, lambda: 1_000.0, note)
    refused = 0
    for _ in range(1_000):
        try:
            await limit.wait(0.25)
        except TimeoutError:
            refused += 1
    await limit.wait(20)
    assert refused == 996
    assert waited == pytest.approx([0.1, 0.2, 0.3])


async def test_a_source_that_is_left_alone_refuses_at_once_whatever_its_rate() -> None:
    clock = Clock()
    connector = FakeConnector(batch=1, behaviour=fails(*[DOWN] * 1_000))
    source = protected(connector, clock, rate=1.0, retries=0, concurrency=1)
    assert await kinds_of(source, *range(5), seconds=20) == {FailureKind.UNAVAILABLE}
    connector.asked.clear()
    clock.paused.clear()
    assert await kinds_of(source, *range(200), seconds=20) == {FailureKind.UNAVAILABLE}
    assert (connector.asked, clock.paused) == ([], [])


def only_b(error: BaseException) -> Behaviour:
    """Answer, but for `b`."""

    async def behave(representations: Sequence[Representation]) -> FetchResult:
        if representations[0]["id"] == "b":
            raise error
        return await answer(representations)

    return behave


@pytest.mark.parametrize("max_age", [0, 60], ids=["nothing kept", "fresh data kept"])
async def test_a_connector_that_cancels_itself_does_not_shift_answers(max_age: float) -> None:
    connector = FakeConnector(batch=1, behaviour=only_b(asyncio.CancelledError()))
    source = protected(connector, max_age=max_age)
    for _ in range(2):  # the second time from what was kept
        result = await ask(source, *"abc")
        assert [entity and entity["id"] for entity in result.data] == ["a", None, "c"]
        (partial,) = result.failures
        assert (partial.failure.kind, set(partial.indices)) == (FailureKind.ERROR, {1})


async def test_a_connector_that_cancels_its_only_run_is_a_failure() -> None:
    source = protected(FakeConnector(behaviour=only_b(asyncio.CancelledError())))
    assert await kinds_of(source, "b", seconds=20) == {FailureKind.ERROR}


async def test_failures_that_are_alike_are_told_once() -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        if representations[0]["id"] == 0:
            return await answer(representations)
        raise SourceFailure(FailureKind.ERROR, "odd" if representations[0]["id"] % 2 else "even")

    result = await ask(protected(FakeConnector(batch=1, behaviour=behave)), *range(7))
    told = {partial.failure.detail: partial.indices for partial in result.failures}
    assert told == {"odd": {1, 3, 5}, "even": {2, 4, 6}}
    assert len(result.failures) == 2


async def test_an_answer_that_json_does_not_have_is_the_connectors_failure() -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        return FetchResult([{"id": Decimal(1)}])

    assert await kinds_of(protected(FakeConnector(behaviour=behave), max_age=60), "a", seconds=20) == {
        FailureKind.ERROR
    }
