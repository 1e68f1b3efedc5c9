"""Who is what to whom, derived from parents and marriages, so that both sides always agree."""

from collections.abc import Iterator
from itertools import chain

from demo.city import Kin, Marriage
from demo.register import Entry


def kin_of(entry: Entry) -> tuple[Kin, ...]:
    """Ancestors, spouse, children, siblings and grandchildren of `entry`, the elder first within each."""
    return tuple(
        chain(
            _ancestors(entry),
            _spouse(entry),
            (_kin(child, "SON", "DAUGHTER") for child in _by_age(entry.children)),
            _siblings(entry),
            _grandchildren(entry),
        )
    )


def marriage_of(entry: Entry) -> Marriage | None:
    """The marriage that `entry` is in, None for who is not married."""
    if entry.spouse is None or entry.married_on is None:
        return None
    spouse = entry.spouse.person
    return Marriage(spouse.citizen_id, spouse.name, entry.married_on.isoformat())


def _ancestors(entry: Entry) -> Iterator[Kin]:
    if entry.father_name is not None:
        yield Kin("FATHER", entry.father_name, None)
    for parent in _parents(entry):
        yield _kin(parent, "FATHER", "MOTHER")
    for parent in _parents(entry):
        for grandparent in _parents(parent):
            yield _kin(grandparent, "GRANDFATHER", "GRANDMOTHER")


def _spouse(entry: Entry) -> Iterator[Kin]:
    if entry.spouse is not None:
        yield _kin(entry.spouse, "HUSBAND", "WIFE")


def _siblings(entry: Entry) -> Iterator[Kin]:
    own_rank = _age_rank(entry)
    for sibling in _by_age(entry.mother.children if entry.mother else []):
        if sibling is entry:
            continue
        if _age_rank(sibling) < own_rank:
            yield _kin(sibling, "ELDER_BROTHER", "ELDER_SISTER")
        else:
            yield _kin(sibling, "YOUNGER_BROTHER", "YOUNGER_SISTER")


def _grandchildren(entry: Entry) -> Iterator[Kin]:
    for child in _by_age(entry.children):
        for grandchild in _by_age(child.children):
            yield _kin(grandchild, "GRANDSON", "GRANDDAUGHTER")


def _kin(relative: Entry, male: str, female: str) -> Kin:
    person = relative.person
    return Kin(male if person.sex == "MALE" else female, person.name, person.citizen_id)


def _parents(entry: Entry) -> tuple[Entry, ...]:
    return tuple(parent for parent in (entry.father, entry.mother) if parent is not None)


def _by_age(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=_age_rank)


def _age_rank(entry: Entry) -> tuple[str, str]:
    return entry.person.birth_date, entry.person.citizen_id
