"""The gateway under test: what `huitong serve --supergraph FILE --open --port 0` serves, one for each case."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gateway.identity import ANONYMOUS
from gateway.planning import QueryPlan
from gateway.server.deployment import deployed_open
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.server.running import bind, serving, url_of
from gateway.settings import Limits
from tests.federation.case import Run
from tests.federation.serving import LoopThread, ServedCase


@dataclass(frozen=True)
class Gateway:
    """A gateway over one case: asked over HTTP; `pipeline` plans as it plans."""

    url: str
    pipeline: Pipeline
    client: httpx.Client

    def ask(self, run: Run) -> dict[str, Any]:  # Any: JSON
        """The whole answer to one run."""
        request = {"query": run.document, "variables": run.variables, "operationName": run.name}
        response = self.client.post(
            f"{self.url}/graphql", json=request, headers={"Accept": "application/graphql-response+json"}
        )
        answer: dict[str, Any] = response.json()
        return answer

    def plan(self, document: str) -> QueryPlan:
        """The plan of a document with one operation."""
        request = GraphQLRequest(document, None, None)
        return self.pipeline.plan(request, ANONYMOUS, self.pipeline.purpose(ANONYMOUS, None))


class Gateways:
    """The gateways that are open: one begins when its case is first asked for; all end together."""

    def __init__(self, thread: LoopThread, folder: Path) -> None:
        self._thread = thread
        self._folder = folder
        self._open: dict[str, Gateway] = {}
        self._ends: list[asyncio.Task[None]] = []
        self._end = asyncio.Event()
        self._client = httpx.Client(timeout=30, trust_env=False)

    def over(self, served: ServedCase) -> Gateway:
        """The gateway of a case. Raises ConfigurationError when its supergraph is refused."""
        name = served.name
        if name not in self._open:
            file = self._folder / f"{name}.graphql"
            file.write_text(served.supergraph, encoding="utf-8")
            self._open[name] = self._thread.run(self._begin(file, served.labels))
        return self._open[name]

    async def _begin(self, file: Path, labels: frozenset[str]) -> Gateway:
        begun: asyncio.Future[Gateway] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._live(file, labels, begun))
        self._ends.append(task)
        await asyncio.wait((begun, task), return_when=asyncio.FIRST_COMPLETED)
        if not begun.done():
            await task  # raises what kept it from beginning
        return begun.result()

    async def _live(self, file: Path, labels: frozenset[str], begun: asyncio.Future[Gateway]) -> None:
        limits = Limits()
        async with deployed_open(file, limits, labels) as deployment:
            listener = bind("127.0.0.1", 0)
            async with serving(deployment.application, listener):
                begun.set_result(
                    Gateway(url_of(listener), Pipeline(deployment.snapshot, limits), self._client)
                )
                await self._end.wait()

    def close(self) -> None:
        """Stop all of them."""
        self._client.close()
        self._thread.run(self._all_end())

    async def _all_end(self) -> None:
        self._end.set()
        await asyncio.gather(*self._ends, return_exceptions=True)
