"""The old REST service as its callers meet it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import orjson
import pytest

from demo.city import City
from demo.civil_affairs import make_app, write_data
from demo.personas import persona_ids

pytestmark = pytest.mark.anyio
TOKEN = {"X-App-Token": "s3cret"}


@pytest.fixture
async def service(city: City, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    write_data(city, tmp_path / "data.json")
    app = make_app(orjson.loads((tmp_path / "data.json").read_bytes()), "s3cret", seconds_a_call=0)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://civil-affairs") as client:
        yield client


async def test_one_person_a_call_with_kin_and_marriage_under_legacy_names(
    service: httpx.AsyncClient, city: City
) -> None:
    citizen = persona_ids(city)["citizen"].present
    answer = (await service.get(f"/api/v1/qinshu/{citizen}", headers=TOKEN)).json()
    assert answer["code"] == 0
    assert answer["data"]["sfzh"] == citizen
    kin = city.kin[citizen]
    assert [entry["xm"] for entry in answer["data"]["qsgx"]] == [entry.relative_name for entry in kin]
    assert [entry["sfzh"] for entry in answer["data"]["qsgx"]] == [entry.relative for entry in kin]
    assert {entry["brsfzh"] for entry in answer["data"]["qsgx"]} == {citizen}
    assert {"52", "11", "30"} <= {entry["gxdm"] for entry in answer["data"]["qsgx"]}
    assert [entry["posfzh"] for entry in answer["data"]["hunyin"]] == [city.marriages[citizen].spouse]


async def test_somebody_unknown_is_a_code_and_no_status(service: httpx.AsyncClient, city: City) -> None:
    answer = await service.get(f"/api/v1/qinshu/{persona_ids(city)['citizen'].absent}", headers=TOKEN)
    assert (answer.status_code, answer.json()["code"]) == (200, 404)
    assert "data" not in answer.json()


@pytest.mark.parametrize("headers", [{}, {"X-App-Token": "wrong"}, {"X-App-Token": ""}])
async def test_without_the_token_nothing_is_told(
    service: httpx.AsyncClient, city: City, headers: dict[str, str]
) -> None:
    answer = await service.get(f"/api/v1/qinshu/{city.persons[0].citizen_id}", headers=headers)
    assert answer.status_code == 401
    assert "data" not in answer.json()


async def test_it_counts_what_it_is_asked_and_nothing_else(service: httpx.AsyncClient, city: City) -> None:
    for person in city.persons[:3]:
        await service.get(f"/api/v1/qinshu/{person.citizen_id}", headers=TOKEN)
    await service.get("/_health")
    await service.get("/nowhere")
    assert (await service.get("/_stats")).json() == {"requests": 3, "paths": {"/api/v1/qinshu": 3}}
    assert (await service.post("/_stats/reset")).json() == {"requests": 0, "paths": {}}
    assert (await service.get("/_stats")).json()["requests"] == 0


async def test_it_only_answers_get(service: httpx.AsyncClient) -> None:
    assert (await service.post("/api/v1/qinshu/1", headers=TOKEN)).status_code == 405
