"""What cannot be answered, as findings: one for each (type, field), with operation, reasons, remedy.

SATISFIABILITY_ERROR; of shared fields that cannot be the same in all sources SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from gateway.errors import Finding
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import MUTATION_ROOT, Supergraph
from gateway.supergraph.progressive import labels_of, looked_at, while_active
from gateway.supergraph.reach.hops import MAX_WORK, Hops, TooMuchWork
from gateway.supergraph.reach.operations import operation_text
from gateway.supergraph.reach.reasons import Reasons, bounded, sources_text
from gateway.supergraph.reach.remedies import Places, Remedies
from gateway.supergraph.reach.spots import Terrain
from gateway.supergraph.reach.walking import Failure, SplitFailure, Walker

MAX_FINDINGS = 50
"""Findings that are reported at most: who mends fifty fields composes again."""

MAX_WORK_IN_ALL = 10 * MAX_WORK
"""Units of work on all sets of active labels together, of which each alone may take `MAX_WORK`."""

MAX_LABELS = 200
"""Labels by which fields may move: the whole is walked twice for each."""

__all__ = ["MAX_FINDINGS", "Places", "unreachable"]


def unreachable(supergraph: Supergraph, places: Places | None = None) -> Iterator[Finding]:
    """One finding for each (type, field) that some operation asks for in vain, shortest operation first.

    `places`: where things stand in the sources, for the remedies. Codes: those of the module, and
    MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED where the supergraph is too entangled to be looked at.
    """
    try:
        yield from islice(_of_each(supergraph, places or {}), MAX_FINDINGS)
    except TooMuchWork:
        yield Finding(
            "MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED",
            "the supergraph is too entangled to tell whether every operation can be answered",
            "let fewer sources share the same fields, or give entities fewer keys, or finish moves by label first",
        )


def _of_each(supergraph: Supergraph, places: Places) -> Iterator[Finding]:
    """What cannot be answered while some labels of `@override` are active, each (type, field) once. Raises TooMuchWork."""
    told: set[tuple[str, str]] = set()
    labels = labels_of(supergraph)
    if len(labels) > MAX_LABELS:
        raise TooMuchWork
    work = 0
    for active in looked_at(labels):
        terrain = Terrain(while_active(supergraph, active))
        hops = Hops(terrain)
        writer = _Writer(terrain, hops, places, _while(active) if labels else "")
        yield from writer.findings(Walker(terrain, hops), told)
        work += hops.work
        if work > MAX_WORK_IN_ALL:
            raise TooMuchWork


def _while(active: Collection[str]) -> str:
    if not active:
        return " while no label of @override is active"
    return f" while {' and '.join(f'`{label}`' for label in sorted(active))} {'is' if len(active) == 1 else 'are'} active"


class _Writer:
    """Writes failures down as findings. `condition`: which labels are active, in words."""

    def __init__(self, terrain: Terrain, hops: Hops, places: Places, condition: str) -> None:
        self.schema = terrain.supergraph.schema
        self.reasons = Reasons(terrain, hops)
        self.remedies = Remedies(terrain, hops, self.reasons, places)
        self.places = places
        self.condition = condition

    def findings(self, walker: Walker, told: set[tuple[str, str]]) -> Iterator[Finding]:
        """One for each (type, field) that is not in `told`, which is added to."""
        for failure in walker.failures():
            owner = MUTATION_ROOT if isinstance(failure, SplitFailure) else failure.type_name
            name = (owner, failure.field)
            if name not in told:
                told.add(name)
                if isinstance(failure, SplitFailure):
                    yield self._split(failure)
                else:
                    yield self._differing(failure) if failure.differ else self._finding(failure)

    def _finding(self, failure: Failure) -> Finding:
        place = next(
            (
                found
                for spot in failure.starts
                if (found := self.places.get((spot.source, spot.known_as))) is not None
            ),
            None,
        )
        return finding(
            "SATISFIABILITY_ERROR",
            f"{failure.type_name}.{failure.field} cannot be answered in `{self._operation(failure)}`"
            f"{self.condition}{self._met(failure)}: {self.reasons.of(failure)}",
            self.remedies.of(failure),
            place,
        )

    def _differing(self, failure: Failure) -> Finding:
        coordinate = f"{failure.type_name}.{failure.field}"
        return finding(
            "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES",
            f"{coordinate}, which sources share in `{self._operation(failure)}`{self.condition}, can be"
            f" {self.reasons.each_returns(failure)}: no type in common",
            self.remedies.of(failure),
            self.places.get((failure.landed[0].source, coordinate)),
        )

    def _met(self, failure: Failure) -> str:
        if failure.trail.parent is None:
            return ""
        leads = "leads" if len({spot.source for spot in failure.starts}) == 1 else "lead"
        return f", where {sources_text(failure.starts)} {leads} to {failure.type_name}"

    def _operation(self, failure: Failure) -> str:
        return operation_text(self.schema, failure.trail, failure.field, failure.untold)

    def _split(self, failure: SplitFailure) -> Finding:
        sources = ", ".join(f"`{source}`" for source, _ in failure.failures)
        clauses = bounded(
            f"in `{source}` `{self._operation(first)}` fails: {self.reasons.of(first)}"
            for source, first in failure.failures
        )
        return Finding(
            "SATISFIABILITY_ERROR",
            f"{MUTATION_ROOT}.{failure.field} runs once, in one of {sources}, and none of them answers all that can "
            f"be asked of it{self.condition}: {clauses}",
            self.remedies.of(failure.failures[0][1]),
        )
