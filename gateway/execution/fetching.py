"""Running the fetches: each as soon as what it depends on has ended, no rounds, no barriers."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.base import (
    FailureKind,
    FetchResult,
    Json,
    PartialFailure,
    Prepared,
    RunContext,
    SourceFailure,
)
from connectors.breaker import DOWN
from gateway.execution.collection import Collected, collect
from gateway.execution.failures import FailureReport, hides_data
from gateway.execution.guards import Operands
from gateway.execution.merging import mark, scatter, settle
from gateway.execution.prepared import AskedSource, PreparedPlan
from gateway.execution.raw import Lost, RawObject, concrete_type
from gateway.operation.limits import exceeded
from gateway.planning.plan import FetchNode

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one request: entities one fetch may ask for, seconds for all of them, characters of the answer."""

    representations: int = 10_000
    seconds: float = 10.0
    response_bytes: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RequestValues:
    """What one request brings: coerced variables, values of argument slots, claims that guards compare with."""

    variables: Mapping[str, Json]
    slots: Mapping[str, Json]
    operands: Operands


async def run_fetches(
    prepared: PreparedPlan, values: RequestValues, sources: Mapping[str, AskedSource], limits: FetchLimits
) -> tuple[RawObject, FailureReport]:
    """Run the plan's fetches. The raw tree, and what failed.

    Raises RequestRefused when a fetch would ask for more entities than the limit.
    """
    run = _Run(prepared, values, sources, limits)
    try:
        async with asyncio.TaskGroup() as tasks:
            for node, fetch in zip(prepared.plan.nodes, prepared.fetches, strict=True):
                tasks.create_task(run.node(node, fetch))
    except BaseExceptionGroup as group:
        raise _first(group) from None
    return run.root, run.report


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


class _Run:
    def __init__(
        self,
        prepared: PreparedPlan,
        values: RequestValues,
        sources: Mapping[str, AskedSource],
        limits: FetchLimits,
    ) -> None:
        self.plan = prepared.plan
        self.values = values
        self.sources = sources
        self.limits = limits
        self.deadline = asyncio.get_running_loop().time() + limits.seconds
        # No slot and no constant has a variable's name.
        self.variables = {**values.variables, **values.slots, **self.plan.constants}
        self.root: RawObject = {
            seed.raw: {seed.key_field: values.slots[seed.slot]}
            for seed in self.plan.seeds
            if seed.condition.holds(values.variables) and values.slots.get(seed.slot) is not None
        }
        self.report = FailureReport()
        self.ended = {node.id: asyncio.Event() for node in self.plan.nodes}
        self.failed: dict[int, tuple[str, SourceFailure]] = {}

    async def node(self, node: FetchNode, fetch: Prepared) -> None:
        """One fetch, from waiting for its inputs to merging its answer."""
        for other in sorted(node.depends_on):
            await self.ended[other].wait()
        try:
            if node.condition.holds(self.values.variables):
                await self._ask(node, fetch)
        finally:
            self.ended[node.id].set()

    async def _ask(self, node: FetchNode, fetch: Prepared) -> None:
        collected = collect(self.root, node, self.values.operands)
        self._settle(node, collected.keyless)
        for entity, lost in collected.lost:
            self._settle(node, [entity], lost)
        if not self.plan.exact and (collected.keyless or collected.lost or not collected.objects):
            await self._explain_lack(node, collected)
        if not collected.objects:
            return
        if len(collected.representations) > self.limits.representations:
            raise exceeded("representations", self.limits.representations, "entities in one fetch")
        context = RunContext(self.values.operands, self.deadline - asyncio.get_running_loop().time())
        source = self.sources[node.spec.source]
        try:
            result = await source.fetch(fetch, self.variables, collected.representations, context)
        except SourceFailure as failure:
            if failure.kind in DOWN:
                self._fail(node, collected, failure)
                return
            result = _failed_for_all(collected, failure)
        if len(result.data) != len(collected.objects):
            miscounted = SourceFailure(FailureKind.INVALID_RESPONSE, "wrong number of entities")
            result = _failed_for_all(collected, miscounted)
        self._merge(node, collected, result.data, result.failures)

    async def _explain_lack(self, node: FetchNode, collected: Collected) -> None:
        """Nothing to ask, or not for all: because an input failed, or else the source's state is what counts.

        So an error never depends on whether there was a hidden row to ask for.
        """
        failed = next((self.failed[other] for other in sorted(node.depends_on) if other in self.failed), None)
        if failed is not None:
            self.failed.setdefault(node.id, failed)
            self._report(node, *failed)
            return
        if not collected.objects and not all(self.report.covers(place) for _, place in node.supplies):
            failure = await self.sources[node.spec.source].ensure_known()
            if failure is not None:
                self.failed[node.id] = (node.spec.source, failure)
                self._report(node, node.spec.source, failure)

    def _fail(self, node: FetchNode, collected: Collected, failure: SourceFailure) -> None:
        """The source is down: told for all that it was to supply, whether or not there was a row for it."""
        log.warning("source %s failed: %s: %s", node.spec.source, failure.kind.value, failure.detail)
        self.failed[node.id] = (node.spec.source, failure)
        self._report(node, node.spec.source, failure)
        lost = Lost(node.spec.source, failure)
        for objects in collected.objects:
            self._settle(node, objects, lost)
        if node.existence:
            self.root[_seeded(node)] = lost

    def _report(self, node: FetchNode, source: str, failure: SourceFailure) -> None:
        self.report.add(source, failure.kind, (place for _, place in node.supplies), self.values.variables)

    def _merge(
        self,
        node: FetchNode,
        collected: Collected,
        answers: list[RawObject | None],
        failures: list[PartialFailure],
    ) -> None:
        gone: dict[int, Lost] = {}
        for partial in failures:
            kind, detail = partial.failure.kind.value, partial.failure.detail
            log.warning("source %s failed in part: %s: %s", node.spec.source, kind, detail)
            lost = Lost(node.spec.source, partial.failure)
            for index in partial.indices:
                if answers[index] is None:
                    gone[index] = lost
                elif partial.path:
                    mark(answers[index], partial.path, lost)
                else:  # it came although the source reported something, nobody knows of what
                    self._report_beside(node.spec.source, partial.failure)
        whole = len(node.spec.selections)
        for index, (answer, objects) in enumerate(zip(answers, collected.objects, strict=True)):
            if answer is not None:
                scatter(answer, objects)
                if len(answer) < whole:
                    self._settle(node, objects)
                continue
            if node.existence:
                self.root[_seeded(node)] = gone.get(index)
            self._settle(node, objects, gone.get(index))

    def _report_beside(self, source: str, failure: SourceFailure) -> None:
        """A failure beside whole data. Where rows or cells may be hidden, it might be theirs: not told."""
        if self.plan.exact or not hides_data(self.plan):
            self.report.beside.setdefault(source, failure.kind)

    def _settle(self, node: FetchNode, objects: list[RawObject], lost: Lost | None = None) -> None:
        """Nothing more comes for these objects from this fetch."""
        sent = {entry.sent_as for entry in node.entries if entry.sent_as is not None}
        for entity in objects:
            name = concrete_type(entity, None) if lost is not None else None
            names = () if name is None else {name, *sent}
            settle(entity, node.spec.selections, self.variables, lost, names)


def _seeded(node: FetchNode) -> str:
    """Where the object of a root lookup stands, for the fetch that decides whether it exists."""
    return node.entries[0].position[0].raw


def _failed_for_all(collected: Collected, failure: SourceFailure) -> FetchResult:
    """A failure that may be about what was asked: each object's own, told where it is visible, or not at all."""
    count = len(collected.objects)
    return FetchResult([None] * count, [PartialFailure(failure, frozenset(range(count)))])
