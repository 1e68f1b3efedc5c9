"""The personas' cases exist in every city and are what their names say."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.divisions import SERVICE_HALL
from demo.generator import MIN_PEOPLE, generate
from demo.personas import is_seen_by_clerk, persona_ids
from schema.scalars import parse_citizen_id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.one_of(st.just(MIN_PEOPLE), st.integers(MIN_PEOPLE, 300)))
def test_whatever_the_seed_everybody_has_a_case_of_each_sort(seed: int, people: int) -> None:
    city = generate(seed, people)
    ids = persona_ids(city)
    clerk, citizen = ids["clerk"], ids["citizen"]
    assert ids["anonymous"] == ids["registrar"] == clerk

    case = city.person_by_id[clerk.present]
    assert is_seen_by_clerk(case)
    assert case.household is not None
    members = city.members_by_household[case.household]
    assert any(member.division != SERVICE_HALL for member in members)
    assert any(member.status == "MOVED" for member in members)
    assert (
        len({is_seen_by_clerk(city.person_by_id[k.relative]) for k in city.kin[clerk.present] if k.relative})
        == 2
    )
    assert clerk.present in city.credit

    herself = city.person_by_id[citizen.present]
    assert herself.household is not None
    assert len(city.members_by_household[herself.household]) >= 3
    assert len(city.credit[citizen.present]) >= 1
    assert citizen.present != clerk.present

    for persona in (clerk, citizen):
        assert persona.absent not in city.person_by_id
        assert parse_citizen_id(persona.absent) == persona.absent
        assert persona.invisible != persona.present
        assert city.person_by_id[persona.moved].status == "MOVED"
        assert city.person_by_id[persona.moved].division == SERVICE_HALL
    assert city.person_by_id[clerk.invisible].status == "ACTIVE"
    assert city.person_by_id[clerk.invisible].division != SERVICE_HALL
