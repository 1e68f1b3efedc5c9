"""Makes the example city: the same seed and number of people give the same city, on every machine."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from demo.city import City, CreditRecord
from demo.divisions import load_divisions
from demo.families import TODAY, add_family, draw_day
from demo.kinship import kin_of, marriage_of
from demo.landmarks import add_landmarks
from demo.register import Entry, Register

VERSION: Final = 1
"""Grows whenever the same seed gives another city; data made by an older version is made anew."""

MIN_PEOPLE: Final = 50
MAX_PEOPLE: Final = 200_000

_KINDS: Final = (("COMMENDATION", "AB"), ("CONTRACT", "ABC"), ("PENALTY", "CD"), ("DEFAULT", "D"))
_STEP: Final = 500

Progress = Callable[[int, int], None]
"""Called with the number of people done and the number of all."""


def generate(seed: int, people: int, progress: Progress | None = None) -> City:
    """A city of exactly `people` people.

    Raises ValueError when `people` is not from MIN_PEOPLE to MAX_PEOPLE.
    """
    if not MIN_PEOPLE <= people <= MAX_PEOPLE:
        raise ValueError(f"the example city has {MIN_PEOPLE} to {MAX_PEOPLE} people")
    random = Random(seed)  # noqa: S311 - invented people, nothing secret
    register = Register(random, capacity=people)
    with_credit = add_landmarks(register)
    reported = 0
    while register.room:
        add_family(register)
        if progress and len(register.entries) - reported >= _STEP:
            reported = len(register.entries)
            progress(reported, people)
    city = _settle(seed, register, _credit(random, register.entries, with_credit))
    if progress:
        progress(people, people)
    return city


def _settle(seed: int, register: Register, credit: dict[str, tuple[CreditRecord, ...]]) -> City:
    """Turn the register into a city; households that nobody is left in are closed."""
    persons = tuple(entry.person for entry in register.entries)
    inhabited = {person.household for person in persons}
    kin = {entry.person.citizen_id: kin_of(entry) for entry in register.entries}
    marriages = {entry.person.citizen_id: marriage_of(entry) for entry in register.entries}
    return City(
        seed=seed,
        divisions=load_divisions(),
        persons=persons,
        households=tuple(household for household in register.households if household.id in inhabited),
        kin={citizen_id: entries for citizen_id, entries in kin.items() if entries},
        marriages={citizen_id: marriage for citizen_id, marriage in marriages.items() if marriage},
        credit=credit,
    )


def _credit(
    random: Random, entries: Sequence[Entry], always: Sequence[Entry]
) -> dict[str, tuple[CreditRecord, ...]]:
    """Credit records for a fifth of the grown-ups, and two or more for each of `always`; the oldest first."""
    credit: dict[str, tuple[CreditRecord, ...]] = {}
    number = 0
    for entry in entries:
        count = random.randint(2, 3) if entry in always else random.randint(1, 3)
        is_adult = entry.born.year <= TODAY.year - 19 and entry.person.status != "DECEASED"
        if entry not in always and not (is_adult and random.random() < 0.2):
            continue
        days = sorted(draw_day(random, max(2014, entry.born.year + 18), TODAY.year - 1) for _ in range(count))
        records = []
        for day in days:
            number += 1
            kind, levels = random.choice(_KINDS)
            record_id = f"XY{day.year}{number:07d}"
            records.append(
                CreditRecord(record_id, kind, random.choice(levels), day.isoformat(), entry.person.citizen_id)
            )
        credit[entry.person.citizen_id] = tuple(records)
    return credit
