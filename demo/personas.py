"""Whom each persona asks about: the ids that show what the policy lets through and what it does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from demo.city import City, Person
from demo.divisions import SERVICE_HALL
from schema.scalars import citizen_id_check_char


@dataclass(frozen=True, slots=True)
class PersonaIds:
    """Citizen ids of a persona's cases.

    `present` may be seen, `absent` is valid and nobody's, `invisible` is somebody whom the persona may not
    see, `moved` somebody who was registered at the service hall's district and moved away.
    """

    present: str
    absent: str
    invisible: str
    moved: str


def persona_ids(city: City) -> Mapping[str, PersonaIds]:
    """The ids of each persona, by the persona's name; anonymous and registrar ask about the clerk's."""
    absent = _absent_id(city)
    case = _first(city, _is_clerks_case)
    household = city.members_by_household[case.household or ""]
    moved = next(person for person in household if person.status == "MOVED")
    elsewhere = next(person for person in household if person.division != SERVICE_HALL)
    clerk = PersonaIds(case.citizen_id, absent, elsewhere.citizen_id, moved.citizen_id)

    citizen = _first(city, _is_citizen)
    others = (person for person in city.members_by_household[citizen.household or ""] if person != citizen)
    own = PersonaIds(citizen.citizen_id, absent, next(others).citizen_id, moved.citizen_id)
    return {"anonymous": clerk, "citizen": own, "clerk": clerk, "registrar": clerk}


def is_seen_by_clerk(person: Person) -> bool:
    """True for who lives in the service hall's district and is registered as active."""
    return person.division == SERVICE_HALL and person.status == "ACTIVE"


def _is_clerks_case(city: City, person: Person) -> bool:
    """Seen, with a household that holds one who lives elsewhere and one who moved, and kin of both sorts."""
    if not is_seen_by_clerk(person) or person.household is None or person.citizen_id not in city.credit:
        return False
    members = city.members_by_household[person.household]
    kin = _relatives(city, person)
    return (
        city.household_by_id[person.household].division == SERVICE_HALL
        and any(member.division != SERVICE_HALL for member in members)
        and any(member.status == "MOVED" and member.division == SERVICE_HALL for member in members)
        and any(is_seen_by_clerk(relative) for relative in kin)
        and any(not is_seen_by_clerk(relative) for relative in kin)
    )


def _is_citizen(city: City, person: Person) -> bool:
    """At home outside the clerk's district, three or more to the household, kin elsewhere, and credit."""
    return (
        person.household is not None
        and person.status == "ACTIVE"
        and person.division != SERVICE_HALL
        and person.citizen_id in city.credit
        and city.household_by_id[person.household].division == person.division
        and len(city.members_by_household[person.household]) >= 3
        and any(relative.division != person.division for relative in _relatives(city, person))
    )


def _relatives(city: City, person: Person) -> list[Person]:
    kin = city.kin.get(person.citizen_id, ())
    return [city.person_by_id[entry.relative] for entry in kin if entry.relative is not None]


def _first(city: City, fits: Callable[[City, Person], bool]) -> Person:
    return next(person for person in city.persons if fits(city, person))


def _absent_id(city: City) -> str:
    """A valid citizen id of the district that nobody in the city has."""
    bodies = (f"{SERVICE_HALL}19000101{sequence:03d}" for sequence in count(1))
    ids = (body + citizen_id_check_char(body) for body in bodies)
    return next(citizen_id for citizen_id in ids if citizen_id not in city.person_by_id)
