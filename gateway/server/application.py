"""The ASGI application: which path is answered by what."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.base import Json
from gateway.server.callers import Callers
from gateway.server.development import Development, development_routes
from gateway.server.graphql_over_http import GraphQLEndpoint
from gateway.server.headers import SecurityHeaders
from gateway.server.logs import RequestLog
from gateway.server.loopback import LoopbackOnly
from gateway.server.pipeline import Pipeline
from gateway.settings import Limits

STATIC: Final = Path(__file__).parent / "static"


def create_application(
    pipeline: Pipeline,
    callers: Callers,
    limits: Limits,
    pages: Mapping[str, Callable[[], Json]],
    development: Development | None = None,
) -> ASGIApp:
    """Everything that the gateway answers over HTTP.

    `callers` tells who asks. `pages` give the JSON of the operators' pages, by name below `/admin`.
    `development` adds `/_dev`; leave it out wherever strangers can reach.
    """
    routes: list[BaseRoute] = [
        Route("/graphql", GraphQLEndpoint(pipeline, callers, limits)),
        Route("/health/live", _said({"status": "live"}), methods=["GET"]),
        Route("/health/ready", _said({"status": "ready"}), methods=["GET"]),
        *(Route(f"/admin/{name}", LoopbackOnly(_Asked(ask)), methods=["GET"]) for name, ask in pages.items()),
        Route("/", _landing_page),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    if development is not None:
        routes += development_routes(development)
    return RequestLog(SecurityHeaders(Starlette(routes=routes)))


async def _landing_page(_: Request) -> FileResponse:
    return FileResponse(STATIC / "index.html")


def _said(content: Json) -> JSONResponse:
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


class _Asked:
    """An application that answers each request with what `ask` says now."""

    def __init__(self, ask: Callable[[], Json]) -> None:
        self._ask = ask

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _said(self._ask())(scope, receive, send)
