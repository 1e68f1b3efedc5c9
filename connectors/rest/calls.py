"""One call to a service: the URL of an entity, the answer's envelope, and how it says that there is nobody."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from connectors.base import FailureKind, Json, SourceFailure
from connectors.manifest import Manifest, NotFound, TypeMapping
from connectors.rest.values import as_text, value_at
from connectors.transport import HttpRequest, Transport, status_failure

_PLACEHOLDER: Final = re.compile(r"\{([_A-Za-z][_0-9A-Za-z]*)\}")
_MAX_KEY: Final = 1_000
_NO_NOT_FOUND: Final = NotFound()


def placeholders(template: str) -> frozenset[str]:
    """The key fields that a path needs."""
    return frozenset(_PLACEHOLDER.findall(template))


def fill(template: str, key: Mapping[str, Json]) -> str:
    """The path of one entity, every value of its key percent-encoded.

    Raises SourceFailure for values that no path can hold: empty, or steps up and down the path.
    """

    def encoded(match: "re.Match[str]") -> str:
        text = as_text(key[match.group(1)])
        if text in ("", ".", "..") or len(text) > _MAX_KEY:
            raise SourceFailure(FailureKind.ERROR, "a key that cannot stand in a path")
        return quote(text, safe="")

    return _PLACEHOLDER.sub(encoded, template)


async def call(
    manifest: Manifest, transport: Transport, mapping: TypeMapping, key: Mapping[str, Json], timeout: float
) -> dict[str, Json] | None:
    """The JSON object about one entity; None when the service says that there is none. Raises SourceFailure."""
    assert mapping.get is not None
    request = HttpRequest(
        "GET",
        manifest.url.rstrip("/") + fill(mapping.get, key),
        {"accept": "application/json", **manifest.headers, **mapping.headers},
        None,
        timeout,
        manifest.limits.response_bytes,
    )
    response = await transport.send(request)
    not_found = mapping.not_found or _NO_NOT_FOUND
    if response.status in not_found.status:
        return None
    failure = status_failure(response.status)
    if failure is not None:
        raise failure
    return _unwrapped(response.json(), mapping, not_found)


def _unwrapped(answer: Json, mapping: TypeMapping, not_found: NotFound) -> dict[str, Json] | None:
    try:
        if not_found.path is not None:
            said = value_at(answer, not_found.path)
            if said is not None and as_text(said) in not_found.values:
                return None
        content = value_at(answer, mapping.unwrap) if mapping.unwrap else answer
    except ValueError as error:
        raise SourceFailure(FailureKind.INVALID_RESPONSE, f"{error} in the envelope") from None
    if not isinstance(content, dict):
        raise SourceFailure(FailureKind.INVALID_RESPONSE, "no object in the envelope")
    return content
