"""A case in one process: composed and served by Huitong over strict sources, its answers held against the monolith's."""

import asyncio
import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graphql import build_schema

from connectors.transport import HttpRequest, HttpResponse
from gateway.errors import ConfigurationError
from gateway.identity import ANONYMOUS
from gateway.planning import QueryPlan
from gateway.policy import OpenAccess
from gateway.registry.composed import connect_sources
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.settings import Limits
from gateway.snapshot import Snapshot
from gateway.supergraph.composing import Composed, compose_sources
from gateway.supergraph.source.model import SourceText
from tests.difference.case import Drawn, read
from tests.difference.public import public_schema, sorted_text
from tests.federation.answering import Source
from tests.federation.case import Case, Run
from tests.federation.monolith import Expected, expected_answer, implementers
from tests.federation.world import Value, World

HONEST = frozenset(
    {"SATISFIABILITY_ERROR", "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES", "EXTERNAL_TYPE_MISMATCH"}
)
"""Codes by which composition may refuse what is drawn. Any other would be its mistake."""

_FILE = Path("supergraph.graphql")


class Refused(Exception):
    """Composition refuses the sources, as it may."""


@dataclass(frozen=True)
class Difference(Exception):
    """What Huitong does differently: `kind` in a few words, then all that one needs to see."""

    kind: str
    detail: str
    run: Run | None = None

    def __str__(self) -> str:
        asked = f"\n{self.run.document}\nvariables: {json.dumps(self.run.variables)}" if self.run else ""
        return f"{self.kind}: {self.detail}{asked}"


@dataclass
class Exchange:
    """One request to a source, and its answer."""

    source: str
    request: dict[str, Any]  # Any: JSON, here and below
    answer: dict[str, Any]


@dataclass
class MemoryTransport:
    """Sources that answer in this process."""

    sources: Mapping[str, Source]
    exchanges: list[Exchange] = field(default_factory=list)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer for the source whose name is the address's path."""
        name = urlsplit(request.url).path.strip("/")
        asked = json.loads(request.body or b"")
        answer = self.sources[name].answer(asked)
        self.exchanges.append(Exchange(name, asked, answer))
        kind = {"content-type": "application/graphql-response+json"}
        return HttpResponse(200, kind, json.dumps(answer).encode())

    async def close(self) -> None:
        """Nothing is open."""


class Lab:
    """A composed case. Raises Refused, or Difference when composition is wrong about the sources.

    `labels`: those of `@override` that are active.
    """

    def __init__(self, drawn: Drawn, labels: frozenset[str] = frozenset()) -> None:
        said = read(drawn.sources, labels)
        concrete = implementers(said)
        self.case: Case = drawn.case()
        self.composed = _composed(drawn)
        public = sorted_text(public_schema(said))
        composed = sorted_text(build_schema(self.composed.read.supergraph.sdl))
        if public != composed:
            raise Difference("other public schema", f"expected\n{public}\ncomposed\n{composed}")
        self._world = [World()]
        self.sources = {name: Source(one, concrete, lambda: self._world[0]) for name, one in said.items()}
        self._transport = MemoryTransport(self.sources)
        connected = connect_sources(self.composed.read, _FILE, self._transport)
        supergraph = self.composed.read.supergraph
        snapshot = Snapshot(supergraph, OpenAccess(supergraph), connected, self._transport, labels)
        self._pipeline = Pipeline(snapshot, Limits())

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """What sources were asked in the last run."""
        return self._transport.exchanges

    def plan(self, run: Run) -> QueryPlan:
        """The plan of a run."""
        request = GraphQLRequest(run.document, None, None)
        return self._pipeline.plan(request, ANONYMOUS, self._pipeline.purpose(ANONYMOUS, None))

    def check(self, run: Run) -> None:
        """Raises Difference unless the answer is the monolith's, and no source was asked what it must not be."""
        expected = expected_answer(self.case, run)
        try:
            answer = self._answer(run)
        except Exception as error:  # whatever it is, it is no answer
            raise Difference(
                type(error).__name__, "".join(traceback.format_exception(error)[-3:]), run
            ) from error
        problems = [problem for one in self.sources.values() for problem in one.problems]
        if problems:
            raise Difference("a source is asked wrongly", problems[0], run)
        _compare(expected, answer, run)

    def _answer(self, run: Run) -> dict[str, Any]:
        self._world[0] = self.case.world()
        self._transport.exchanges.clear()
        for source in self.sources.values():
            source.requests = 0
            source.problems.clear()
        request = GraphQLRequest(run.document, run.variables, None)
        prepared = self._pipeline.prepare(request, ANONYMOUS, self._pipeline.purpose(ANONYMOUS, None))
        answer: dict[str, Any] = json.loads(asyncio.run(self._pipeline.run(prepared)))
        return answer


def _composed(drawn: Drawn) -> Composed:
    texts = [
        SourceText(name, name, text, url=f"http://sources.example/{name}")
        for name, text in drawn.sources.items()
    ]
    try:
        return compose_sources(texts)
    except ConfigurationError as error:
        if {finding.code for finding in error.findings} <= HONEST:
            raise Refused(str(error)) from error
        raise Difference("composition refuses", "\n".join(map(str, error.findings))) from error
    except Exception as error:  # whatever it is, it is no finding
        raise Difference(
            f"composition breaks by {type(error).__name__}", "".join(traceback.format_exception(error)[-3:])
        ) from error


def _compare(expected: Expected, answer: Mapping[str, Any], run: Run) -> None:
    told = f"\nexpected {json.dumps(expected.data)}\ngot      {json.dumps(dict(answer))}"
    if answer.get("data") != expected.data:
        more = len(answer.get("errors", ())) > len(expected.error_paths)
        raise Difference("other data, with errors" if more else "other data", told, run)
    if json.dumps(answer["data"]) != json.dumps(expected.data):
        raise Difference("other order of keys", told, run)
    wanted = {_null_place(path, expected.data) for path in expected.error_paths}
    found = {_null_place(error["path"], expected.data) for error in answer.get("errors", ())}
    if found != wanted:
        raise Difference("other places of errors", f"{sorted(map(str, wanted))} {told}", run)


def _null_place(path: Sequence[str | int], data: Value) -> tuple[str | int, ...]:
    """Where an error shows: the outermost null on its path."""
    for depth, key in enumerate(path):
        if data is None:
            return tuple(path[:depth])
        data = data[key]
    return tuple(path)
