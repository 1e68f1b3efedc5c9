"""`/graphql`: the GraphQL over HTTP draft around the pipeline, from headers to status code."""

import asyncio
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.policy import PurposeNotPermitted, PurposeRequired
from gateway.server import logs
from gateway.server.callers import Callers
from gateway.server.connection import ClientGone, while_connected
from gateway.server.media import Media, negotiate
from gateway.server.parameters import read_parameters
from gateway.server.pipeline import Pipeline, Prepared
from gateway.server.refusals import (
    Refusal,
    method_not_allowed,
    sentence,
    status_of_request_error,
    too_slow,
)
from gateway.settings import Limits

_ALLOW: Final = "GET, POST"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class GraphQLEndpoint:
    """An ASGI application for one path. Answers POST, and GET for queries.

    Statuses beside the draft's: 401 for credentials that prove nothing, 400 and 403 for
    purposes, 408 when the request does not arrive within the limit of time and 504 when its
    answer is not ready by then.
    """

    def __init__(self, pipeline: Pipeline, callers: Callers, limits: Limits) -> None:
        self._pipeline = pipeline
        self._callers = callers
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or nobody when the client is gone."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except (ClientGone, ClientDisconnect):
            logs.note(scope, outcome="client gone")
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        accepted = request.headers.getlist("accept")
        media = negotiate(", ".join(accepted) if accepted else None)
        try:
            if media is None:
                raise Refusal(
                    406, Code.BAD_REQUEST, f"Answers come as {' or '.join(m.value for m in Media)}."
                )
            return _response(await self._answer(request), 200, media)
        except Refusal as refusal:
            logs.note(request.scope, codes=_codes(refusal.problems), reason=refusal.note)
            return _errors(refusal.problems, refusal.status, media, refusal.headers)
        except RequestRefused as refused:
            logs.note(request.scope, codes=_codes(refused.problems))
            status = status_of_request_error(refused.problems, media or Media.JSON)
            return _errors(refused.problems, status, media)
        except (ClientGone, ClientDisconnect):
            raise
        except Exception as error:
            problem = logs.internal_problem(request.scope, error)
            return _errors([problem], 500, media)

    async def _answer(self, request: Request) -> bytes:
        """The whole answer. The limit of time covers everything, the request's arrival included."""
        prepared: Prepared | None = None
        try:
            async with asyncio.timeout(self._limits.seconds) as deadline:
                prepared = await self._prepare(request)
                return await while_connected(request.receive, self._pipeline.run(prepared))
        except TimeoutError:
            if not deadline.expired():
                raise
            raise too_slow(408 if prepared is None else 504, self._limits.seconds) from None

    async def _prepare(self, request: Request) -> Prepared:
        if request.method not in ("GET", "POST"):
            raise method_not_allowed(_ALLOW, "Use POST, or GET for queries.")
        caller = self._callers(request.headers)
        parameters = await read_parameters(request, self._limits.body_bytes)
        try:
            purpose = self._pipeline.purpose(caller.principal, caller.purpose)
        except PurposeRequired as error:
            raise Refusal(400, Code.PURPOSE_REQUIRED, sentence(str(error))) from None
        except PurposeNotPermitted as error:
            raise Refusal(403, Code.PURPOSE_NOT_PERMITTED, sentence(str(error))) from None
        logs.note(request.scope, purpose=purpose)
        prepared = self._pipeline.prepare(parameters, caller.principal, purpose)
        if request.method == "GET" and prepared.kind != "query":
            raise method_not_allowed("POST", "Only queries can be asked with GET.")
        return prepared


def _response(body: bytes, status: int, media: Media, headers: Mapping[str, str] = _NOTHING) -> Response:
    return Response(
        body, status, {"Content-Type": media.content_type, "Cache-Control": "no-store", **headers}
    )


def _errors(
    problems: Sequence[GraphQLProblem],
    status: int,
    media: Media | None,
    headers: Mapping[str, str] = _NOTHING,
) -> Response:
    """A response with errors and no data; JSON when no media type could be agreed on."""
    body = orjson.dumps({"errors": [problem.to_json() for problem in problems]})
    return _response(body, status, media or Media.JSON, headers)


def _codes(problems: Sequence[GraphQLProblem]) -> list[str]:
    return sorted({problem.code.value for problem in problems})
