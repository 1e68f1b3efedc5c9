"""The contract of connectors, kept with real subgraphs: one written with Strawberry, one that hangs, none at all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from strawberry.asgi import GraphQL

from connectors.base import (
    EntityInput,
    FailureKind,
    FetchKind,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    Representation,
)
from connectors.graphql import GraphQLConnector
from connectors.manifest import ManifestError
from connectors.testing import ConnectorContract, Hanging, HangingContract, MixedContract, Subject, failure_of
from connectors.transport import Transport, open_transport
from tests.connectors.loopback import nowhere, raw_server, serving
from tests.connectors.manifests import graphql_manifest

pytestmark = pytest.mark.anyio

NAMES = {"1": "Ann", "2": "Bea", "3": "Cid"}


@strawberry.federation.type(keys=["id"])
class Owner:
    id: strawberry.ID
    name: str | None

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Owner | None":
        return cls(id=id, name=NAMES[id]) if id in NAMES else None


@strawberry.federation.interface(keys=["id"])
class Pet:
    id: strawberry.ID
    name: str

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Pet | None":
        return PETS.get(id)


@strawberry.federation.type(keys=["id"])
class Cat(Pet):
    lives: int


@strawberry.federation.type(keys=["id"])
class Dog(Pet):
    good: bool


PETS: dict[str, Pet] = {
    "1": Cat(id=strawberry.ID("1"), name="Tom", lives=9),
    "2": Dog(id=strawberry.ID("2"), name="Rex", good=True),
}

SCHEMA = strawberry.federation.Schema(types=[Owner, Cat, Dog])
SDL = SCHEMA.as_str()


async def health(request: object) -> JSONResponse:
    return JSONResponse({"status": "up"})


def subject_at(address: str, transport: Transport, health_path: str = "/health") -> Subject:
    manifest = graphql_manifest(SDL, f"{address}/graphql", health=health_path)
    types = frozenset({"Owner"})
    spec = FetchSpec(
        "tested",
        FetchKind.ENTITIES,
        "Owner",
        (FieldSelection("f0", "name", types), FieldSelection("id", "id", types)),
        (InputField("id"),),
    )
    return Subject(
        GraphQLConnector.connect(manifest, SDL, transport),
        spec,
        [({"__typename": "Owner", "id": key}, {"f0": name, "id": key}) for key, name in NAMES.items()],
        {"__typename": "Owner", "id": "9"},
    )


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    opened = open_transport()
    yield opened
    await opened.close()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    endpoint = GraphQL[None, None](SCHEMA, graphql_ide=None, subscription_protocols=())
    async with serving(Starlette(routes=[Route("/graphql", endpoint), Route("/health", health)])) as found:
        yield found


@pytest.fixture
def subject(address: str, transport: Transport) -> Subject:
    return subject_at(address, transport)


@pytest.fixture
def mixed(address: str, transport: Transport) -> Subject:
    key = (InputField("id"),)
    owners, cats, dogs = frozenset({"Owner"}), frozenset({"Cat"}), frozenset({"Dog"})
    selections = (
        FieldSelection("name", "name", owners | cats | dogs),
        FieldSelection("x", "lives", cats),
        FieldSelection("x", "good", dogs),
    )
    spec = FetchSpec(
        "tested", FetchKind.ENTITIES, "Pet", selections, key, others=(EntityInput("Owner", key),)
    )
    known: list[tuple[Representation, Mapping[str, Json]]] = [
        ({"__typename": "Owner", "id": "1"}, {"name": "Ann"}),
        ({"__typename": "Pet", "id": "1"}, {"name": "Tom", "x": 9}),
        ({"__typename": "Pet", "id": "2"}, {"name": "Rex", "x": True}),
        ({"__typename": "Owner", "id": "2"}, {"name": "Bea"}),
    ]
    return replace(subject_at(address, transport), spec=spec, known=known)


@pytest.fixture
def down(transport: Transport) -> Subject:
    return subject_at(nowhere(), transport)


@pytest.fixture
async def hanging(transport: Transport) -> AsyncIterator[Hanging]:
    async with raw_server(lambda head: None) as server:
        base = subject_at(server.address, transport)
        # pyreqwest runs a cancelled request on until its time is over.
        yield Hanging(base, server.wait_reached, server.wait_released, allowed=1.0)


class TestContract(ConnectorContract, MixedContract, HangingContract):
    pass


async def test_a_source_without_a_health_path_is_probed_by_a_question(
    address: str, transport: Transport
) -> None:
    manifest = replace(graphql_manifest(SDL, f"{address}/graphql"), health=None)
    await GraphQLConnector.connect(manifest, SDL, transport).probe(20)


async def test_a_source_whose_health_is_bad_is_down(address: str, transport: Transport) -> None:
    unwell = subject_at(address, transport, "/no-such-path")
    assert await failure_of(unwell.connector.probe(20)) is FailureKind.UNAVAILABLE


async def test_a_source_without_a_file_is_asked_for_its_schema(address: str) -> None:
    manifest = graphql_manifest(None, f"{address}/graphql")
    sdl = await asyncio.to_thread(GraphQLConnector.source_sdl, manifest, "")
    assert "type Owner" in sdl


def test_a_file_comes_before_asking() -> None:
    assert GraphQLConnector.source_sdl(graphql_manifest("type A { b: Int }"), "") == "type A { b: Int }"


def test_a_source_that_is_down_and_has_no_file_is_a_finding() -> None:
    with pytest.raises(ManifestError) as caught:
        GraphQLConnector.source_sdl(graphql_manifest(None, nowhere()), "")
    assert "sdl:" in str(caught.value)


@pytest.mark.parametrize("saved", ['{"data": {"_service": {"sdl": "type A { b: Int }"}}}', "<html></html>"])
def test_a_file_with_a_whole_answer_is_told_apart_from_a_schema(saved: str) -> None:
    with pytest.raises(ManifestError) as caught:
        GraphQLConnector.source_sdl(graphql_manifest(saved), "")
    assert "keep the text alone that stands under `data._service.sdl` of the answer" in str(caught.value)


@pytest.mark.parametrize(
    ("status", "answer", "says"),
    [
        (200, "<html>", "the answer is not JSON; correct `url` or `headers`, let it answer `{ _service { sdl } }`, or name"),
        (401, "{}", "HTTP status 401; correct `url` or `headers`, let it"),
        (200, '{"data": null, "errors": [{"message": "no field _service"}]}', "it answers 'no field _service'; correct"),
        (200, '{"data": {"_service": null}}', "no SDL in the answer; correct"),
        (503, "", "HTTP status 503; start the source, or name a file with `sdl:`"),
    ],
    ids=["a page", "no access", "no subgraph", "nothing", "busy"],
)  # fmt: skip
async def test_why_a_source_does_not_tell_its_schema_is_told(status: int, answer: str, says: str) -> None:
    async def told(request: Request) -> Response:
        return Response(answer, status)

    async with serving(Starlette(routes=[Route("/graphql", told, methods=["POST"])])) as address:
        manifest = graphql_manifest(None, f"{address}/graphql")
        with pytest.raises(ManifestError) as caught:
            await asyncio.to_thread(GraphQLConnector.source_sdl, manifest, "")
    assert f"the source does not tell its schema: {says}" in str(caught.value)
