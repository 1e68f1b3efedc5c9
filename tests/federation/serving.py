"""Sources and gateways over real HTTP on loopback, in one thread with a loop of its own."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gateway.server.running import bind, url_of
from tests.federation.answering import Source
from tests.federation.case import PLACEHOLDER, Case
from tests.federation.monolith import implementers
from tests.federation.source_schema import read_sources
from tests.federation.world import World

Result = TypeVar("Result")


class LoopThread:
    """An event loop in a thread: what is served there answers while a test waits."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:  # Any: a coroutine's other parameters
        """Run to its end there; raises what it raises."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Stop the loop; nothing may be served there any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@dataclass
class ServedCase:
    """A case whose sources answer, while some labels of `@override` are active.

    The world is put back before each run.
    """

    case: Case
    supergraph: str
    sources: dict[str, Source]
    _world: list[World] = field(default_factory=list)
    labels: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The case and its labels, as a part of an address."""
        return "+".join((self.case.name, *sorted(self.labels)))

    def reset(self) -> None:
        """Begin a run: data as at first, counters at zero."""
        self._world[:] = [self.case.world()]
        for source in self.sources.values():
            source.requests = 0
            source.problems.clear()

    @property
    def requests(self) -> dict[str, int]:
        """How often each source was asked, those never asked left out."""
        return {name: one.requests for name, one in self.sources.items() if one.requests}

    @property
    def problems(self) -> list[str]:
        """What no right gateway would have asked."""
        return [problem for one in self.sources.values() for problem in one.problems]


class Sources:
    """All sources of all cases at one port: `/<case>/<source>`. They begin to exist when a case is asked for."""

    def __init__(self, thread: LoopThread) -> None:
        self._thread = thread
        self._served: dict[tuple[str, frozenset[str]], ServedCase] = {}
        self._by_name: dict[str, ServedCase] = {}
        self._socket = bind("127.0.0.1", 0)
        self.address = url_of(self._socket)
        application = Starlette(routes=[Route("/{case}/{source}", self._answer, methods=["POST"])])
        self._server = uvicorn.Server(
            uvicorn.Config(
                application, log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1
            )
        )
        self._running = asyncio.run_coroutine_threadsafe(self._server.serve([self._socket]), thread._loop)

    def serve(self, case: Case, labels: frozenset[str] = frozenset()) -> ServedCase:
        """The case, its sources ready."""
        key = (case.name, labels)
        if key not in self._served:
            said = read_sources(case.subgraphs, labels)
            concrete = implementers(said)
            world: list[World] = [case.world()]
            sources = {name: Source(one, concrete, lambda: world[0]) for name, one in said.items()}
            served = ServedCase(case, "", sources, world, labels)
            served.supergraph = case.supergraph.replace(
                f"{PLACEHOLDER}/{case.name}/", f"{self.address}/{served.name}/"
            )
            self._served[key] = self._by_name[served.name] = served
        return self._served[key]

    def close(self) -> None:
        """Stop answering."""
        self._server.should_exit = True
        self._running.result()
        self._socket.close()

    async def _answer(self, request: Request) -> JSONResponse:
        source = self._by_name[request.path_params["case"]].sources[request.path_params["source"]]
        return JSONResponse(source.answer(json.loads(await request.body())))
