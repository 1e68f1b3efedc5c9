"""One GraphQL operation over HTTP (GraphQL over HTTP draft)."""

from typing import Final

import orjson

from connectors.base import Json
from connectors.manifest import Manifest
from connectors.transport import HttpRequest, HttpResponse, Transport, status_failure

_ANSWER: Final = "application/graphql-response+json"
_HEADERS: Final = {
    "content-type": "application/json",
    "accept": f"{_ANSWER}, application/json;q=0.9",
}


async def ask(manifest: Manifest, transport: Transport, text: bytes, variables: Json, timeout: float) -> Json:
    """Send an operation (`text` as JSON has it) and return the decoded answer. Raises SourceFailure."""
    body = orjson.dumps({"query": orjson.Fragment(text), "variables": variables})
    response = await transport.send(
        HttpRequest(
            "POST",
            manifest.url,
            {**manifest.headers, **_HEADERS},
            body,
            timeout,
            manifest.limits.response_bytes,
        )
    )
    failure = status_failure(response.status)
    if failure is not None and not (response.status >= 400 and _is_graphql(response)):
        raise failure
    return response.json()


def _is_graphql(response: HttpResponse) -> bool:
    """Whether the media type vouches that a response with an error's status is a GraphQL answer all the same."""
    return response.headers.get("content-type", "").partition(";")[0].strip().lower() == _ANSWER
