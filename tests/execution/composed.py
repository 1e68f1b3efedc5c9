"""A small composed supergraph that is served openly, and sources whose answers a test writes."""

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import anyio

from connectors.base import (
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    Json,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from gateway.constraints import Constraints, Deny, Reason
from gateway.execution import Answer, FetchLimits, RequestValues, answer, prepare_plan
from gateway.operation import OperationLimits, coerce_variables, read_operation
from gateway.planning import QueryPlan, plan_operation
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Supergraph

HEADER = """
schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query MUTATION }
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(
  graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean,
  override: String, usedOverridden: Boolean, overrideLabel: String
) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(
  graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true,
  isInterfaceObject: Boolean! = false
) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
enum join__Graph { GRAPHS }
"""


def composed_text(body: str, sources: Mapping[str, str]) -> str:
    """Composed SDL: `body` after the usual beginning; `sources` are addresses by name."""
    graphs = " ".join(
        f'{name.upper()} @join__graph(name: "{name}", url: "{url}")' for name, url in sources.items()
    )
    mutation = "mutation: Mutation" if "type Mutation" in body else ""
    return HEADER.replace("MUTATION", mutation).replace("GRAPHS", graphs) + body


def composed(body: str, *sources: str) -> Supergraph:
    """The supergraph of such a text."""
    text = composed_text(body, {name: f"http://127.0.0.1:1/{name}" for name in sources})
    return read_supergraph(text, Path("supergraph.graphql")).supergraph


# Any: what a test makes of a fetch: answers right and wrong.
Script: TypeAlias = Callable[[FetchSpec, list[Representation]], Any]


class ScriptedSource:
    """Answers each fetch as its script says: a FetchResult, the answers alone, or a failure to raise."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[list[dict[str, Json]]] = []
        self.variables: list[Variables] = []

    def prepare(self, spec: FetchSpec) -> Any:  # the spec itself serves as the prepared form
        return spec

    async def fetch(
        self,
        prepared: Any,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        self.asked.append([dict(item) for item in representations])
        self.variables.append(variables)
        found = self.script(prepared, list(representations))
        if isinstance(found, SourceFailure):
            raise found
        return found if isinstance(found, FetchResult) else FetchResult(found)

    async def ensure_known(self) -> SourceFailure | None:
        raise AssertionError("errors at places of the data need no probe")


def by_key(rows: Mapping[str, Mapping[str, Json]], key: str = "id") -> Script:
    """A source that knows these entities by key, and holds the root fields under `""`."""

    def script(spec: FetchSpec, representations: list[Representation]) -> Any:
        if spec.kind is FetchKind.ROOT:
            return [copy.deepcopy(rows[""])]
        return [copy.deepcopy(rows[one[key]]) if one[key] in rows else None for one in representations]

    return script


def failing(kind: FailureKind = FailureKind.UNAVAILABLE) -> Script:
    """A source that fails."""
    return lambda _spec, _representations: SourceFailure(kind, "secret detail")


def plan(graph: Supergraph, query: str, denied: Sequence[tuple[str, str]] = ()) -> QueryPlan:
    """The plan of a query without a policy; `denied` fields are protected by a directive."""
    operation = read_operation(query, None, graph, OperationLimits())
    return plan_operation(operation, open_constraints(denied), graph)


def open_constraints(denied: Sequence[tuple[str, str]] = ()) -> Constraints:
    """Nothing is decided but what a directive protects."""
    decided = tuple((pair, Deny(Reason.DIRECTIVE)) for pair in sorted(denied))
    return Constraints(decided, (), decided, "", "", open=True)


def ask(
    graph: Supergraph,
    query: str,
    sources: Mapping[str, ScriptedSource],
    variables: Mapping[str, Json] | None = None,
    denied: Sequence[tuple[str, str]] = (),
) -> Answer:
    """The answer to a query without a policy."""
    operation = read_operation(query, None, graph, OperationLimits())
    made = plan_operation(operation, open_constraints(denied), graph)
    return run(graph, made, sources, coerce_variables(operation, variables or {}, graph),
               operation.argument_values(variables or {}))  # fmt: skip


def run(
    graph: Supergraph,
    made: QueryPlan,
    sources: Mapping[str, ScriptedSource],
    variables: Mapping[str, Json] | None = None,
    slots: Mapping[str, Json] | None = None,
) -> Answer:
    """Run a plan, a hand-made one too."""
    values = RequestValues(variables or {}, slots or {}, {})

    async def work() -> Answer:
        return await answer(prepare_plan(made, graph, sources), values, sources, graph.sources, FetchLimits())

    return anyio.run(work)


def told(found: Answer) -> list[tuple[str, list[str | int] | None]]:
    """The errors as (code, path)."""
    return [(one.code.value, None if one.path is None else list(one.path)) for one in found.problems]
