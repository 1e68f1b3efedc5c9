"""What every connector must do, as tests that its own test module inherits.

A test module defines the fixtures named in each class, marks itself for asyncio, and subclasses:

    pytestmark = pytest.mark.anyio

    class TestContract(ConnectorContract, HangingContract):
        pass

The classes need nothing but a test runner that gives fixtures by name (pytest with anyio).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from connectors.base import (
    Connector,
    FailureKind,
    FetchResult,
    FetchSpec,
    Json,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.manifest import Limits
from connectors.protection import ProtectedSource

LONG: Final = 20.0
"""Seconds after which a test gives up on something that must happen at once."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A connected source and what it is known to hold.

    `known`: representations, each with the entity that `spec` must bring, at least two of them. `absent`: a
    representation of an entity that the source does not have.
    """

    connector: Connector
    spec: FetchSpec
    known: Sequence[tuple[Representation, Mapping[str, Json]]]
    absent: Representation
    variables: Variables = field(default_factory=dict)

    async def ask(self, representations: Sequence[Representation], timeout: float = LONG) -> FetchResult:
        """Ask as the gateway does, without keeping anything. `timeout`: seconds."""
        source = ProtectedSource("tested", "Tested", self.connector, Limits(timeout=timeout), 0)
        context = RunContext({}, timeout)
        return await source.fetch(source.prepare(self.spec), self.variables, representations, context)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A source that takes a question and does not answer.

    `reached` returns when the question has arrived, `released` when the source sees that nobody waits for the
    answer any more: connection closed, statement ended, thread free. `allowed`: seconds that a run is given before
    it is cancelled. They are many, so that only cancellation can free what it holds; a kind whose client cannot
    abort a request states few, and frees its connection when those are over.
    """

    subject: Subject
    reached: Callable[[], Awaitable[None]]
    released: Callable[[], Awaitable[None]]
    allowed: float = 3 * LONG


class ConnectorContract:
    """For every connector. Fixtures: `subject` (Subject), `down` (the same while its source is not there)."""

    async def test_known_entities_are_answered_in_the_order_asked(self, subject: Subject) -> None:
        for pairs in (list(subject.known), list(reversed(subject.known))):
            result = await subject.ask([representation for representation, _ in pairs])
            assert result.data == [entity for _, entity in pairs]
            assert result.failures == []

    async def test_an_entity_that_is_not_there_is_none_and_no_failure(self, subject: Subject) -> None:
        first, entity = subject.known[0]
        result = await subject.ask([subject.absent, first, subject.absent])
        assert result.data == [None, entity, None]
        assert result.failures == []

    async def test_who_asks_twice_is_answered_twice_with_objects_of_his_own(self, subject: Subject) -> None:
        first, entity = subject.known[0]
        result = await subject.ask([first, first])
        assert result.data == [entity, entity]
        assert result.data[0] is not result.data[1]

    async def test_the_text_of_a_fetch_holds_no_values(self, subject: Subject) -> None:
        text = subject.connector.prepare(subject.spec).text
        values = [str(value) for representation, _ in subject.known for name, value in representation.items()
                  if name != "__typename"]  # fmt: skip
        assert text
        assert not [value for value in values if value in text]

    async def test_a_source_that_is_up_answers_a_probe(self, subject: Subject) -> None:
        await subject.connector.probe(LONG)

    async def test_a_source_that_is_down_is_unavailable(self, down: Subject) -> None:
        assert await failure_of(down.ask([down.known[0][0]])) is FailureKind.UNAVAILABLE
        assert await failure_of(down.connector.probe(LONG)) is FailureKind.UNAVAILABLE


class MixedContract:
    """For connectors whose capabilities say `mixed`. Fixture: `mixed` (Subject; `known`: entities of several types)."""

    async def test_a_source_that_takes_several_types_at_once_says_so(self, mixed: Subject) -> None:
        assert mixed.connector.capabilities.mixed
        assert len({representation["__typename"] for representation, _ in mixed.known}) > 1

    async def test_entities_of_several_types_are_answered_in_the_order_asked(self, mixed: Subject) -> None:
        for pairs in (list(mixed.known), list(reversed(mixed.known))):
            result = await mixed.ask([representation for representation, _ in pairs])
            assert result.data == [entity for _, entity in pairs]
            assert result.failures == []

    async def test_entities_of_one_of_the_types_are_answered_alone(self, mixed: Subject) -> None:
        for representation, entity in mixed.known:
            result = await mixed.ask([representation, mixed.absent])
            assert (result.data, result.failures) == ([entity, None], [])


class HangingContract:
    """For connectors whose source can be made to hang. Fixture: `hanging` (Hanging)."""

    async def test_cancelling_frees_what_a_run_holds(self, hanging: Hanging) -> None:
        subject = hanging.subject
        asked = asyncio.create_task(subject.ask([subject.known[0][0]], hanging.allowed))
        async with asyncio.timeout(LONG):
            await hanging.reached()
            asked.cancel()
            with suppress(asyncio.CancelledError):
                await asked
            assert asked.cancelled()
            await hanging.released()

    async def test_a_source_that_does_not_answer_is_a_timeout(self, hanging: Hanging) -> None:
        subject = hanging.subject
        source = ProtectedSource("tested", "Tested", subject.connector, Limits(timeout=0.2, retries=0), 0)
        fetch = source.prepare(subject.spec)
        asked = source.fetch(fetch, subject.variables, [subject.known[0][0]], RunContext({}, LONG))
        assert await failure_of(asked) is FailureKind.TIMEOUT
        async with asyncio.timeout(LONG):
            await hanging.released()


async def failure_of(work: Awaitable[object]) -> FailureKind | None:
    """How it failed, or None."""
    try:
        await work
    except SourceFailure as failure:
        return failure.kind
    return None
