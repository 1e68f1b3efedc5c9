"""Media types: which of the two kinds of answer a client can read, and whether its body is JSON in UTF-8.

GraphQL over HTTP knows `application/graphql-response+json`, whose status code speaks of the
GraphQL request, and `application/json`, which answers every well-formed request with 200. A
client that states no `Accept` gets the former; one that takes anything (`*/*`) has not said
that it knows the former, and gets the latter.
"""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final


class Media(Enum):
    """The media types of answers, the preferred one first."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`."""
        return f"{self.value}; charset=utf-8"


_MAX_RANGES: Final = 64
_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_WILDCARDS: Final = ("application/*", "*/*")


def negotiate(accept: str | None) -> Media | None:
    """The media type of the answer; None when the client accepts neither.

    `accept` is the header's value, several joined by commas; None: there is none.
    """
    if accept is None:
        return Media.GRAPHQL
    ranges = dict(_ranges(accept))
    qualities = {media: _quality(media, ranges) for media in Media}
    best = max(qualities.values())
    if best == 0:
        return None
    fitting = [media for media in Media if qualities[media] == best]
    named = [media for media in fitting if media.value in ranges]
    return named[0] if named else fitting[-1]


def is_json(content_type: str | None) -> bool:
    """True for `application/json`, without a charset or in UTF-8."""
    kind, *parameters = (content_type or "").split(";")
    if kind.strip().lower() != Media.JSON.value:
        return False
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            return False
    return True


def _quality(media: Media, ranges: dict[str, float]) -> float:
    """The quality that the most specific range gives a media type; 0 when no range covers it."""
    for name in (media.value, *_WILDCARDS):
        if name in ranges:
            return ranges[name]
    return 0.0


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(",")[:_MAX_RANGES]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        readable = True
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = float(value.strip()) if _QUALITY.fullmatch(value.strip()) else 0.0
            elif key.strip().lower() == "charset":
                readable = value.strip().strip('"').lower() in ("utf-8", "utf8")
        if name and readable:
            yield name.lower(), quality
