"""From a prepared plan to the parts of a response: data, errors, and what the policy says of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.base import FailureKind, Json
from gateway.errors import GraphQLProblem
from gateway.execution.exact import exact_answer
from gateway.execution.failures import denial_problems
from gateway.execution.fetching import FetchLimits, RequestValues, run_fetches
from gateway.execution.prepared import AskedSource, PreparedPlan
from gateway.execution.projection import Flawed, Projecting
from gateway.supergraph.model import Source


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` by the client's response keys, and every error in a stable order.

    With a policy on: denials, then failures. Else in order of place; `data` is None when null has reached the
    root (GraphQL specification, section 6.4.4).
    """

    data: dict[str, Json] | None
    problems: tuple[GraphQLProblem, ...]


async def answer(
    prepared: PreparedPlan,
    values: RequestValues,
    sources: Mapping[str, AskedSource],
    known: Mapping[str, Source],
    limits: FetchLimits,
) -> Answer:
    """Fetch, merge, project. Raises RequestRefused past `limits.representations`."""
    root, report = await run_fetches(prepared, values, sources, limits)
    request = Projecting(
        values.operands, values.variables, size=limits.response_bytes, size_left=limits.response_bytes
    )
    if prepared.plan.exact:
        try:
            return Answer(prepared.projection(root, request), tuple(report.problems_beside((), known)))
        except Flawed:
            data, told = exact_answer(prepared.plan, root, values.variables, known, limits.response_bytes)
            return Answer(data, (*told, *report.problems_beside(told, known)))
    data = prepared.projection(root, request)
    for (source, place), kind in request.lost.items():
        report.add(source, kind, [place], values.variables)
    for place, source in request.invalid.items():
        report.add(source, FailureKind.INVALID_RESPONSE, [place], values.variables)
    problems = [*denial_problems(prepared.plan.denials, values.variables), *report.problems(known)]
    return Answer(data, (*problems, *report.problems_beside(problems, known)))
