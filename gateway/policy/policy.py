"""A policy that is ready to decide. Immutable, shared by all requests of a snapshot."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Final

from gateway.constraints import Constraints, Deny, Needs
from gateway.policy.access import PurposeNotPermitted, PurposeRequired, Visible
from gateway.policy.decisions import Ground, View
from gateway.policy.model import Coordinate, RuleBook
from gateway.supergraph.model import QUERY_ROOT, ROOTS, Kind, Supergraph

ANONYMOUS_ROLE: Final = "anonymous"
"""The role of callers without a token; it alone gives purposes that no token permits."""


class Policy:
    """Decides. `version` is the SHA-256 of the policy files, as hexadecimal digits."""

    def __init__(self, book: RuleBook, supergraph: Supergraph) -> None:
        self.version: Final = book.version
        self._book = book
        self._supergraph = supergraph
        self._ground = Ground(book, supergraph)
        self._boundaries = sorted(
            {day for rule in book.rules for day in (rule.validity.begins, rule.validity.ends)}
        )

    def resolve_purpose(self, roles: frozenset[str], permitted: frozenset[str], stated: str | None) -> str:
        """The purpose of a request: the one stated, or the only one that is a default of the roles.

        `permitted`: the purposes that the token permits; callers without a token hold the
        role `anonymous` alone and may state its defaults. Raises PurposeRequired or
        PurposeNotPermitted.
        """
        usable = self._usable(roles, permitted)
        if stated is not None:
            if stated not in usable:
                raise PurposeNotPermitted
            return stated
        defaults = [name for name in usable if not self._book.purposes[name].default_for.isdisjoint(roles)]
        if len(defaults) != 1:
            raise PurposeRequired
        return defaults[0]

    def decide(self, needs: Needs, roles: frozenset[str], purpose: str, today: date) -> Constraints:
        """All decisions that an operation needs; they hold until `stable_until(today)`."""
        view = self._view(roles, purpose, today)
        return Constraints(
            fields=tuple((field, view.field(field)) for field in sorted(needs.fields)),
            rows=tuple((type_name, view.rows(type_name)) for type_name in sorted(needs.types)),
            roots=tuple((name, view.root(name)) for name in sorted(needs.roots)),
            policy_version=self.version,
            purpose=purpose,
        )

    def stable_until(self, today: date) -> date:
        """The next day on which some rule begins or ends; the last day there is when none does."""
        following = bisect_right(self._boundaries, today)
        return self._boundaries[following] if following < len(self._boundaries) else date.max

    def could_ever(self, roles: frozenset[str], purposes: frozenset[str], today: date) -> Visible:
        """What these roles could be allowed for any of the purposes that their token permits."""
        views = [self._view(roles, purpose, today) for purpose in sorted(self._usable(roles, purposes))]
        fields = frozenset(
            field
            for field in self._coordinates()
            if any(not isinstance(view.field(field), Deny) for view in views)
        )
        roots = frozenset(
            name
            for name in sorted(self._roots())
            if any(not isinstance(view.root(name), Deny) for view in views)
        )
        return Visible(fields, frozenset(type_name for type_name, _ in fields), roots)

    def _usable(self, roles: frozenset[str], permitted: frozenset[str]) -> frozenset[str]:
        usable = permitted & self._book.purposes.keys()
        if roles == {ANONYMOUS_ROLE}:
            usable |= {
                name for name, purpose in self._book.purposes.items() if ANONYMOUS_ROLE in purpose.default_for
            }
        return usable

    def _view(self, roles: frozenset[str], purpose: str, today: date) -> View:
        return View(self._ground, roles, purpose, today)

    def _coordinates(self) -> Iterable[Coordinate]:
        return (
            (type_.name, field)
            for type_ in self._supergraph.types.values()
            if type_.kind is Kind.OBJECT and type_.name not in ROOTS
            for field in type_.fields
        )

    def _roots(self) -> Iterable[Coordinate]:
        yield from ((QUERY_ROOT, name) for name in self._supergraph.lookups)
        for root in ROOTS & self._supergraph.types.keys():
            yield from ((root, field) for field in self._supergraph.types[root].fields)
