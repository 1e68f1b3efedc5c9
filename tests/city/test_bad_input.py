"""What is wrong is refused with one clear error, before any department is asked."""

import json
from datetime import timedelta
from typing import Any  # the city, its gateways, and JSON

import httpx
import pytest

from gateway.cli.serving import ISSUER
from gateway.identity import DevKey

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


async def refused(gateway: Any, statements: Any, **request: Any) -> tuple[int, dict[str, Any]]:
    """Status and extensions of the one error that a request gets; no department may hear of it."""
    before = await gateway.city.requests()
    response: httpx.Response = await gateway.client.post("/graphql", **request)
    assert await gateway.city.requests() == before
    assert statements.texts == []
    [error] = response.json()["errors"]
    assert "data" not in response.json()
    assert "Traceback" not in response.text
    assert len(error["message"].splitlines()) == 1
    return response.status_code, error["extensions"]


def bearer(city: Any, name: str, **headers: str) -> dict[str, str]:
    persona = city.persona(name)
    return {"Authorization": f"Bearer {persona.token}", "Huitong-Purpose": persona.purpose, **headers}


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ('{ person(id: "330203199001011230") { name } }', None, "GRAPHQL_VALIDATION_FAILED"),
        (
            "query ($id: CitizenId!) { person(id: $id) { name } }",
            {"id": "330203199001011230"},
            "BAD_USER_INPUT",
        ),
        ("query ($id: CitizenId!) { person(id: $id) { name } }", {}, "BAD_USER_INPUT"),
        ("{ person { name } }", None, "GRAPHQL_VALIDATION_FAILED"),
        ('{ person(id: "1") { shoeSize } }', None, "GRAPHQL_VALIDATION_FAILED"),
        ("{ person(", None, "GRAPHQL_PARSE_FAILED"),
        ("{ a " * 5_000 + "}" * 5_000, None, "LIMIT_EXCEEDED"),
        ("{ a(b: " + "[" * 5_000, None, "LIMIT_EXCEEDED"),
        ("{ " + "a " * 20_000 + "}", None, "LIMIT_EXCEEDED"),
    ],
)
async def test_a_query_that_is_wrong(
    gateway: Any, statements: Any, query: str, variables: dict[str, str] | None, code: str
) -> None:
    headers = bearer(gateway.city, "registrar", Accept="application/graphql-response+json")
    body = {"query": query, "variables": variables}
    before = await gateway.city.requests()
    response = await gateway.client.post("/graphql", json=body, headers=headers)
    assert await gateway.city.requests() == before
    assert statements.texts == []
    assert response.status_code == 400
    assert "data" not in response.json()
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {code}
    assert "199001011230" not in response.text
    assert "Did you mean" not in response.text


async def test_twenty_megabytes(gateway: Any, statements: Any) -> None:
    status, extensions = await refused(gateway, statements, content=b" " * 20_000_000, headers=JSON)
    assert (status, extensions["code"], extensions["limit"]) == (413, "LIMIT_EXCEEDED", "bytes")


async def test_invalid_utf_8(gateway: Any, statements: Any) -> None:
    status, extensions = await refused(gateway, statements, content=b'{"query": "\xff"}', headers=JSON)
    assert (status, extensions["code"]) == (400, "BAD_REQUEST")


async def test_a_forged_and_an_expired_token(gateway: Any, statements: Any, tmp_path: Any) -> None:
    forger = DevKey.load_or_create(tmp_path, ISSUER)
    issuer = DevKey.load_or_create(gateway.city.prepared.directory, ISSUER)
    roles, purposes = ["registrar"], ["registry.maintenance"]
    forged = forger.sign("registrar", roles, purposes)
    expired = issuer.sign("registrar", roles, purposes, lifetime=timedelta(hours=-1))
    for token in (forged, expired, "none", forged.rsplit(".", 1)[0] + "."):
        headers = {"Authorization": f"Bearer {token}", "Huitong-Purpose": "registry.maintenance"}
        status, extensions = await refused(
            gateway, statements, json={"query": "{ __typename }"}, headers=headers
        )
        assert (status, extensions["code"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("purpose", ["registry.maintenance", "open", "no.such.purpose"])
async def test_a_purpose_that_the_token_does_not_permit(gateway: Any, statements: Any, purpose: str) -> None:
    headers = {**bearer(gateway.city, "citizen"), "Huitong-Purpose": purpose}
    status, extensions = await refused(gateway, statements, json={"query": "{ __typename }"}, headers=headers)
    assert (status, extensions["code"]) == (403, "PURPOSE_NOT_PERMITTED")


async def test_a_purpose_that_is_not_stated(gateway: Any, statements: Any) -> None:
    headers = bearer(gateway.city, "citizen")
    del headers["Huitong-Purpose"]
    status, extensions = await refused(gateway, statements, json={"query": "{ __typename }"}, headers=headers)
    assert (status, extensions["code"]) == (400, "PURPOSE_REQUIRED")


async def test_a_persona_is_nobody_without_its_token(gateway: Any) -> None:
    query = {"query": "{ __typename }"}
    headers = {"Huitong-Purpose": "registry.maintenance", "X-Roles": "registrar"}
    response = await gateway.client.post("/graphql", content=json.dumps(query), headers={**JSON, **headers})
    assert response.status_code == 403
