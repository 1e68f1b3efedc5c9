"""Access without a policy: everything is allowed to everybody, but for what a security directive protects.

`huitong serve --open` believes no token, so a caller can satisfy neither `@authenticated` nor `@requiresScopes`
nor `@policy`: what they stand on is denied, whatever the roles.
"""

from datetime import date
from typing import Final

from gateway.constraints import Constraints, Deny, Needs, Reason
from gateway.policy.directives import secured_fields
from gateway.supergraph.model import Supergraph

_DENIED: Final = Deny(Reason.DIRECTIVE)


class OpenAccess:
    """Decides where there is no policy."""

    version: Final = ""

    def __init__(self, supergraph: Supergraph) -> None:
        self._secured = secured_fields(supergraph)

    def resolve_purpose(self, roles: frozenset[str], permitted: frozenset[str], stated: str | None) -> str:
        """No purpose, whatever is stated."""
        return ""

    def decide(self, needs: Needs, roles: frozenset[str], purpose: str, today: date) -> Constraints:
        """Denials of the protected fields among those that are needed; the rest is allowed."""
        return Constraints(
            fields=tuple((field, _DENIED) for field in sorted(needs.fields & self._secured)),
            rows=(),
            roots=tuple((root, _DENIED) for root in sorted(needs.roots & self._secured)),
            policy_version=self.version,
            purpose=purpose,
            open=True,
        )

    def stable_until(self, today: date) -> date:
        """Nothing ever changes."""
        return date.max

    def could_ever(self, roles: frozenset[str], purposes: frozenset[str], today: date) -> None:
        """The whole public schema is shown, as those who composed it published it."""
