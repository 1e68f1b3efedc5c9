"""Refusals at the door: what is wrong with an HTTP request before GraphQL has a say."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from gateway.errors import Code, GraphQLProblem
from gateway.server.media import Media

_STATUS_OF_LIMIT: Final[Mapping[object, int]] = MappingProxyType({"bytes": 413, "time": 504})


class Refusal(Exception):
    """A request that is answered with `status` and these problems, whatever media type it accepts."""

    def __init__(
        self,
        status: int,
        code: Code,
        message: str,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        limit: str | None = None,
        note: str | None = None,
    ) -> None:
        """`limit`: the limit that was exceeded. `note`: for operators' logs alone."""
        super().__init__(message)
        extensions = {} if limit is None else {"limit": limit}
        self.status = status
        self.problems = (GraphQLProblem(code, message, extensions=extensions),)
        self.headers = headers
        self.note = note


def bad_request(message: str) -> Refusal:
    """400: not a well-formed GraphQL-over-HTTP request."""
    return Refusal(400, Code.BAD_REQUEST, message)


def method_not_allowed(allow: str, message: str) -> Refusal:
    """405 with the methods that are allowed here."""
    return Refusal(405, Code.BAD_REQUEST, message, headers={"Allow": allow})


def unauthenticated(message: str, note: str, error: str = "invalid_token") -> Refusal:
    """401: the credentials prove nothing. `note` is for the log, `error` is RFC 6750's code."""
    challenge = {"WWW-Authenticate": f'Bearer realm="huitong", error="{error}"'}
    return Refusal(401, Code.UNAUTHENTICATED, message, headers=challenge, note=note)


def body_too_large(limit: int) -> Refusal:
    """413: more bytes than one request may have."""
    message = f"The request's body exceeds the limit of {limit} bytes."
    return Refusal(413, Code.LIMIT_EXCEEDED, message, limit="bytes")


def too_slow(status: int, seconds: float) -> Refusal:
    """408 (the request did not arrive in time) or 504 (its answer was not ready in time)."""
    message = f"The request exceeds the limit of {seconds:g} seconds."
    return Refusal(status, Code.LIMIT_EXCEEDED, message, limit="time")


def status_of_request_error(problems: Sequence[GraphQLProblem], media: Media) -> int:
    """The status of a well-formed request that GraphQL refuses: no data, only errors.

    400 in `application/graphql-response+json`, 200 in `application/json`, as the draft says,
    but 504 and 413 for the limits of time and of bytes, and 500 for what is no fault of the request.
    """
    first = problems[0]
    if first.code in (Code.INTERNAL, Code.UNANSWERABLE):
        return 500
    if first.code is Code.LIMIT_EXCEEDED and first.extensions.get("limit") in _STATUS_OF_LIMIT:
        return _STATUS_OF_LIMIT[first.extensions.get("limit")]
    return 400 if media is Media.GRAPHQL else 200


def sentence(text: str) -> str:
    """An exception's message as clients read it: with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
