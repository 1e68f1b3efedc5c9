"""One request, as a straight line: operation → policy → planning → execution → bytes."""

import asyncio
import random
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import orjson

from connectors.base import Json
from gateway.constraints import Bindings, Constraints
from gateway.execution import Answer, FetchLimits, PreparedPlan, RequestValues, answer, prepare_plan
from gateway.identity import Principal
from gateway.operation import (
    Operation,
    OperationLimits,
    coerce_variables,
    operation_key,
    read_operation,
)
from gateway.operation.limits import exceeded
from gateway.planning import QueryPlan, plan_operation
from gateway.server.caches import Cache, CacheCounters
from gateway.server.introspecting import Introspection, SchemaAnswer
from gateway.server.sizes import decisions_bytes, operation_bytes, plan_bytes
from gateway.server.variants import Variants
from gateway.settings import Limits
from gateway.snapshot import Snapshot

_MIB: Final = 2**20
_OPERATIONS: Final = (5_000, 64 * _MIB)  # entries, bytes
_DECISIONS: Final = (5_000, 32 * _MIB)
_PLANS: Final = (5_000, 128 * _MIB)
_FETCH_SHARE: Final = 0.9
"""Of a request's time, the part that its fetches may take: a silent source must leave time to tell the rest."""


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What a client sends (GraphQL over HTTP draft, "Request parameters"); extensions are ignored."""

    query: str
    variables: Mapping[str, Json] | None
    operation_name: str | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that may run: planned, with its variables coerced."""

    operation: Operation
    constraints: Constraints
    ready: PreparedPlan
    values: RequestValues
    principal: Principal

    @property
    def kind(self) -> str:
        """ "query", "mutation" or "subscription"."""
        return self.operation.kind.value

    @property
    def plan(self) -> QueryPlan:
        """The plan that will run."""
        return self.ready.plan


def _today() -> date:
    return datetime.now().astimezone().date()


def _draw() -> float:
    return 100 * random.random()  # noqa: S311  # which source is asked is no secret


class Pipeline:
    """Answers requests from one snapshot. Keeps what does not depend on a request's values (see caches.py).

    Operations are kept by text and name, decisions by operation, roles, purpose and the days on which the policy
    does not change, plans by operation, decisions and the active labels that it meets. What introspection keeps,
    introspecting.py says.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        limits: Limits,
        today: Callable[[], date] = _today,
        draw: Callable[[], float] = _draw,
    ) -> None:
        self._snapshot = snapshot
        self._limits = limits
        self._today = today
        self._draw = draw
        self._operation_limits = OperationLimits(
            limits.tokens, limits.depth, limits.selections, limits.repeats
        )
        self._variants = Variants(snapshot.supergraph, snapshot.override_labels)
        self._fetch_limits = FetchLimits(
            limits.representations, _FETCH_SHARE * limits.seconds, limits.response_bytes
        )
        self._operations: Cache[str, Operation] = Cache(*_OPERATIONS, operation_bytes)
        self._decisions: Cache[Hashable, Constraints] = Cache(*_DECISIONS, decisions_bytes)
        self._plans: Cache[Hashable, PreparedPlan] = Cache(*_PLANS, plan_bytes)
        self._introspection = Introspection(snapshot, limits.response_bytes, today)

    @property
    def caches(self) -> Mapping[str, CacheCounters]:
        """What each cache did and holds, by its name."""
        return {
            "operations": self._operations.counters,
            "decisions": self._decisions.counters,
            "plans": self._plans.counters,
            **self._introspection.caches,
        }

    def purpose(self, principal: Principal, stated: str | None) -> str:
        """The purpose of a request. Raises PurposeRequired or PurposeNotPermitted."""
        return self._snapshot.policy.resolve_purpose(principal.roles, principal.purposes, stated)

    def prepare(self, request: GraphQLRequest, principal: Principal, purpose: str) -> Prepared:
        """Everything up to the first question to a source. Raises RequestRefused."""
        operation = self._operation(request)
        variables = coerce_variables(operation, request.variables or {}, self._snapshot.supergraph)
        constraints, ready = self._planned(operation, principal, purpose)
        bindings = Bindings(principal.claims, self._today())
        values = RequestValues(variables, operation.argument_values(variables), bindings.claims)
        return Prepared(operation, constraints, ready, values, principal)

    def plan(self, request: GraphQLRequest, principal: Principal, purpose: str) -> QueryPlan:
        """The plan alone: it depends on no variable's value, so none need be given. Raises RequestRefused."""
        return self._planned(self._operation(request), principal, purpose)[1].plan

    async def run(self, prepared: Prepared) -> bytes:
        """The response's JSON. Raises RequestRefused past a limit that only the data can tell.

        Introspection comes first: what it refuses, no source is asked for.
        """
        schema, found = await self._found(prepared)
        data = None if found.data is None else schema.beside(found.data)
        response: dict[str, Json] = {"data": data}
        if not prepared.constraints.open:
            response["extensions"] = {"policy": self._told(prepared)}
        problems = (*found.problems, *schema.problems)
        if problems:
            response = {"errors": [problem.to_json() for problem in problems], **response}
        body = orjson.dumps(response)
        if len(body) > self._limits.response_bytes:
            raise exceeded("response_bytes", self._limits.response_bytes, "bytes of answer")
        return body

    async def _found(self, prepared: Prepared) -> tuple[SchemaAnswer, Answer]:
        """What the schema tells and, in the time that is left then, what the sources do."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        async with self._snapshot.lease() as snapshot:
            schema = await self._introspection.answer(
                prepared.operation, prepared.values.variables, prepared.principal
            )
            left = self._fetch_limits.seconds - (clock() - begun)
            found = await answer(
                prepared.ready,
                prepared.values,
                snapshot.sources,
                snapshot.supergraph.sources,
                replace(self._fetch_limits, seconds=left),
            )
        return schema, found

    def _operation(self, request: GraphQLRequest) -> Operation:
        key = operation_key(request.query, request.operation_name)
        return self._operations.get(
            key,
            lambda: read_operation(
                request.query, request.operation_name, self._snapshot.supergraph, self._operation_limits
            ),
        )

    def _planned(
        self, operation: Operation, principal: Principal, purpose: str
    ) -> tuple[Constraints, PreparedPlan]:
        constraints = self._decide(operation, principal, purpose)
        active = self._variants.active(self._draw())
        met = self._variants.met(operation.needs, constraints.guard_fields)
        key = (operation.key, constraints, active & met)
        return constraints, self._plans.get(key, lambda: self._plan(operation, constraints, active))

    def _decide(self, operation: Operation, principal: Principal, purpose: str) -> Constraints:
        policy, today = self._snapshot.policy, self._today()
        key = (operation.key, principal.roles, purpose, policy.stable_until(today))
        return self._decisions.get(
            key, lambda: policy.decide(operation.needs, principal.roles, purpose, today)
        )

    def _plan(self, operation: Operation, constraints: Constraints, active: frozenset[str]) -> PreparedPlan:
        atlas = self._variants.atlas(active)
        plan = plan_operation(operation, constraints, atlas.supergraph, atlas)
        return prepare_plan(plan, atlas.supergraph, self._snapshot.sources)

    @staticmethod
    def _told(prepared: Prepared) -> dict[str, Json]:
        plan = prepared.plan
        return {
            "version": prepared.constraints.policy_version,
            "purpose": prepared.constraints.purpose,
            "conditional": list(plan.conditional),
            "masked": list(plan.masked),
        }
