"""What can be relied on in the example city, whatever its seed and size."""

import hashlib
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.city import City
from demo.divisions import load_divisions
from demo.generator import MAX_PEOPLE, MIN_PEOPLE, VERSION, generate
from schema.scalars import parse_citizen_id, parse_date, parse_division_code

INVERSES = {
    "FATHER": {"SON", "DAUGHTER"},
    "MOTHER": {"SON", "DAUGHTER"},
    "SON": {"FATHER", "MOTHER"},
    "DAUGHTER": {"FATHER", "MOTHER"},
    "HUSBAND": {"WIFE"},
    "WIFE": {"HUSBAND"},
    "GRANDFATHER": {"GRANDSON", "GRANDDAUGHTER"},
    "GRANDMOTHER": {"GRANDSON", "GRANDDAUGHTER"},
    "GRANDSON": {"GRANDFATHER", "GRANDMOTHER"},
    "GRANDDAUGHTER": {"GRANDFATHER", "GRANDMOTHER"},
    "ELDER_BROTHER": {"YOUNGER_BROTHER", "YOUNGER_SISTER"},
    "ELDER_SISTER": {"YOUNGER_BROTHER", "YOUNGER_SISTER"},
    "YOUNGER_BROTHER": {"ELDER_BROTHER", "ELDER_SISTER"},
    "YOUNGER_SISTER": {"ELDER_BROTHER", "ELDER_SISTER"},
}
MALE_RELATIONS = {
    "FATHER", "SON", "HUSBAND", "GRANDFATHER", "GRANDSON", "ELDER_BROTHER", "YOUNGER_BROTHER",
}  # fmt: skip

cities = st.builds(generate, st.integers(0, 2**32), st.integers(MIN_PEOPLE, 400))
each_city = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@each_city
@given(cities)
def test_every_identifier_code_and_date_is_valid(city: City) -> None:
    for person in city.persons:
        assert parse_citizen_id(person.citizen_id) == person.citizen_id
        assert parse_date(person.birth_date) == person.birth_date
        assert person.citizen_id[6:14] == person.birth_date.replace("-", "")
        assert (int(person.citizen_id[16]) % 2 == 1) == (person.sex == "MALE")
        assert parse_division_code(person.citizen_id[:6]) in city.divisions
        assert person.division in city.divisions
    for household in city.households:
        assert household.division in city.divisions
    for record in (record for records in city.credit.values() for record in records):
        assert parse_date(record.issued_on) == record.issued_on


@each_city
@given(st.integers(0, 2**32), st.integers(MIN_PEOPLE, 400))
def test_the_city_has_as_many_people_as_asked_for_and_no_number_twice(seed: int, people: int) -> None:
    city = generate(seed, people)
    assert len(city.persons) == len(city.person_by_id) == people
    assert len(city.households) == len(city.household_by_id)
    records = [record.id for records in city.credit.values() for record in records]
    assert len(records) == len(set(records))


@each_city
@given(cities)
def test_departments_speak_of_the_same_people(city: City) -> None:
    for citizen_id, kin in city.kin.items():
        assert citizen_id in city.person_by_id
        for entry in kin:
            if entry.relative is not None:
                assert city.person_by_id[entry.relative].name == entry.relative_name
    for citizen_id, records in city.credit.items():
        assert citizen_id in city.person_by_id
        assert {record.subject for record in records} == {citizen_id}
    assert {person.household for person in city.persons} - {None} == set(city.household_by_id)


@each_city
@given(cities)
def test_kinship_is_the_same_from_both_sides(city: City) -> None:
    for citizen_id, kin in city.kin.items():
        for entry in kin:
            if entry.relative is not None:
                back = [other.relation for other in city.kin[entry.relative] if other.relative == citizen_id]
                assert len(back) == 1
                assert back[0] in INVERSES[entry.relation]


@each_city
@given(cities)
def test_relations_agree_with_sex_and_age(city: City) -> None:
    for citizen_id, kin in city.kin.items():
        own_birth = city.person_by_id[citizen_id].birth_date
        for entry in kin:
            if entry.relative is None:
                continue
            relative = city.person_by_id[entry.relative]
            assert (relative.sex == "MALE") == (entry.relation in MALE_RELATIONS)
            if entry.relation.startswith("ELDER"):
                assert relative.birth_date <= own_birth
            if entry.relation.startswith("YOUNGER"):
                assert relative.birth_date >= own_birth


@each_city
@given(cities)
def test_marriages_are_between_two_and_after_both_were_of_age(city: City) -> None:
    for citizen_id, marriage in city.marriages.items():
        other = city.marriages[marriage.spouse]
        assert (other.spouse, other.registered_on) == (citizen_id, marriage.registered_on)
        for partner in (citizen_id, marriage.spouse):
            assert int(marriage.registered_on[:4]) - int(city.person_by_id[partner].birth_date[:4]) >= 20


@each_city
@given(cities)
def test_parents_are_older_than_their_children(city: City) -> None:
    for citizen_id, kin in city.kin.items():
        for entry in kin:
            if entry.relation in ("FATHER", "MOTHER") and entry.relative is not None:
                born, parent_born = (city.person_by_id[i].birth_date for i in (citizen_id, entry.relative))
                assert int(born[:4]) - int(parent_born[:4]) >= 16


@each_city
@given(cities)
def test_each_household_has_one_head_and_the_dead_belong_to_none(city: City) -> None:
    heads = Counter(person.household for person in city.persons if person.relation_to_head == "HEAD")
    assert heads == Counter(household.id for household in city.households)
    for person in city.persons:
        assert (
            (person.household is None) == (person.status == "DECEASED") == (person.relation_to_head is None)
        )


def test_the_same_seed_makes_the_same_city_and_another_seed_another() -> None:
    assert generate(7, 200) == generate(7, 200)
    assert generate(7, 200).persons != generate(8, 200).persons


def test_whoever_changes_what_a_seed_gives_raises_the_version() -> None:
    city = generate(1, 300)
    made = repr((city.persons, city.households, city.kin, city.marriages, city.credit))
    assert (VERSION, hashlib.sha256(made.encode()).hexdigest()[:16]) == (1, "8d7e740fabbe72e0")


def test_progress_is_told_and_ends_with_all_people() -> None:
    told: list[tuple[int, int]] = []
    generate(1, 1200, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1] == (1200, 1200)


@pytest.mark.parametrize("people", [MIN_PEOPLE - 1, 0, -1, MAX_PEOPLE + 1])
def test_a_city_too_small_or_too_large_is_refused(people: int) -> None:
    with pytest.raises(ValueError, match="people"):
        generate(1, people)


def test_divisions_are_the_real_ones_and_lead_up_to_their_province() -> None:
    divisions = load_divisions()
    assert len(divisions) > 3300
    names = []
    code: str | None = "330203"
    while code is not None:
        names.append(divisions[code].name)
        code = divisions[code].parent
    assert names == ["海曙区", "宁波市", "浙江省"]
    assert all(each.parent is None or each.parent in divisions for each in divisions.values())
