"""What a source is spared, and what the gateway is spared of a source."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from connectors.base import (
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    PartialFailure,
    Representation,
    RunContext,
    SourceFailure,
)
from connectors.protection import ProtectedSource
from tests.connectors.fakes import (
    CONTEXT,
    THINGS,
    Behaviour,
    Clock,
    FakeConnector,
    FakePrepared,
    answer,
    fails,
    protected,
    things,
)

pytestmark = pytest.mark.anyio

DOWN = SourceFailure(FailureKind.UNAVAILABLE, "down")
SLOW = SourceFailure(FailureKind.TIMEOUT, "slow")
WRONG = SourceFailure(FailureKind.INVALID_RESPONSE, "wrong")


async def silence(representations: Sequence[Representation]) -> FetchResult:
    await asyncio.Event().wait()
    raise AssertionError("nobody wakes this")


async def ask(source: ProtectedSource, *ids: object) -> FetchResult:
    return await source.fetch(source.prepare(THINGS), {}, things(*ids), CONTEXT)


def names(result: FetchResult) -> list[str | None]:
    return [None if entity is None else str(entity["id"]) for entity in result.data]


async def test_many_entities_are_asked_for_in_batches_and_answered_in_order() -> None:
    connector = FakeConnector(batch=2)
    result = await ask(protected(connector), *"abcde")
    assert sorted(connector.asked) == [["a", "b"], ["c", "d"], ["e"]]
    assert names(result) == list("abcde")


async def test_the_manifest_may_ask_for_smaller_batches_than_the_kind_allows() -> None:
    connector = FakeConnector(batch=100)
    await ask(protected(connector, batch=3), *"abcde")
    assert sorted(map(len, connector.asked)) == [2, 3]


async def test_no_more_requests_run_at_a_time_than_are_allowed() -> None:
    connector = FakeConnector(batch=1)
    source = protected(connector, concurrency=3)
    await asyncio.gather(*(ask(source, *range(start, start + 10)) for start in (0, 10, 20)))
    assert connector.most_running == 3
    assert len(connector.asked) == 30


async def test_a_root_fetch_is_one_question_without_entities() -> None:
    connector = FakeConnector()
    source = protected(connector)
    spec = FetchSpec(
        "tested", FetchKind.ROOT, "Query", (FieldSelection("things", "things", frozenset({"Query"})),)
    )
    result = await source.fetch(source.prepare(spec), {}, [], CONTEXT)
    assert result.data == [{"things": 3}]


async def test_nothing_to_ask_asks_nothing() -> None:
    connector = FakeConnector()
    assert (await ask(protected(connector))).data == []
    assert connector.asked == []


async def test_a_batch_that_fails_leaves_the_others_answered() -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        if representations[0]["id"] == "c":
            raise WRONG
        return await answer(representations)

    result = await ask(protected(FakeConnector(batch=2, behaviour=behave)), *"abcdef")
    assert names(result) == ["a", "b", None, None, "e", "f"]
    assert result.failures == [PartialFailure(WRONG, frozenset({2, 3}))]


async def test_failures_of_part_of_a_batch_point_at_the_right_entities() -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        result = await answer(representations)
        result.failures = [PartialFailure(WRONG, frozenset({1}), ("name",))]
        return result

    result = await ask(protected(FakeConnector(batch=2, behaviour=behave)), *"abcd")
    assert result.failures == [
        PartialFailure(WRONG, frozenset({1, 3}), ("name",))
    ]  # told once: they are alike


async def test_when_the_source_is_down_for_every_batch_the_fetch_fails() -> None:
    with pytest.raises(SourceFailure) as caught:
        await ask(protected(FakeConnector(batch=1, behaviour=fails(DOWN, DOWN)), retries=0), *"ab")
    assert caught.value is DOWN


@pytest.mark.parametrize("asked", ["a", "ab"])
async def test_failures_of_entities_are_theirs_however_many_were_asked_for(asked: str) -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        count = len(representations)
        return FetchResult([None] * count, [PartialFailure(DOWN, frozenset(range(count)))])

    result = await ask(protected(FakeConnector(behaviour=behave)), *asked)
    assert result.failures == [PartialFailure(DOWN, frozenset(range(len(asked))))]
    wrong = await ask(protected(FakeConnector(behaviour=fails(WRONG))), *asked)
    assert wrong.failures == [PartialFailure(WRONG, frozenset(range(len(asked))))]


@pytest.mark.parametrize(
    ("failure", "retries", "requests"),
    [(DOWN, 2, 2), (DOWN, 0, 1), (SLOW, 2, 1), (WRONG, 2, 1)],
    ids=["not reachable", "no retries allowed", "too slow", "wrong answer"],
)
async def test_only_a_source_that_was_not_reached_is_asked_again(
    failure: SourceFailure, retries: int, requests: int
) -> None:
    clock, connector = Clock(), FakeConnector(behaviour=fails(failure))
    with suppress(SourceFailure):
        await ask(protected(connector, clock, retries=retries), "a")
    assert len(connector.asked) == requests
    assert len(clock.paused) == requests - 1


async def test_what_may_change_something_is_never_asked_twice() -> None:
    connector = FakeConnector(behaviour=fails(DOWN))
    source = protected(connector, retries=2)
    spec = replace(THINGS, kind=FetchKind.ROOT, type_name="Mutation", inputs=())
    with pytest.raises(SourceFailure):
        await source.fetch(source.prepare(spec), {}, [], CONTEXT)
    assert len(connector.asked) == 1


async def test_retries_come_from_a_budget() -> None:
    flaky = FakeConnector(behaviour=fails(*[one for _ in range(40) for one in (DOWN, DOWN, DOWN, WRONG)]))
    source = protected(flaky, retries=2)
    for _ in range(40):
        with suppress(SourceFailure):
            await ask(source, "a")
    assert source.counters.retries < 20


async def test_a_source_that_does_not_answer_costs_no_more_than_its_time() -> None:
    with pytest.raises(SourceFailure) as caught:
        await ask(protected(FakeConnector(behaviour=silence), timeout=0.05), "a")
    assert caught.value.kind is FailureKind.TIMEOUT


async def test_a_fetch_that_waits_for_its_turn_too_long_is_a_timeout() -> None:
    connector = FakeConnector(behaviour=silence)
    source = protected(connector, concurrency=1, timeout=20)
    first = asyncio.create_task(ask(source, "a"))
    await connector.begun.wait()
    with pytest.raises(SourceFailure) as caught:
        await source.fetch(source.prepare(THINGS), {}, things("b"), RunContext({}, 0.05))
    assert caught.value.kind is FailureKind.TIMEOUT
    assert connector.asked == [["a"]]
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)


async def test_a_cancelled_fetch_frees_its_slot() -> None:
    connector = FakeConnector(behaviour=silence)
    source = protected(connector, concurrency=1, timeout=20)
    task = asyncio.create_task(ask(source, "a"))
    await connector.begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    connector.behaviour = None
    assert names(await ask(source, "b")) == ["b"]


@pytest.mark.parametrize(
    "made",
    [
        FetchResult([]),
        FetchResult([{"id": "a"}, {"id": "b"}]),
        FetchResult([{"id": "a"}], [PartialFailure(WRONG, frozenset({1}))]),
        FetchResult(["a"]),  # type: ignore[list-item]  # what a careless connector may do
    ],
    ids=["too few", "too many", "a failure of nobody", "no object"],
)
async def test_a_connector_that_breaks_its_contract_is_a_failure(made: FetchResult) -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        return made

    result = await ask(protected(FakeConnector(behaviour=behave)), "a")
    assert [one.failure.kind for one in result.failures] == [FailureKind.INVALID_RESPONSE]


async def test_a_mistake_of_a_connector_is_a_failure_that_quotes_nothing() -> None:
    async def behave(representations: Sequence[Representation]) -> FetchResult:
        raise KeyError("secret")

    (found,) = (await ask(protected(FakeConnector(behaviour=behave)), "a")).failures
    assert found.failure.kind is FailureKind.ERROR
    assert "KeyError in behave" in found.failure.detail
    assert "secret" not in found.failure.detail


async def test_a_fetch_prepared_by_somebody_else_does_not_run() -> None:
    source = protected(FakeConnector())
    foreign = FakePrepared(THINGS, source.capabilities)
    with pytest.raises(TypeError):
        await source.fetch(foreign, {}, things("a"), CONTEXT)


def always(failure: SourceFailure) -> Behaviour:
    return fails(*[failure] * 1_000)


async def failing(clock: Clock, failure: SourceFailure = DOWN) -> tuple[FakeConnector, ProtectedSource]:
    """A source after five failures in a row."""
    connector = FakeConnector(behaviour=always(failure))
    source = protected(connector, clock, retries=0)
    for _ in range(5):
        with suppress(SourceFailure):
            await ask(source, "a")
    connector.asked.clear()
    return connector, source


@pytest.mark.parametrize("failure", [DOWN, SLOW])
async def test_a_source_that_is_down_is_left_alone_for_a_moment(failure: SourceFailure) -> None:
    connector, source = await failing(Clock(), failure)
    with pytest.raises(SourceFailure) as caught:
        await ask(source, "a")
    assert caught.value.kind is FailureKind.UNAVAILABLE
    assert connector.asked == []


async def test_a_source_that_answers_wrongly_is_still_asked() -> None:
    connector, source = await failing(Clock(), WRONG)
    await ask(source, "a")
    assert connector.asked == [["a"]]


async def test_after_the_moment_one_trial_decides_and_the_others_wait_for_it() -> None:
    clock = Clock()
    connector, source = await failing(clock)
    connector.behaviour = None
    clock.now += 1.1
    results = await asyncio.gather(*(ask(source, number) for number in range(5)))
    assert [names(result) for result in results] == [[str(number)] for number in range(5)]
    assert connector.asked[0] == [0]


async def test_a_trial_that_fails_closes_the_door_again_for_all_who_waited() -> None:
    clock = Clock()
    connector, source = await failing(clock)
    clock.now += 1.1
    results = await asyncio.gather(*(ask(source, number) for number in range(5)), return_exceptions=True)
    assert all(isinstance(result, SourceFailure) for result in results)
    assert connector.asked == [[0]]


async def test_a_trial_that_is_cancelled_leaves_the_next_one_to_decide() -> None:
    clock = Clock()
    connector, source = await failing(clock)
    connector.behaviour = silence
    clock.now += 1.1
    connector.begun.clear()
    trial = asyncio.create_task(ask(source, "a"))
    await connector.begun.wait()
    trial.cancel()
    await asyncio.gather(trial, return_exceptions=True)
    connector.behaviour = None
    assert names(await ask(source, "b")) == ["b"]


async def test_no_more_is_asked_in_a_second_than_the_rate_allows() -> None:
    clock = Clock()
    source = protected(FakeConnector(batch=1), clock, rate=10.0)
    begun = clock.now
    await ask(source, *range(31))
    assert clock.now - begun == pytest.approx(2.9)


class TestEnsureKnown:
    async def test_after_an_answer_the_source_is_known_to_be_up(self) -> None:
        connector = FakeConnector()
        source = protected(connector)
        await ask(source, "a")
        assert await source.ensure_known() is None
        assert connector.probes == 0

    @pytest.mark.parametrize(("failure", "told"), [(SLOW, SLOW), (WRONG, None)])
    async def test_that_it_is_down_is_told_but_not_what_failed_for_somebody_else(
        self, failure: SourceFailure, told: SourceFailure | None
    ) -> None:
        connector = FakeConnector(behaviour=always(failure))
        source = protected(connector)
        with suppress(SourceFailure):
            await ask(source, "a")
        assert await source.ensure_known() is told
        assert connector.probes == 0

    async def test_old_news_count_no_more(self) -> None:
        clock = Clock()
        connector = FakeConnector(probe_failure=DOWN)
        source = protected(connector, clock)
        await ask(source, "a")
        clock.now += 2.1
        assert await source.ensure_known() is DOWN
        assert connector.probes == 1
        assert source.last_failure is DOWN

    async def test_many_who_want_to_know_share_one_probe(self) -> None:
        connector = FakeConnector()
        source = protected(connector)
        assert await asyncio.gather(*(source.ensure_known() for _ in range(10))) == [None] * 10
        assert connector.probes == 1

    async def test_one_who_gives_up_does_not_spoil_it_for_the_others(self) -> None:
        source = protected(FakeConnector())
        first = asyncio.create_task(source.ensure_known())
        second = asyncio.create_task(source.ensure_known())
        await asyncio.sleep(0)
        first.cancel()
        assert await second is None

    async def test_closing_ends_a_probe_and_closes_the_connector(self) -> None:
        connector = FakeConnector()
        source = protected(connector)
        asked = asyncio.create_task(source.ensure_known())
        await asyncio.sleep(0)
        await source.close()
        await asyncio.gather(asked, return_exceptions=True)
        assert connector.closed


async def test_operators_see_what_was_asked_and_how_it_went() -> None:
    clock = Clock()
    connector, source = await failing(clock)
    states = [source.state]
    assert source.last_failure is DOWN
    assert (source.counters.requests, source.counters.failures) == (5, 5)
    clock.now += 1.1
    states.append(source.state)
    connector.behaviour = None
    await ask(source, "a", "b")
    states.append(source.state)
    assert states == ["open", "trial", "closed"]
    assert source.counters.entities == 7
