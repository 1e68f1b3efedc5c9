"""What the rest of the gateway asks of whoever decides: a policy, or the open access that stands in its place."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gateway.constraints import Constraints, Needs
from gateway.policy.model import Coordinate


class PurposeRequired(Exception):
    """No purpose was stated, and the roles have no default, or more than one."""

    def __init__(self) -> None:
        super().__init__("state the purpose of the request in the header Huitong-Purpose")


class PurposeNotPermitted(Exception):
    """The stated purpose is not one that the token permits, or does not exist; which, is not said."""

    def __init__(self) -> None:
        super().__init__("the stated purpose is not permitted")


@dataclass(frozen=True, slots=True)
class Visible:
    """What a principal could ever be allowed: fields and types that it may see, root fields that it may ask."""

    fields: frozenset[Coordinate]
    types: frozenset[str]
    roots: frozenset[Coordinate]


class Access(Protocol):
    """Decides what a kind of principal may do. Immutable, shared by all requests of a snapshot."""

    @property
    def version(self) -> str:
        """What the decisions rest on, as hexadecimal digits; empty when there is no policy."""
        ...

    def resolve_purpose(self, roles: frozenset[str], permitted: frozenset[str], stated: str | None) -> str:
        """The purpose of a request. Raises PurposeRequired or PurposeNotPermitted."""
        ...

    def decide(self, needs: Needs, roles: frozenset[str], purpose: str, today: date) -> Constraints:
        """All decisions that an operation needs; they hold until `stable_until(today)`."""
        ...

    def stable_until(self, today: date) -> date:
        """The next day on which decisions may change; the last day there is when they never do."""
        ...

    def could_ever(self, roles: frozenset[str], purposes: frozenset[str], today: date) -> Visible | None:
        """What these roles could be allowed for any of the purposes; None: the whole public schema is shown."""
        ...
