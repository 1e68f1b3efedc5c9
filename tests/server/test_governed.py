"""A composed supergraph under a policy, over HTTP: rows, lists, lookups and what is refused at the start."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any  # JSON

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.cli import commands
from gateway.errors import ConfigurationError
from gateway.server.deployment import deployed
from gateway.settings import load_settings
from tests.connectors.loopback import serving
from tests.policy.composed import FILES, SUPERGRAPH, rule

pytestmark = pytest.mark.anyio

WANG = {"__typename": "Citizen", "id": "1", "name": "Wang", "faith": "none"}
LI = {"__typename": "Citizen", "id": "2", "name": "Li", "faith": "some"}
ACME = {"__typename": "Company", "id": "3", "name": "Acme"}
FIELD = {"__typename": "Parcel", "district": "330203", "number": 7}
EVERYTHING = rule(
    {"read": ["Citizen.*", "Company.*", "Parcel.*"]},
    {"list": ["Citizen", "Company"]},
    rows={"Citizen": ["wang"], "Company": "all", "Parcel": "all"},
)
SHARING = {"civil": "unconditional", "tax": "unconditional"}


class Civil:
    """Answers whole rows, whatever was selected; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).json()
        self.asked.append(body["query"])
        by_id = {one["id"]: one for one in (WANG, LI, ACME)}
        given = next(
            (value for value in (body.get("variables") or {}).values() if isinstance(value, str)), ""
        )
        data = {
            "citizens": [WANG, LI],
            "holders": [WANG, ACME, LI],
            "found": [LI, FIELD, WANG],
            "citizen": by_id.get(given),
            "holder": by_id.get(given),
        }
        asked = {
            f"{name}{rest}": value for name, value in data.items() for rest in _aliases(name, body["query"])
        }
        await JSONResponse({"data": asked})(scope, receive, send)


def _aliases(name: str, document: str) -> list[str]:
    """What stands behind the field's name in the response keys that a document asks for."""
    words = document.replace("{", " ").replace(":", " ").replace("(", " ").split()
    return [word.removeprefix(name) for word in words if word == name or word.startswith(f"{name}__")]


async def tax(scope: Scope, receive: Receive, send: Send) -> None:
    """Knows holders by their id, not their types."""
    body = await Request(scope, receive).json()
    found = [
        {"__typename": "Holder", "debt": 100 * int(one["id"])} for one in body["variables"]["representations"]
    ]
    await JSONResponse({"data": {"_entities": found}})(scope, receive, send)


def write(
    folder: Path, supergraph: str, rules: Any = EVERYTHING, sharing: Mapping[str, str] = SHARING
) -> Path:
    (folder / "city.graphql").write_text(supergraph)
    for name, content in {**FILES, "rules/all.yaml": rules}.items():
        path = folder / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    settings = {"supergraph": "city.graphql", "policies": "policies", "sharing": dict(sharing)}
    (folder / "gateway.yaml").write_text(json.dumps(settings))
    return folder / "gateway.yaml"


@asynccontextmanager
async def governed(folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Civil]]:
    civil = Civil()
    application: ASGIApp = civil
    async with serving(application) as civil_url, serving(tax) as tax_url:
        text = SUPERGRAPH.replace("CIVIL_URL", civil_url).replace("TAX_URL", tax_url)
        settings = load_settings(write(folder, text), {})
        async with deployed(settings, {}) as deployment:
            transport = httpx.ASGITransport(deployment.application, client=("127.0.0.1", 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                yield client, civil


async def ask(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.post("/graphql", json={"query": query})).json()
    return answer


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ("{ citizens { name } }", {"citizens": [{"name": "Wang"}]}),
        ("{ holders { id name } }", {"holders": [{"id": "1", "name": "Wang"}, {"id": "3", "name": "Acme"}]}),
        ("{ holders { __typename } }", {"holders": [{"__typename": "Citizen"}, {"__typename": "Company"}]}),
        ("{ found { __typename } }", {"found": [{"__typename": "Citizen"}]}),
        ('{ citizen(id: "1") { name } }', {"citizen": {"name": "Wang"}}),
        ('{ citizen(id: "2") { name } }', {"citizen": None}),
        ('{ citizen(id: "2") { __typename } }', {"citizen": None}),
        ('{ citizen(id: "9") { name } }', {"citizen": None}),
        ('{ holder(id: "3") { ... on Company { name } } }', {"holder": {"name": "Acme"}}),
        ('{ holder(id: "2") { name } }', {"holder": None}),
        ("{ holders { debt } }", {"holders": [{"debt": 100}, {"debt": 300}]}),
    ],
)
async def test_clients_see_the_rows_that_are_visible_and_no_others(
    tmp_path: Path, query: str, data: dict[str, Any]
) -> None:
    async with governed(tmp_path) as (client, _):
        answer = await ask(client, query)
    assert answer["data"] == data
    assert "errors" not in answer
    assert answer["extensions"]["policy"]["purpose"] == "work"


@pytest.mark.parametrize(
    ("query", "coordinate", "reason"),
    [
        ("{ citizens { faith } }", "Citizen.faith", "directive"),
        ("{ count }", "Query.count", "rule"),
        ("{ first { id } }", "Query.first", "rule"),
        ('{ citizenByName(name: "Wang") { id } }', "Query.citizenByName", "rule"),
        ('mutation { erase(id: "1") { id } }', "Mutation.erase", "rule"),
    ],
)
async def test_what_is_denied_is_null_one_error_and_never_asked_for(
    tmp_path: Path, query: str, coordinate: str, reason: str
) -> None:
    async with governed(tmp_path) as (client, civil):
        answer = await ask(client, query)
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "ACCESS_DENIED"
    assert (error["extensions"]["coordinate"], error["extensions"]["reason"]) == (coordinate, reason)
    field = coordinate.split(".")[1]
    assert not any(field in document for document in civil.asked)


async def test_introspection_shows_what_could_ever_be_allowed_and_nothing_non_null(tmp_path: Path) -> None:
    query = """{ __schema { mutationType { name } queryType { fields { name type { kind } } } }
                 __type(name: "Citizen") { fields { name } } }"""
    async with governed(tmp_path) as (client, civil):
        data = (await ask(client, query))["data"]
        assert civil.asked == []
    roots = {one["name"]: one["type"]["kind"] for one in data["__schema"]["queryType"]["fields"]}
    assert roots.keys() == {"citizen", "holder", "parcel", "citizens", "holders", "found"}
    assert "NON_NULL" not in roots.values()
    assert data["__schema"]["mutationType"] is None
    assert {one["name"] for one in data["__type"]["fields"]} == {"id", "name", "debt"}


async def test_a_token_is_not_believed_where_no_issuer_is_named(tmp_path: Path) -> None:
    async with governed(tmp_path) as (client, _):
        response = await client.post(
            "/graphql", json={"query": "{ holders { id } }"}, headers={"Authorization": "Bearer a.b.c"}
        )
    assert response.status_code == 401


REQUIRES = SUPERGRAPH.replace(
    "debt: Int @join__field(graph: TAX)",
    'debt: Int @join__field(graph: TAX, requires: "name")',
).replace(
    "name: String @join__field(graph: CIVIL)",
    "name: String @join__field(graph: CIVIL) @join__field(graph: TAX, external: true)",
)
LEAVING = SUPERGRAPH.replace(
    'type Parcel @join__type(graph: CIVIL, key: "district number") {',
    """
    type Parcel
      @join__type(graph: CIVIL, key: "district number") @join__type(graph: TAX, key: "district number") {
      size: Int @join__field(graph: TAX, overrideLabel: "percent(5)")
        @join__field(graph: CIVIL, override: "tax", overrideLabel: "percent(5)")
      rate: Int @join__field(graph: TAX, requires: "size")""",
)
NESTED = SUPERGRAPH.replace(
    'type Parcel @join__type(graph: CIVIL, key: "district number") {',
    """
    type Seat @join__type(graph: CIVIL) @join__type(graph: TAX) {
      street: String @join__field(graph: CIVIL) @join__field(graph: TAX, external: true)
    }
    type Parcel
      @join__type(graph: CIVIL, key: "district number") @join__type(graph: TAX, key: "district number") {
      seat: Seat
      rate: Int @join__field(graph: TAX, requires: "number seat { __typename street }")
    """,
)


@pytest.mark.parametrize(
    ("supergraph", "sharing", "says"),
    [
        (
            SUPERGRAPH,
            {"civil": "unconditional"},
            "SHARING_UNSTATED {}/gateway.yaml nothing says how tax shares",
        ),
        (
            SUPERGRAPH,
            {**SHARING, "tacks": "none"},
            "SHARING_UNSTATED {}/gateway.yaml `sharing:` names 'tacks'",
        ),
        (
            SUPERGRAPH,
            {**SHARING, "tax": "conditional"},
            "SHARING_UNSUPPORTED {}/gateway.yaml tax shares its data",
        ),
        (SUPERGRAPH, {**SHARING, "tax": "none"}, "SHARING_UNSUPPORTED {}/gateway.yaml tax shares its data"),
        (
            REQUIRES,
            SHARING,
            "EXCHANGE_MISSING {}/city.graphql Holder.debt of tax requires Holder.name of civil, ",
        ),
        (
            LEAVING,
            SHARING,
            "EXCHANGE_MISSING {}/city.graphql Parcel.rate of tax requires Parcel.size of civil, ",
        ),
        (
            NESTED,
            SHARING,
            "EXCHANGE_MISSING {}/city.graphql Parcel.rate of tax requires Seat.street of civil, ",
        ),
        (SUPERGRAPH, SHARING, "SOURCE_ADDRESS {}/city.graphql the address of civil is no HTTP address"),
    ],
)
async def test_what_was_not_approved_is_not_served(
    tmp_path: Path, supergraph: str, sharing: Mapping[str, str], says: str
) -> None:
    settings = load_settings(write(tmp_path, supergraph, sharing=sharing), {})
    with pytest.raises(ConfigurationError) as refused:
        async with deployed(settings, {}):
            pass
    assert str(refused.value.findings[0]).startswith(says.format(tmp_path))
    assert "; " in str(refused.value.findings[0])


def test_the_schema_is_printed_offline_with_everything_nullable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = commands.run(["schema", "print", "--config", str(write(tmp_path, SUPERGRAPH))])
    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    assert "  holders: [Holder]\n" in printed.out
    assert "  holder(id: ID!): Holder\n" in printed.out
