"""What cannot be answered, as findings: SATISFIABILITY_ERROR for each (type, field), with operation, reasons, remedy."""

from collections.abc import Iterator
from itertools import islice

from gateway.errors import Finding
from gateway.supergraph.model import MUTATION_ROOT, Supergraph
from gateway.supergraph.reach.hops import Hops, TooMuchWork
from gateway.supergraph.reach.operations import operation_text
from gateway.supergraph.reach.reasons import Reasons, bounded, sources_text
from gateway.supergraph.reach.remedies import Places, Remedies
from gateway.supergraph.reach.spots import Terrain
from gateway.supergraph.reach.walking import Failure, SplitFailure, Walker

MAX_FINDINGS = 50
"""Findings that are reported at most: who mends fifty fields composes again."""

__all__ = ["MAX_FINDINGS", "Places", "unreachable"]


def unreachable(supergraph: Supergraph, places: Places | None = None) -> Iterator[Finding]:
    """One finding for each (type, field) that some operation asks for in vain, shortest operation first.

    `places`: where things stand in the sources, for the remedies. Codes: SATISFIABILITY_ERROR; and
    MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED where the supergraph is too entangled to be looked at.
    """
    terrain = Terrain(supergraph)
    hops = Hops(terrain)
    writer = _Writer(supergraph, terrain, hops, places or {})
    try:
        yield from islice(writer.findings(Walker(terrain, hops)), MAX_FINDINGS)
    except TooMuchWork:
        yield Finding(
            "MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED",
            "the supergraph is too entangled to tell whether every operation can be answered",
            "let fewer sources share the same fields, or give entities fewer keys",
        )


class _Writer:
    """Writes failures down as findings, each (type, field) once."""

    def __init__(self, supergraph: Supergraph, terrain: Terrain, hops: Hops, places: Places) -> None:
        self.schema = supergraph.schema
        self.reasons = Reasons(terrain, hops)
        self.remedies = Remedies(terrain, hops, self.reasons, places)
        self.places = places

    def findings(self, walker: Walker) -> Iterator[Finding]:
        told: set[tuple[str, str]] = set()
        for failure in walker.failures():
            owner = MUTATION_ROOT if isinstance(failure, SplitFailure) else failure.type_name
            name = (owner, failure.field)
            if name not in told:
                told.add(name)
                yield self._split(failure) if isinstance(failure, SplitFailure) else self._finding(failure)

    def _finding(self, failure: Failure) -> Finding:
        place = next(
            (
                found
                for spot in failure.starts
                if (found := self.places.get((spot.source, spot.known_as))) is not None
            ),
            None,
        )
        return Finding(
            "SATISFIABILITY_ERROR",
            f"{failure.type_name}.{failure.field} cannot be answered in `{self._operation(failure)}`"
            f"{self._met(failure)}: {self.reasons.of(failure)}",
            self.remedies.of(failure),
            place.source if place else None,
            place.line if place else None,
            place.column if place else None,
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
            f"be asked of it: {clauses}",
            self.remedies.of(failure.failures[0][1]),
        )
