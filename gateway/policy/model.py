"""The policy language as values: what the files say, checked, with wildcards expanded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from connectors.base import GuardTerm
from gateway.constraints import Mask
from gateway.policy.documents import Place

Coordinate: TypeAlias = tuple[str, str]
"""A field of a concrete type: (type, field)."""


class Right(Enum):
    """What may be done with a field, or with a type (`LIST`)."""

    READ = "read"
    LOOKUP = "lookup"
    USE = "use"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Grade:
    """A label, or the clearance for labels: a level (0 is the lowest) and categories."""

    level: int
    categories: frozenset[str]

    def covers(self, label: "Grade") -> bool:
        """True when the level is at least as high and no category is missing."""
        return self.level >= label.level and self.categories >= label.categories

    def joined(self, other: "Grade") -> "Grade":
        """The highest level and the union of the categories."""
        return Grade(max(self.level, other.level), self.categories | other.categories)


@dataclass(frozen=True, slots=True)
class MaskRule:
    """A mask with the scalars it is for and the label of what it leaves."""

    mask: Mask
    scalars: frozenset[str]
    yields: Grade


@dataclass(frozen=True, slots=True)
class Purpose:
    """What data may be asked for; `default_for`: the roles that need not state it."""

    name: str
    default_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a type on which a rule's allows hold: where all `guards` do.

    `reached`: only rows to which a reference from a visible row leads.
    """

    guards: frozenset[GuardTerm] = frozenset()
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a rule allows: from the first on, until the day before the second."""

    begins: date = date.min
    ends: date = date.max

    def holds(self, day: date) -> bool:
        """True on the days of validity; without an end, always from the first on."""
        return self.begins <= day and (day < self.ends or self.ends == date.max)

    def overlaps(self, other: "Validity") -> bool:
        """True when both hold on some day."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class Allow:
    """One right on one field, perhaps through a mask that leaves a value of label `yields`.

    `place`: where the rule says so, for staff.
    """

    right: Right
    coordinate: Coordinate
    mask: Mask | None = None
    yields: Grade | None = None
    place: Place = field(default=Place("?"), compare=False)


@dataclass(frozen=True, slots=True)
class Denial:
    """A right taken from a field, for some roles and purposes (None: for all). Never ends by itself."""

    right: Right
    coordinate: Coordinate
    roles: frozenset[str] | None = None
    purposes: frozenset[str] | None = None

    def meets(self, roles: frozenset[str], purpose: str) -> bool:
        """True when it is aimed at one of these roles asking for this purpose."""
        return (self.roles is None or not self.roles.isdisjoint(roles)) and (
            self.purposes is None or purpose in self.purposes
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One file of rules/: who may do what, for what, on which rows, and when.

    `lists`: the types whose root lists it opens.
    """

    file: str
    roles: frozenset[str]
    purposes: frozenset[str]
    validity: Validity
    rows: Mapping[str, Rows]
    allows: tuple[Allow, ...]
    denials: tuple[Denial, ...]
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A whole policy, ready to decide. `labels` has no entry for a field that nobody labelled."""

    version: str
    labels: Mapping[Coordinate, Grade]
    clearances: Mapping[str, Grade]
    purposes: Mapping[str, Purpose]
    rules: tuple[Rule, ...]
    denials: tuple[Denial, ...]
