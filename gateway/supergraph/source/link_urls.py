"""The URL of a specification: its identity, which ends with its name, and its version.

Apollo's link specification v1.0, "Url".
"""

import re
from urllib.parse import urlsplit

VERSION = re.compile(r"v(\d{1,4})\.(\d{1,4})\Z")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def take_apart(url: str) -> tuple[str, str]:
    """The identity and the version of `https://…/name/v1.2`. Raises ValueError that says what is missing."""
    parts = urlsplit(url)  # raises ValueError for an address that is none
    if not parts.scheme or not parts.netloc:
        raise ValueError("is no URL")
    path, _, version = parts.path.rpartition("/")
    if not VERSION.match(version):
        raise ValueError("ends with no version of the form v1.2")
    if not path.strip("/"):
        raise ValueError("has no name before its version")
    return f"{parts.scheme}://{parts.netloc}{path}", version


def default_namespace(identity: str) -> str:
    """The name that a specification has in a schema that gives it none; "" when its own is no GraphQL name."""
    last = identity.rpartition("/")[2]
    return last if NAME.match(last) else ""
