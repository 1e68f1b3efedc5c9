"""Failures and denials as clients see them.

With a policy on, one error per source and outermost selection that is null for it, whatever the data; else one
at each place of the data (`failure_at`, `denial_at`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.base import FailureKind, Variables
from gateway.constraints import Reason
from gateway.errors import Code, GraphQLProblem
from gateway.planning.plan import OutputField, Place, QueryPlan, StaticDenial, output_fields
from gateway.supergraph.model import Source

_WORDS = {
    FailureKind.UNAVAILABLE: "is not available",
    FailureKind.TIMEOUT: "did not answer in time",
    FailureKind.INVALID_RESPONSE: "gave an answer that is not what it promised",
    FailureKind.ERROR: "reported an error",
}


@dataclass(slots=True)
class FailureReport:
    """Collects failures while fetches run. Order of arrival does not show in the answer.

    `beside`: sources that reported a failure beside data from which nothing is missing.
    """

    found: dict[tuple[str, Place], FailureKind] = field(default_factory=dict)
    beside: dict[str, FailureKind] = field(default_factory=dict)

    def add(self, source: str, kind: FailureKind, places: Iterable[Place], variables: Variables) -> None:
        """A source failed to supply these places; those whose condition is false do not count."""
        for place in places:
            if place.condition.holds(variables):
                self.found.setdefault((source, place), kind)

    def covers(self, place: Place) -> bool:
        """True when the place, or one around it, is null by a failure that is reported already."""
        path = place.response_path
        return any(path[: len(other.response_path)] == other.response_path for _, other in self.found)

    def problems(self, sources: Mapping[str, Source]) -> list[GraphQLProblem]:
        """The errors, outermost places alone, in order of place."""
        paths = {place.response_path for _, place in self.found}
        return [
            _problem(sources[source], place, kind)
            for (source, place), kind in sorted(self.found.items(), key=lambda item: _order(*item[0]))
            if not any(place.response_path[:length] in paths for length in range(len(place.response_path)))
        ]

    def problems_beside(
        self, told: Sequence[GraphQLProblem], sources: Mapping[str, Source]
    ) -> list[GraphQLProblem]:
        """One error, without a path, for each source in `beside` of which nothing like it is `told` already."""
        known = {(one.code.value, one.extensions.get("source")) for one in told}
        return [
            failure_at(None, sources[name], kind)
            for name, kind in sorted(self.beside.items())
            if (kind.value, name) not in known
        ]


def hides_data(plan: QueryPlan) -> bool:
    """Whether some row or cell may be hidden from whom the plan is for, whatever the data."""
    steps = (step for node in plan.nodes for entry in node.entries for step in entry.position)
    filters = [*(step.rows for step in steps), *(item.rows for item in output_fields(plan.output))]
    return bool(plan.conditional) or not all(one.is_everything for rows in filters for _, one in rows)


def _order(source: str, place: Place) -> tuple[tuple[str, ...], str, str]:
    return place.response_path, place.coordinate, source


def _problem(source: Source, place: Place, kind: FailureKind) -> GraphQLProblem:
    return GraphQLProblem(
        Code(kind.value),
        _words(source, kind),
        path=None if place.in_list else place.response_path,
        extensions={
            "source": source.name,
            "department": source.department,
            "coordinate": place.coordinate,
            "responsePath": list(place.response_path),
        },
    )


def _words(source: Source, kind: FailureKind) -> str:
    return f"{source.department} ({source.name}) {_WORDS[kind]}."


def failure_at(path: Sequence[str | int] | None, source: Source, kind: FailureKind) -> GraphQLProblem:
    """The error at one place of the data that a source has left null; None: it does not say which."""
    return GraphQLProblem(
        Code(kind.value),
        _words(source, kind),
        path=path,
        extensions={"source": source.name, "department": source.department},
    )


def denial_at(path: Sequence[str | int], item: OutputField) -> GraphQLProblem:
    """The error at one place of the data that is denied."""
    return GraphQLProblem(
        Code.ACCESS_DENIED,
        f"Access to {item.place.coordinate} is denied.",
        path=path,
        extensions={
            "coordinate": item.place.coordinate,
            "reason": (item.denial or Reason.RULE).value,
            "responsePath": list(item.place.response_path),
        },
    )


def further_errors(told: int, more: int) -> GraphQLProblem:
    """The last error of an answer that has more than are told."""
    return GraphQLProblem(
        Code.LIMIT_EXCEEDED,
        f"{more} more errors; no more than {told} are told one by one.",
        extensions={"limit": "errors", "more": more},
    )


def denial_problems(denials: Iterable[StaticDenial], variables: Variables) -> list[GraphQLProblem]:
    """One error for each selection that is denied whatever the data; skipped selections make none."""
    return [
        GraphQLProblem(
            Code.ACCESS_DENIED,
            f"Access to {denial.place.coordinate} is denied.",
            path=None if denial.place.in_list else denial.place.response_path,
            extensions={
                "coordinate": denial.place.coordinate,
                "reason": denial.reason.value,
                "responsePath": list(denial.place.response_path),
            },
        )
        for denial in denials
        if denial.place.condition.holds(variables)
    ]
