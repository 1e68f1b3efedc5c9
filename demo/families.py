"""Families as a city has them: singles, couples, children at home or gone, grandparents with or without."""

from datetime import date
from random import Random
from typing import Final

from demo.city import Household
from demo.register import Entry, Register

TODAY: Final = date(2026, 1, 1)
"""The day on which the example city stands still."""

_OLDEST: Final = 1915


def add_family(register: Register) -> None:
    """Enter one family, of at least one person and no more than there is room for."""
    random = register.random
    home = register.open_household(register.draw_district())
    if register.room < 2 or random.random() < 0.15:
        _add_single(register, home)
        return
    couple = husband, wife = _add_couple(register, home)
    _add_children(register, home, husband, wife)
    for spouse in couple:
        if random.random() < 0.45:
            _add_parents(register, home, spouse)


def draw_day(random: Random, first_year: int, last_year: int) -> date:
    """A day from `first_year` to `last_year`, none of them after the city's today."""
    first, last = date(first_year, 1, 1), min(date(last_year, 12, 31), TODAY)
    return date.fromordinal(random.randint(first.toordinal(), last.toordinal()))


def _add_single(register: Register, home: Household) -> None:
    sex = register.random.choice(("MALE", "FEMALE"))
    born = draw_day(register.random, 1940, 2003)
    register.enter(home, "HEAD", sex, born, status=_draw_status(register.random, born))


def _add_couple(register: Register, home: Household) -> tuple[Entry, Entry]:
    random = register.random
    born = draw_day(random, 1948, 1996)
    husband = register.enter(home, "HEAD", "MALE", born)
    wife_born = draw_day(random, born.year - 2, born.year + 3)
    wife = register.enter(home, "WIFE", "FEMALE", wife_born, lives_in=_draw_other_address(register, 0.04))
    register.marry(husband, wife)
    return husband, wife


def _add_children(register: Register, home: Household, husband: Entry, wife: Entry) -> None:
    random = register.random
    married_on = wife.married_on or TODAY
    year = married_on.year + random.randint(1, 3)
    for _ in range(random.choices((0, 1, 2, 3), (15, 45, 32, 8))[0]):
        if year >= TODAY.year or year > wife.born.year + 42 or not register.room:
            return
        _add_child(register, home, husband, wife, draw_day(random, year, year))
        year += random.randint(2, 5)


def _add_child(register: Register, home: Household, father: Entry, mother: Entry, born: date) -> None:
    """A child: at home, registered there while living elsewhere, moved away, or head of an own household."""
    random = register.random
    sex = random.choice(("MALE", "FEMALE"))
    grown_up = born.year < TODAY.year - 22
    if grown_up and random.random() < 0.35:
        own = register.open_household(register.draw_district())
        register.enter(own, "HEAD", sex, born, father=father, mother=mother)
        return
    register.enter(
        home,
        "SON" if sex == "MALE" else "DAUGHTER",
        sex,
        born,
        lives_in=_draw_other_address(register, 0.2) if grown_up else None,
        status="MOVED" if grown_up and random.random() < 0.2 else "ACTIVE",
        father=father,
        mother=mother,
    )


def _add_parents(register: Register, home: Household, child: Entry) -> None:
    """Both parents of a spouse, in a household of their own or, the husband's, sometimes in their son's."""
    random = register.random
    if register.room < 2:
        return
    born = draw_day(random, child.born.year - 34, child.born.year - 23)
    if born.year < _OLDEST:
        return
    together = child.person.sex == "MALE" and random.random() < 0.4
    household = home if together else register.open_household(register.draw_district())
    mother_born = draw_day(random, born.year, born.year + 2)
    status, mother_status = _draw_status(random, born), _draw_status(random, mother_born)
    widow_heads = not together and status == "DECEASED"
    relations = ("FATHER", "MOTHER") if together else ("HEAD", "HEAD" if widow_heads else "WIFE")
    father = register.enter(household, relations[0], "MALE", born, status=status, surname=child.surname)
    mother = register.enter(household, relations[1], "FEMALE", mother_born, status=mother_status)
    register.marry(father, mother)
    register.record_parents(child, father, mother)


def _draw_other_address(register: Register, chance: float) -> str | None:
    """Now and then the division that somebody lives in although registered elsewhere (人户分离)."""
    return register.draw_district() if register.random.random() < chance else None


def _draw_status(random: Random, born: date) -> str:
    age = TODAY.year - born.year
    if age > 65 and random.random() < (age - 60) / 50:
        return "DECEASED"
    return "MOVED" if random.random() < 0.04 else "ACTIVE"
