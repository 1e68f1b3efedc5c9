"""A plan made ready: each fetch in its source's own words, the projection compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from connectors.base import (
    FetchResult,
    FetchSpec,
    Prepared,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from gateway.execution.projection import Projection, compile_projection
from gateway.planning.plan import QueryPlan
from gateway.supergraph.model import Supergraph


class AskedSource(Protocol):
    """A connected source as execution asks it: protected, cached, and telling how it is."""

    def prepare(self, spec: FetchSpec) -> Prepared:
        """Turn a fetch into the source's own words; raises ValueError when it cannot be asked."""
        ...

    async def fetch(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: list[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Answer for every representation, in order. Raises SourceFailure."""
        ...

    async def ensure_known(self) -> SourceFailure | None:
        """The source's state, for a fetch that found nothing to ask: None when it is up."""
        ...


@dataclass(frozen=True, slots=True)
class PreparedPlan:
    """A plan with its prepared fetches, in the order of the plan's nodes."""

    plan: QueryPlan
    fetches: tuple[Prepared, ...]
    projection: Projection


def prepare_plan(plan: QueryPlan, supergraph: Supergraph, sources: Mapping[str, AskedSource]) -> PreparedPlan:
    """Prepare every fetch and compile the projection, once per plan."""
    fetches = tuple(sources[node.spec.source].prepare(node.spec) for node in plan.nodes)
    return PreparedPlan(plan, fetches, compile_projection(plan, supergraph))
