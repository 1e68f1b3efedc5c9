"""What the example city consists of: plain values, the same for every department.

All people are invented; a likeness to somebody real, citizen ids included, is chance. Enumerated values
stand as the unified types name them (`MALE`, `ACTIVE`, `WIFE`); the departments translate them into codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from demo.divisions import Division


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the residence register. `birth_date` is YYYY-MM-DD, `division` where the person lives.

    Who died belongs to no household any more: `household` and `relation_to_head` are None.
    """

    citizen_id: str
    name: str
    sex: str
    birth_date: str
    status: str
    division: str
    household: str | None
    relation_to_head: str | None


@dataclass(frozen=True, slots=True)
class Household:
    """A household: its number, address and division."""

    id: str
    address: str
    division: str


@dataclass(frozen=True, slots=True)
class Kin:
    """One entry of somebody's kin: what the relative is to them; no id where nobody knows it."""

    relation: str
    relative_name: str
    relative: str | None


@dataclass(frozen=True, slots=True)
class Marriage:
    """A marriage as one of the two sees it. `registered_on` is YYYY-MM-DD."""

    spouse: str
    spouse_name: str
    registered_on: str


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """One credit record; `subject` is a citizen id, `issued_on` is YYYY-MM-DD."""

    id: str
    kind: str
    level: str
    issued_on: str
    subject: str


@dataclass(frozen=True)
class City:
    """Everything that the departments know, and the seed that it grew from.

    `kin`, `marriages` and `credit` are by citizen id; who has none is not in them.
    """

    seed: int
    divisions: Mapping[str, Division]
    persons: tuple[Person, ...]
    households: tuple[Household, ...]
    kin: Mapping[str, tuple[Kin, ...]]
    marriages: Mapping[str, Marriage]
    credit: Mapping[str, tuple[CreditRecord, ...]]

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        """Every person by citizen id."""
        return {person.citizen_id: person for person in self.persons}

    @cached_property
    def household_by_id(self) -> Mapping[str, Household]:
        """Every household by its number."""
        return {household.id: household for household in self.households}

    @cached_property
    def members_by_household(self) -> Mapping[str, tuple[Person, ...]]:
        """The members of each household, by its number, in the order of their citizen ids."""
        members: dict[str, list[Person]] = {household.id: [] for household in self.households}
        for person in sorted(self.persons, key=lambda person: person.citizen_id):
            if person.household is not None:
                members[person.household].append(person)
        return {number: tuple(people) for number, people in members.items()}
