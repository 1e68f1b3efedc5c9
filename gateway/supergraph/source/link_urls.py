"""The URL of a specification: its identity, which ends with its name, and its version.

Apollo's link specification v1.0, "Url".
"""

import re
from urllib.parse import urlsplit

_VERSION = re.compile(r"v(\d{1,4})\.(\d{1,4})\Z")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def take_apart(url: str) -> tuple[str, str]:
    """The identity and the version of `https://…/name/v1.2`. Raises ValueError that says what is missing."""
    parts = urlsplit(url)  # raises ValueError for an address that is none
    if not parts.scheme or not parts.netloc:
        raise ValueError("is no URL")
    path, _, version = parts.path.rpartition("/")
    if not _VERSION.match(version):
        raise ValueError("ends with no version of the form v1.2")
    if not path.strip("/"):
        raise ValueError("has no name before its version")
    return f"{parts.scheme}://{parts.netloc}{path}", version


def own_name(identity: str) -> str:
    """The name of a specification, which it has in a schema that gives it none."""
    return identity.rpartition("/")[2]


def stated_version(version: str) -> tuple[int, int]:
    """The numbers of a version `v1.2`; those of the first version where it states none."""
    found = _VERSION.match(version)
    return (int(found[1]), int(found[2])) if found else (1, 0)
