"""Who calls: the principal that a request's headers prove, and the purpose that it states."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.datastructures import Headers

from gateway.identity import ANONYMOUS, Principal, TokenRejected, Verifier
from gateway.server.refusals import bad_request, sentence, unauthenticated

PURPOSE_HEADER = "huitong-purpose"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and for what, as far as it is stated."""

    principal: Principal
    purpose: str | None


Callers: TypeAlias = Callable[[Headers], Caller]
"""Tells who calls from a request's headers. Raises Refusal."""


def believing(verifier: Verifier | None) -> Callers:
    """Callers are who their tokens prove; None believes no token."""
    return lambda headers: Caller(_principal(headers, verifier), _stated_purpose(headers))


def nobody(_: Headers) -> Caller:
    """Identity is off: everybody is anonymous, and whatever headers claim means nothing."""
    return Caller(ANONYMOUS, None)


def _principal(headers: Headers, verifier: Verifier | None) -> Principal:
    """The principal of the bearer token, anonymous when no token is sent.

    Raises Refusal (401) for credentials of any other kind or value: a bad token is never
    anonymous. Without a verifier no token is believed.
    """
    values = headers.getlist("authorization")
    if not values:
        return ANONYMOUS
    if len(values) > 1:
        raise unauthenticated("Send one Authorization header.", "two headers", "invalid_request")
    scheme, _, token = values[0].strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthenticated("Send `Authorization: Bearer <token>`.", "no bearer token", "invalid_request")
    if verifier is None:
        raise unauthenticated("The bearer token is not valid.", "no issuer is configured")
    try:
        return verifier.verify(token.strip())
    except TokenRejected as rejected:
        raise unauthenticated(sentence(str(rejected)), rejected.reason) from None


def _stated_purpose(headers: Headers) -> str | None:
    """The purpose that the request states; raises Refusal (400) when it states two."""
    values = headers.getlist(PURPOSE_HEADER)
    if len(values) > 1:
        raise bad_request("Send one Huitong-Purpose header.")
    return values[0].strip() or None if values else None
