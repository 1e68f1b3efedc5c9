"""Neutral decisions: what planner and projector must know of the policy, and nothing more.

A `Constraints` value holds no principal's values, so that it can be shared, hashed
and used as part of a plan's key; the values that guards compare with come beside it,
in `Bindings`, and never outlive their request. Guard terms and row filters are the
connectors' types (`connectors.base`), since connectors may push them down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal, TypeAlias

from connectors.base import EVERY_ROW, NO_ROW, GuardTerm, RowFilter


class Reason(Enum):
    """Why a field, lookup or reference is denied; the first that applies (POLICY.md, "Meaning")."""

    LABEL = "label"  # nobody labelled the field
    DENY = "deny"  # an explicit deny
    PURPOSE = "purpose"  # no rule of any role allows it for this purpose
    RULE = "rule"  # no rule for these roles allows it
    CLEARANCE = "clearance"  # the role's clearance does not cover the label
    SHARING = "sharing"  # the source does not share it, or no grant covers it
    DIRECTIVE = "directive"  # a security directive of a composed supergraph that nothing here can satisfy


MaskKind: TypeAlias = Literal["fixed", "partial", "truncate", "bucket"]


@dataclass(frozen=True, slots=True)
class Mask:
    """How a value is made less telling. `rank`: 0 is the strictest; `parameters` are the kind's own.

    fixed: `text`. partial: `keep_first`, `keep_last` (counts of characters). truncate:
    `to` = "year" | "month" for dates, a power of ten for numbers, a length for text.
    bucket: `bounds`, ascending numbers as text.
    """

    name: str
    kind: MaskKind
    rank: int
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Deny:
    """Never, whatever the data."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way in which a field may be read: when all `guards` hold on its row, through `mask`."""

    guards: tuple[GuardTerm, ...] = ()
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """Read on the rows where some candidate holds: raw if one of those is raw, else the strictest mask.

    Guards that every visible row of the type satisfies anyway are left out, so that
    `ALLOW` is the value of most fields.
    """

    candidates: tuple[Candidate, ...]

    @property
    def conditional(self) -> bool:
        """True when a visible row may still withhold the field."""
        return not any(candidate.guards == () for candidate in self.candidates)

    @property
    def masked(self) -> bool:
        """True when some row may show the field masked."""
        return any(candidate.mask is not None for candidate in self.candidates)


ALLOW = Permit((Candidate(),))
Decision: TypeAlias = Deny | Permit


@dataclass(frozen=True, slots=True)
class LookupPermit:
    """A root lookup is permitted; it finds only rows that pass `rows`."""

    rows: RowFilter


@dataclass(frozen=True, slots=True)
class RootPermit:
    """A root field that a source resolves is permitted; per concrete type, it finds only rows that pass.

    A type that is not listed has no visible row; `everything` stands for every row of every type.
    """

    rows: tuple[tuple[str, RowFilter], ...] = ()
    everything: bool = False

    def rows_of(self, type_name: str) -> RowFilter:
        """The rows of one concrete type that the root field can find."""
        return EVERY_ROW if self.everything else dict(self.rows).get(type_name, NO_ROW)


OPEN_ROOT = RootPermit(everything=True)
RootDecision: TypeAlias = Deny | LookupPermit | RootPermit


@dataclass(frozen=True, slots=True)
class Needs:
    """What one operation asks the policy about.

    `fields`: every (concrete type, field) that is selected somewhere below the root.
    `types`: the concrete types that a selected reference or lookup can lead to.
    `roots`: the selected fields of the root types, as (root type, field).
    """

    fields: frozenset[tuple[str, str]]
    types: frozenset[str]
    roots: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Constraints:
    """All decisions that one operation needs, for one kind of principal and purpose.

    `fields`: decision per (concrete type, field), for every field selected. `rows`: the
    visible rows per concrete type when a reference leads there (`NO_ROW`: the type is not
    opened). `roots`: decision per (root type, field). Sorted tuples, so that
    equal decisions are equal values. A coordinate that is not listed is denied by
    whoever looks it up, unless `open`: then it is allowed, with every row, and errors are told
    exactly as the GraphQL specification says, at each place of the data (`huitong serve --open`).
    """

    fields: tuple[tuple[tuple[str, str], Decision], ...]
    rows: tuple[tuple[str, RowFilter], ...]
    roots: tuple[tuple[tuple[str, str], RootDecision], ...]
    policy_version: str
    purpose: str
    open: bool = False
    _index: "_Index" = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        guard_fields = frozenset(step.field for term in self._guards() for step in term.path)
        index = _Index(dict(self.fields), dict(self.rows), dict(self.roots), guard_fields)
        object.__setattr__(self, "_index", index)

    def _guards(self) -> Iterator[GuardTerm]:
        permits = [decision for _, decision in self.fields if isinstance(decision, Permit)]
        yield from (
            term for permit in permits for candidate in permit.candidates for term in candidate.guards
        )
        yield from (term for _, rows in self.rows for terms in rows.any_of for term in terms)
        for _, decision in self.roots:
            if isinstance(decision, LookupPermit):
                yield from (term for terms in decision.rows.any_of for term in terms)
            elif isinstance(decision, RootPermit):
                yield from (term for _, rows in decision.rows for terms in rows.any_of for term in terms)

    @property
    def guard_fields(self) -> frozenset[str]:
        """The names of all fields that guards look at."""
        return self._index.guard_fields

    def field(self, type_name: str, field_name: str) -> Decision:
        """The decision for one field of one concrete type; `__typename` is always allowed."""
        if field_name == "__typename":
            return ALLOW
        return self._index.fields.get((type_name, field_name), ALLOW if self.open else _UNLISTED)

    def rows_of(self, type_name: str) -> RowFilter:
        """The rows of a concrete type that are visible when reached by a reference."""
        return self._index.rows.get(type_name, EVERY_ROW if self.open else NO_ROW)

    def root(self, type_name: str, field_name: str) -> RootDecision:
        """The decision for a field of a root type."""
        return self._index.roots.get((type_name, field_name), OPEN_ROOT if self.open else _UNLISTED)


@dataclass(frozen=True, slots=True)
class _Index:
    fields: Mapping[tuple[str, str], Decision]
    rows: Mapping[str, RowFilter]
    roots: Mapping[tuple[str, str], RootDecision]
    guard_fields: frozenset[str]


_UNLISTED = Deny(Reason.RULE)


@dataclass(frozen=True, slots=True)
class Bindings:
    """This request's values for guards: the principal's claims by name, and today's date.

    A claim that is missing, null or empty is not in `claims`.
    """

    claims: Mapping[str, tuple[str, ...]]
    today: date


__all__ = [
    "ALLOW",
    "EVERY_ROW",
    "OPEN_ROOT",
    "Bindings",
    "Candidate",
    "Constraints",
    "Decision",
    "Deny",
    "GuardTerm",
    "LookupPermit",
    "Mask",
    "MaskKind",
    "Needs",
    "Permit",
    "Reason",
    "RootDecision",
    "RootPermit",
    "RowFilter",
]
