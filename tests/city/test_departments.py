"""How often departments are asked, and what is left when one of them is down."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # the city, its gateways, and JSON

import pytest

from demo.expected import expected_answer
from gateway.cli.check import differences

pytestmark = pytest.mark.anyio


async def counted(
    gateway: Any, persona: str, query: str, variables: dict[str, str]
) -> tuple[Any, dict[str, int]]:
    """The answer, and how many requests each department got for it."""
    before = await gateway.city.requests()
    response = await gateway.ask(persona, query, variables)
    after = await gateway.city.requests()
    return response.json(), {source: after[source] - before[source] for source in after}


def own(gateway: Any, persona: str) -> dict[str, str]:
    return {"id": gateway.city.persona(persona).ids["present"]}


async def test_the_registrars_query_asks_no_department_twice_for_a_level(
    gateway: Any, statements: Any
) -> None:
    query = gateway.city.example("move-house").query
    answer, requests = await counted(gateway, "registrar", query, own(gateway, "registrar"))
    assert len(answer["data"]["person"]["household"]["members"]) > 1
    assert len(answer["data"]["person"]["kin"]) > 1
    # The person with household and division, the members, and in the end the relatives.
    assert len(statements.texts) == 3, statements.texts
    assert requests == {"civil-affairs": 1, "credit-centre": 0}


async def test_the_citizens_credit_is_one_request(gateway: Any) -> None:
    query = gateway.city.example("move-house").query
    answer, requests = await counted(gateway, "citizen", query, own(gateway, "citizen"))
    assert answer["data"]["person"]["creditRecords"]
    assert requests == {"civil-affairs": 1, "credit-centre": 1}


async def test_a_department_that_takes_one_person_a_call_is_asked_once_for_each(
    gateway: Any, statements: Any
) -> None:
    query = "query ($id: CitizenId!) { person(id: $id) { household { members { kin { relativeName } } } } }"
    answer, requests = await counted(gateway, "registrar", query, own(gateway, "registrar"))
    members = answer["data"]["person"]["household"]["members"]
    assert len(members) > 2
    assert requests == {"civil-affairs": len(members), "credit-centre": 0}
    assert len(statements.texts) == 2, statements.texts


async def test_what_nobody_selected_or_may_see_is_asked_of_nobody(gateway: Any, statements: Any) -> None:
    query = "query ($id: CitizenId!) { person(id: $id) { creditRecords { id } } }"
    answer, requests = await counted(gateway, "anonymous", query, own(gateway, "clerk"))
    assert answer["data"] == {"person": None}
    assert (requests, statements.texts) == ({"civil-affairs": 0, "credit-centre": 0}, [])


@pytest.fixture
async def restored(city: Any) -> AsyncIterator[None]:
    """Whatever a test stops or moves is back afterwards."""
    yield
    move(away_from(city), city.database)
    await city.supervisor.start_again()


def away_from(city: Any) -> Path:
    return Path(f"{city.database}.away")


def move(file: Path, to: Path) -> None:
    """Move a file that is there."""
    if file.exists():
        file.rename(to)


async def expect_without(gateway: Any, persona: str, field: str, source: str, department: str) -> None:
    """The persona's answer must be right but for one field of the person, which is null with one error."""
    prepared, query = gateway.city.prepared, gateway.city.example("move-house").query
    variables, claims = own(gateway, persona), prepared.claims[persona]
    right = expected_answer(prepared.city, query, variables, persona, claims)
    answer = (await gateway.ask(persona, query, variables)).json()
    assert answer["data"] == {"person": {**right.data["person"], field: None}}  # type: ignore[dict-item]  # a person
    [error] = [one for one in answer["errors"] if one["extensions"]["code"] != "ACCESS_DENIED"]
    assert error["extensions"]["code"] in ("SOURCE_UNAVAILABLE", "SOURCE_TIMEOUT")
    assert error["extensions"]["source"] == source
    assert error["extensions"]["department"] == department
    assert error["extensions"]["coordinate"] == f"Person.{field}"
    assert error["extensions"]["responsePath"] == ["person", field]
    assert len(answer["errors"]) == 1 + len(right.denied)


async def expect_right(gateway: Any, persona: str) -> None:
    prepared, query = gateway.city.prepared, gateway.city.example("move-house").query
    variables = own(gateway, persona)
    right = expected_answer(prepared.city, query, variables, persona, prepared.claims[persona])
    answer = await gateway.ask(persona, query, variables)
    assert list(differences(right, answer.content)) == []


@pytest.mark.parametrize(
    ("source", "department", "field", "persona"),
    [
        ("civil-affairs", "民政局", "kin", "registrar"),
        ("civil-affairs", "民政局", "kin", "citizen"),
        ("credit-centre", "信用中心", "creditRecords", "citizen"),
    ],
)
async def test_without_a_department_the_rest_arrives_and_it_comes_back_with_it(
    city: Any, restored: None, source: str, department: str, field: str, persona: str
) -> None:
    async with city.gateway() as gateway:
        await city.kill(source)
        await expect_without(gateway, persona, field, source, department)
        await city.supervisor.start_again()
    async with city.gateway() as gateway:
        await expect_right(gateway, persona)


async def test_a_gateway_starts_while_departments_are_down(city: Any, restored: None) -> None:
    await city.kill("civil-affairs")
    async with city.gateway() as gateway:
        await expect_without(gateway, "registrar", "kin", "civil-affairs", "民政局")


async def test_without_the_register_nobody_is_found_and_nobody_else_is_asked(
    city: Any, restored: None
) -> None:
    async with city.gateway() as gateway:
        move(city.database, away_from(city))
        query = city.example("move-house").query
        answer, requests = await counted(gateway, "registrar", query, own(gateway, "registrar"))
        assert answer["data"] == {"person": None}
        [error] = [one for one in answer["errors"] if one["extensions"]["code"] != "ACCESS_DENIED"]
        assert error["extensions"]["code"] == "SOURCE_UNAVAILABLE"
        assert error["extensions"]["coordinate"] == "Query.person"
        assert error["extensions"]["department"] == "公安局"
        assert requests == {"civil-affairs": 0, "credit-centre": 0}
        assert city.database.name not in {file.name for file in city.files()}
        move(away_from(city), city.database)
    async with city.gateway() as gateway:
        await expect_right(gateway, "registrar")
