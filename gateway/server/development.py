"""`/_dev`: personas and example queries for the landing page, where the operator asked for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from connectors.base import Json
from gateway.server.loopback import LoopbackOnly


@dataclass(frozen=True, slots=True)
class Development:
    """What helps to try the gateway out; tokens among it, so it is shown on this machine alone.

    `personas`: `{name, title: {zh, en}, token | null, purpose, ids}`. `queries`: `{name, title:
    {zh, en}, query, variables}`.
    """

    personas: Sequence[Json]
    queries: Sequence[Json]


def development_routes(development: Development) -> list[BaseRoute]:
    """`/_dev/personas` and `/_dev/queries`, from loopback only."""
    return [
        Route("/_dev/personas", LoopbackOnly(_fixed(development.personas)), methods=["GET"]),
        Route("/_dev/queries", LoopbackOnly(_fixed(development.queries)), methods=["GET"]),
    ]


def _fixed(content: Sequence[Json]) -> JSONResponse:
    """A response that is the same each time (and so an application of its own)."""
    return JSONResponse(content, headers={"Cache-Control": "no-store"})
