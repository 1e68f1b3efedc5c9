"""The principal: what a verified token says of the caller, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, with which roles, and for which purposes the token permits asking.

    `subject` is None for anonymous callers. `claims` holds, by name, the texts that guards
    may compare with (`principal.division`); one that is missing, null or malformed is absent.
    """

    subject: str | None
    roles: frozenset[str]
    purposes: frozenset[str]
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


ANONYMOUS: Final = Principal(None, frozenset({"anonymous"}), frozenset())
"""A caller without a token."""
