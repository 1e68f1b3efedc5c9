"""The people whom the personas ask about: planted first, so that every city has them, whatever its seed.

One family around the service hall's district shows all that a clerk may and may not see; another, elsewhere,
is a citizen's own.
"""

from typing import Final

from demo.divisions import SERVICE_HALL
from demo.families import draw_day
from demo.register import Entry, Register

LANDMARKS: Final = 11
"""How many people are planted."""


def add_landmarks(register: Register) -> tuple[Entry, ...]:
    """Plant both families; returns those who must have credit records: the clerk's case and the citizen."""
    return _add_family_of_the_clerks_case(register), _add_family_of_the_citizen(register)


def _add_family_of_the_clerks_case(register: Register) -> Entry:
    """A household at the service hall, a member living elsewhere, one moved, kin in and out of sight."""
    random = register.random
    grandmother_home = register.open_household(SERVICE_HALL)
    home = register.open_household(SERVICE_HALL)
    brother_home = register.open_household("330206")

    surname = "王"
    grandfather = register.enter(
        grandmother_home, "HEAD", "MALE", draw_day(random, 1948, 1950), status="DECEASED", surname=surname
    )
    grandmother = register.enter(grandmother_home, "HEAD", "FEMALE", draw_day(random, 1950, 1952))
    register.marry(grandfather, grandmother)
    head = register.enter(
        home, "HEAD", "MALE", draw_day(random, 1975, 1976), father=grandfather, mother=grandmother
    )
    register.enter(
        brother_home, "HEAD", "MALE", draw_day(random, 1978, 1980), father=grandfather, mother=grandmother
    )
    wife = register.enter(home, "WIFE", "FEMALE", draw_day(random, 1976, 1978))
    register.marry(head, wife)
    register.enter(
        home, "SON", "MALE", draw_day(random, 2000, 2000), lives_in="330212", father=head, mother=wife
    )
    register.enter(
        home, "DAUGHTER", "FEMALE", draw_day(random, 2002, 2003), status="MOVED", father=head, mother=wife
    )
    return head


def _add_family_of_the_citizen(register: Register) -> Entry:
    """A household of three in another district, and a mother in a third."""
    random = register.random
    home = register.open_household("330205")
    mother_home = register.open_household("330212")

    mother = register.enter(mother_home, "HEAD", "FEMALE", draw_day(random, 1960, 1962))
    husband = register.enter(home, "HEAD", "MALE", draw_day(random, 1986, 1988))
    citizen = register.enter(home, "WIFE", "FEMALE", draw_day(random, 1987, 1989))
    register.record_mother(citizen, mother)
    register.marry(husband, citizen)
    register.enter(home, "DAUGHTER", "FEMALE", draw_day(random, 2015, 2018), father=husband, mother=citizen)
    return citizen
