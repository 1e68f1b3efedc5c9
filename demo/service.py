"""What the departments that are processes have in common: arguments, a count of requests, a quiet server.

A department counts what it is asked, so that tests can tell how often the gateway asked it.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(slots=True)
class Stats:
    """How often each path was asked. `GET /_stats` tells, `POST /_stats/reset` starts again at nothing."""

    paths: Counter[str] = field(default_factory=Counter)

    def counted(self, name: str, app: ASGIApp) -> ASGIApp:
        """`app`, every request to which counts under `name`."""
        return _Counted(app, name, self.paths)

    def routes(self) -> list[Route]:
        """The routes that are not counted themselves, `GET /_health` among them."""
        return [
            Route("/_health", _healthy, methods=["GET"]),
            Route("/_stats", self._tell, methods=["GET"]),
            Route("/_stats/reset", self._reset, methods=["POST"]),
        ]

    async def _tell(self, request: Request) -> JSONResponse:
        return JSONResponse({"requests": self.paths.total(), "paths": dict(self.paths)})

    async def _reset(self, request: Request) -> JSONResponse:
        self.paths.clear()
        return await self._tell(request)


@dataclass(frozen=True, slots=True)
class _Counted:
    app: ASGIApp
    name: str
    paths: Counter[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.paths[self.name] += 1
        await self.app(scope, receive, send)


async def _healthy(request: Request) -> JSONResponse:
    return JSONResponse({"status": "up"})


def serve(name: str, make_app: Callable[[Path], ASGIApp], arguments: Sequence[str] | None = None) -> None:
    """Serve a department on 127.0.0.1 until it is told to stop.

    `make_app` gets the folder of `--data`; when it raises ValueError or OSError the process ends with one
    line and status 1.
    """
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the example city")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args(arguments)
    try:
        app = make_app(options.data)
    except (ValueError, OSError) as error:
        parser.exit(1, f"{name}: {error}\n")
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=options.port,
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
