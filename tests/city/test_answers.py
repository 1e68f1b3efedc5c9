"""Each persona gets exactly what the table says, about whomever it asks."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # the city and its gateways

import pytest

from demo.expected import expected_answer
from gateway.cli.check import Case, cases, differences
from gateway.cli.demo_config import load_demo_config

pytestmark = pytest.mark.anyio

PERSONAS = ("anonymous", "citizen", "clerk", "registrar")
ABOUT = ("present", "absent", "invisible", "moved")
EXAMPLES = [example.name for example in load_demo_config().examples]


@pytest.fixture(scope="module")
async def shared_gateway(city: Any) -> AsyncIterator[Any]:
    """One gateway for all answers, whose caches are warm from other personas."""
    async with city.gateway() as gateway:
        yield gateway


async def wrong(gateway: Any, case: Case) -> list[str]:
    """What of an answer is not as the table says."""
    response = await gateway.ask(case.persona.name, case.example.query, case.variables)
    assert response.status_code == 200
    prepared = gateway.city.prepared
    name = case.persona.name
    expected = expected_answer(prepared.city, case.example.query, case.variables, name, prepared.claims[name])
    return list(differences(expected, response.content))


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_answer_is_what_the_table_says(
    shared_gateway: Any, example: str, persona: str, about: str
) -> None:
    city = shared_gateway.city
    assert await wrong(shared_gateway, Case(city.example(example), city.persona(persona), about)) == []


@pytest.mark.parametrize("persona", ["citizen", "clerk"])
async def test_out_of_sight_moved_away_and_nobody_look_exactly_alike(
    shared_gateway: Any, persona: str
) -> None:
    bodies = {
        (await shared_gateway.example("move-house", persona, about)).content
        for about in ("absent", "invisible", "moved")
    }
    assert len(bodies) == 1


async def test_the_answer_says_by_which_policy_it_came_about(shared_gateway: Any) -> None:
    policy = (await shared_gateway.example("move-house", "clerk")).json()["extensions"]["policy"]
    assert policy["purpose"] == "service.household_move"
    assert {"Person.citizenId", "Person.birthDate"} <= set(policy["masked"])
    assert policy["version"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Person.sex", "Person.status"),
        ("Person: all", "Person: [local, active]"),
        ("Person.name", "Person.creditRecords"),
    ],
)
async def test_with_two_rows_of_the_policy_swapped_some_answer_is_wrong(
    city: Any, tmp_path: Path, one: str, other: str
) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(city.prepared.settings.policies, policies)
    swapped = 0
    for file in policies.glob("rules/*.yaml"):
        text = file.read_text()
        parts = text.replace(one, "\0").replace(other, one).replace("\0", other)
        swapped += parts != text
        file.write_text(parts)
    assert swapped
    async with city.gateway(policies) as gateway:
        found = []
        for case in cases([city.example("move-house"), city.example("household")], city.prepared.personas):
            found += await wrong(gateway, case)
    assert found
