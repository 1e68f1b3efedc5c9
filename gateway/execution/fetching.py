"""Running the fetches: each as soon as what it depends on has ended, no rounds, no barriers."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.base import FailureKind, Json, PartialFailure, Prepared, RunContext, SourceFailure
from gateway.execution.collection import Collected, collect, objects_at, scatter, settle, settle_path
from gateway.execution.failures import FailureReport
from gateway.execution.guards import Operands, RawObject
from gateway.execution.prepared import AskedSource, PreparedPlan
from gateway.operation.limits import exceeded
from gateway.planning.plan import FetchNode, Place

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one request's fetches: entities one fetch may ask for, and seconds for all of them."""

    representations: int = 10_000
    seconds: float = 10.0


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
    run.report_partial_failures()
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
        self.values = values
        self.sources = sources
        self.limits = limits
        self.deadline = asyncio.get_running_loop().time() + limits.seconds
        self.variables = {**values.variables, **values.slots}  # no slot has a variable's name
        self.partial: list[tuple[FetchNode, PartialFailure, list[RawObject]]] = []
        self.root: RawObject = {
            seed.raw: {seed.key_field: values.slots[seed.slot]}
            for seed in prepared.plan.seeds
            if seed.condition.holds(values.variables) and values.slots.get(seed.slot) is not None
        }
        self.report = FailureReport()
        self.ended = {node.id: asyncio.Event() for node in prepared.plan.nodes}
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
        settle(collected.keyless, node.spec.selections)
        if collected.keyless or not collected.representations:
            await self._explain_lack(node, collected)
        if not collected.representations:
            return
        if len(collected.representations) > self.limits.representations:
            raise exceeded("representations", self.limits.representations, "entities in one fetch")
        context = RunContext(self.values.operands, self.deadline - asyncio.get_running_loop().time())
        source = self.sources[node.spec.source]
        try:
            result = await source.fetch(fetch, self.variables, collected.representations, context)
        except SourceFailure as failure:
            self._fail(node, collected, failure)
            return
        if len(result.data) != len(collected.representations):
            self._fail(
                node, collected, SourceFailure(FailureKind.INVALID_RESPONSE, "wrong number of entities")
            )
            return
        for partial in result.failures:
            self._fail_partly(node, collected, partial)
        self._merge(node, collected, result.data, result.failures)

    async def _explain_lack(self, node: FetchNode, collected: Collected) -> None:
        """Nothing to ask, or not for all: because an input failed, or else the source's state is what counts.

        So an error never depends on whether there was a hidden row to ask for.
        """
        failed = next((self.failed[other] for other in sorted(node.depends_on) if other in self.failed), None)
        if failed is not None:
            self.failed.setdefault(node.id, failed)
            self._report(node, *failed)
        elif not collected.representations and not all(
            self.report.covers(place) for _, place in node.supplies
        ):
            failure = await self.sources[node.spec.source].ensure_known()
            if failure is not None:
                self.failed[node.id] = (node.spec.source, failure)
                self._report(node, node.spec.source, failure)

    def _fail(self, node: FetchNode, collected: Collected, failure: SourceFailure) -> None:
        log.warning("source %s failed: %s: %s", node.spec.source, failure.kind.value, failure.detail)
        self.failed[node.id] = (node.spec.source, failure)
        self._report(node, node.spec.source, failure)
        for objects in collected.objects:
            settle(objects, node.spec.selections)
        if node.existence:
            self.root[node.position[0].raw] = None

    def _report(self, node: FetchNode, source: str, failure: SourceFailure) -> None:
        self.report.add(source, failure.kind, (place for _, place in node.supplies), self.values.variables)

    def _fail_partly(self, node: FetchNode, collected: Collected, partial: PartialFailure) -> None:
        failure = partial.failure
        log.warning("source %s failed in part: %s: %s", node.spec.source, failure.kind.value, failure.detail)
        entities = [entity for index in partial.indices for entity in collected.objects[index]]
        self.partial.append((node, partial, entities))

    def report_partial_failures(self) -> None:
        """Tell what failed for rows that are visible, now that all is known; what failed for others tells of them."""
        for node, partial, entities in self.partial:
            if self._shows_one(node, entities):
                kind = partial.failure.kind
                self.report.add(node.spec.source, kind, _places_of(node, partial), self.values.variables)

    def _shows_one(self, node: FetchNode, entities: list[RawObject]) -> bool:
        if node.existence and self.root[node.position[0].raw] is None:
            return all(rows.is_everything for _, rows in node.position[0].rows)
        seen = {
            id(entity)
            for entity in objects_at([self.root], node.position, self.values.operands, certain=True)
        }
        return any(id(entity) in seen for entity in entities)

    def _merge(
        self,
        node: FetchNode,
        collected: Collected,
        answers: list[RawObject | None],
        failures: list[PartialFailure],
    ) -> None:
        lost = {index for partial in failures if not partial.path for index in partial.indices}
        for index, (answer, objects) in enumerate(zip(answers, collected.objects, strict=True)):
            if answer is not None and index not in lost:
                scatter(answer, objects)
            elif node.existence:
                self.root[node.position[0].raw] = None
            settle(objects, node.spec.selections)
        for partial in failures:
            for index in partial.indices if partial.path else ():
                for entity in collected.objects[index]:
                    settle_path(entity, partial.path)


def _places_of(node: FetchNode, partial: PartialFailure) -> list[Place]:
    """The places that a partial failure leaves null: those of the field that it names, else all."""
    named = [place for raw, place in node.supplies if partial.path and raw == partial.path[0]]
    return named or [place for _, place in node.supplies]
