"""The credit centre's subgraph as a gateway meets it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from demo.city import City
from demo.credit_centre import Records, make_app, sdl
from demo.personas import persona_ids

pytestmark = pytest.mark.anyio

ENTITIES = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Person {
      citizenId
      creditRecords { id kind level issuedOn subject { __typename ... on Person { citizenId } } }
    }
    ... on CreditRecord { id level }
  }
}
"""

# Any: the JSON that the service answers, looked into by the tests.
Answer = dict[str, Any]


@pytest.fixture
async def service(city: City) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=make_app(Records(city.credit)))
    async with httpx.AsyncClient(transport=transport, base_url="http://credit-centre") as client:
        yield client


async def ask(service: httpx.AsyncClient, *representations: dict[str, str]) -> Answer:
    body = {"query": ENTITIES, "variables": {"representations": representations}}
    answer: Answer = (await service.post("/graphql", json=body)).json()
    assert "errors" not in answer
    return answer


async def test_many_people_are_answered_in_one_request_in_their_order(
    service: httpx.AsyncClient, city: City
) -> None:
    asked = [person.citizen_id for person in city.persons[:20]]
    answer = await ask(service, *({"__typename": "Person", "citizenId": each} for each in asked))
    entities = answer["data"]["_entities"]
    assert [entity["citizenId"] for entity in entities] == asked
    for citizen_id, entity in zip(asked, entities, strict=True):
        records = city.credit.get(citizen_id, ())
        assert entity["creditRecords"] == [
            {
                "id": record.id,
                "kind": record.kind,
                "level": record.level,
                "issuedOn": record.issued_on,
                "subject": {"__typename": "Person", "citizenId": citizen_id},
            }
            for record in records
        ]


async def test_who_has_no_records_or_is_unknown_gets_an_empty_list(
    service: httpx.AsyncClient, city: City
) -> None:
    without = next(person.citizen_id for person in city.persons if person.citizen_id not in city.credit)
    asked = (without, persona_ids(city)["clerk"].absent)
    answer = await ask(service, *({"__typename": "Person", "citizenId": each} for each in asked))
    assert [entity["creditRecords"] for entity in answer["data"]["_entities"]] == [[], []]


async def test_a_record_is_found_by_its_number_and_one_that_does_not_exist_is_null(
    service: httpx.AsyncClient, city: City
) -> None:
    record = next(iter(city.credit.values()))[0]
    answer = await ask(
        service, {"__typename": "CreditRecord", "id": record.id}, {"__typename": "CreditRecord", "id": "XY0"}
    )
    assert answer["data"]["_entities"] == [{"id": record.id, "level": record.level}, None]


async def test_it_tells_its_sdl(service: httpx.AsyncClient) -> None:
    answer = (await service.post("/graphql", json={"query": "{ _service { sdl } }"})).json()
    assert f"{answer['data']['_service']['sdl']}\n" == sdl()


async def test_it_counts_requests_not_entities(service: httpx.AsyncClient, city: City) -> None:
    await ask(service, *({"__typename": "Person", "citizenId": each.citizen_id} for each in city.persons[:9]))
    await service.get("/_health")
    assert (await service.get("/_stats")).json() == {"requests": 1, "paths": {"/graphql": 1}}
    await service.post("/_stats/reset")
    assert (await service.get("/_stats")).json()["requests"] == 0
