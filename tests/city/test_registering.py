"""A department registers the service that it runs, whatever framework prints its schema, and is asked with the others."""

import shutil
from pathlib import Path
from typing import Any  # the city, and JSON

import pytest

from gateway.errors import ConfigurationError
from tests.city.conftest import ROOT
from tests.city.subgraphs import subgraph

pytestmark = pytest.mark.anyio

# As each style of library prints the same schema for `_service`.
EXTENDING = """
scalar CitizenId
extend type Query { fine(id: ID!): Fine }
type Fine @key(fields: "id") { id: ID! cents: Int }
extend type Person @key(fields: "citizenId") { citizenId: CitizenId! @external fines: [Fine!]! }
"""
EXTENDS = """
scalar CitizenId

type Query {
  fine(id: ID!): Fine
}

type Fine @key(fields: "id") {
  id: ID!
  cents: Int
}

type Person @key(fields: "citizenId") @extends {
  citizenId: CitizenId! @external
  fines: [Fine!]!
}
"""
LINKED = """
schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"]) {
  query: Query
}

scalar CitizenId

type Fine @key(fields: "id") {
  id: ID!
  cents: Int
}

type Person @key(fields: "citizenId") {
  citizenId: CitizenId!
  fines: [Fine!]!
}

type Query {
  _entities(representations: [_Any!]!): [_Entity]!
  _service: _Service!
}

scalar _Any

union _Entity = Fine | Person

type _Service {
  sdl: String!
}
"""
COMPLETED = """
schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
{
  query: Query
}

extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.5", as: "fed", import: [{name: "@key", as: "@found"}])

directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

directive @found(fields: fed__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE

directive @fed__shareable repeatable on OBJECT | FIELD_DEFINITION

type Fine
  @found(fields: "id")
{
  id: ID!
  cents: Int
}

type Person
  @found(fields: "citizenId")
{
  citizenId: CitizenId!
  fines: [Fine!]!
}

scalar CitizenId

enum link__Purpose {
  SECURITY
  EXECUTION
}

scalar link__Import

scalar fed__FieldSet

scalar _Any

type _Service {
  sdl: String
}

union _Entity = Fine | Person

type Query {
  fine(id: ID!): Fine
  _entities(representations: [_Any!]!): [_Entity]!
  _service: _Service!
}
"""
QUERY = """query ($id: CitizenId!) {
  person(id: $id) { name household { members { citizenId fines { id cents } } } }
}"""


def fines(representation: Any) -> Any:
    """Everybody has one fine, in cents the last four digits of the citizen's number."""
    return {"fines": [{"id": representation["citizenId"], "cents": int(representation["citizenId"][-5:-1])}]}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The example city's settings, with a policy that opens fines to registrars."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    add(
        folder / "policies/labels.yaml",
        "fields:\n"
        "  Person.fines: {level: internal, categories: [personal]}\n"
        '  "Fine.*": {level: internal, categories: [personal]}\n',
    )
    (folder / "policies/rules/fines.yaml").write_text(
        "title: {zh: 罚款, en: Fines}\nowner: police\nroles: [registrar]\npurposes: [registry.maintenance]\n"
        "rows: {Person: all, Fine: reached}\n"
        'allow: [{read: [Person.fines, "Fine.*"]}]\n'
    )
    return folder


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def register(config: Path, url: str) -> None:
    (config / "departments/police.yaml").write_text(
        "source: police\ndepartment: {name: 交警支队}\nconnector: graphql\n"
        f"url: {url}\nsharing: unconditional\n",
        "utf-8",
    )


@pytest.mark.parametrize(
    "sdl",
    [EXTENDING, EXTENDS, LINKED, COMPLETED],
    ids=["federation 1", "federation 1 with @extends", "federation 2", "federation 2 completed, own names"],
)
async def test_its_data_stand_beside_those_of_others(city: Any, config: Path, sdl: str) -> None:
    with subgraph(sdl, fines) as url:
        register(config, url)
        async with city.gateway(config / "policies", config / "departments") as gateway:
            id = city.persona("registrar").ids["present"]
            answer = (await gateway.ask("registrar", QUERY, {"id": id})).json()
            denied = (await gateway.ask("clerk", QUERY, {"id": id})).json()

    members = answer["data"]["person"]["household"]["members"]
    assert "errors" not in answer and answer["data"]["person"]["name"]
    assert len(members) > 1
    for member in members:
        own = member["citizenId"]
        assert member["fines"] == [{"id": own, "cents": int(own[-5:-1])}]
    assert {one["fines"] for one in denied["data"]["person"]["household"]["members"]} == {None}


async def test_a_gateway_does_not_start_while_a_service_without_a_file_is_down(
    city: Any, config: Path
) -> None:
    register(config, "http://127.0.0.1:9/graphql")
    with pytest.raises(ConfigurationError) as refused:
        async with city.gateway(config / "policies", config / "departments"):
            pass
    [finding] = refused.value.findings
    assert str(finding).startswith(
        f"MANIFEST_INVALID {config / 'departments/police.yaml'}:4 the source does not"
    )
    assert finding.remedy == "start the source, or name a file with `sdl:`"
