"""A subgraph of owners and pets, whose answers a test writes."""

import orjson

from connectors.base import FetchKind, FetchResult, FetchSpec, FieldSelection, InputField, Json, RunContext
from connectors.graphql import GraphQLConnector
from connectors.transport import HttpRequest, HttpResponse
from tests.connectors.manifests import graphql_manifest

SDL = """
type Owner @key(fields: "id") {
  id: ID!
  name: String
  size: Size
  age: Int
  weight: Float
  tame: Boolean
  born: Date
  pets: [Pet!]
  grid: [[Int]]
}
union Pet = Cat | Dog
type Cat { name: String! }
type Dog { name: String! tricks: [String] }
enum Size { SMALL LARGE }
scalar Date
type Query { owner: Owner }
"""
OWNER, CAT, DOG = frozenset({"Owner"}), frozenset({"Cat"}), frozenset({"Dog"})


class Canned:
    """A transport that gives one answer and keeps what was sent."""

    def __init__(self, body: Json, status: int = 200, media: str = "application/json") -> None:
        self.body = body if isinstance(body, bytes) else orjson.dumps(body)
        self.status = status
        self.media = media
        self.sent: list[HttpRequest] = []

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.sent.append(request)
        return HttpResponse(self.status, {"content-type": self.media}, self.body)

    async def close(self) -> None:
        pass


def field(name: str, *children: FieldSelection, types: frozenset[str] = OWNER) -> FieldSelection:
    return FieldSelection(f"{name}_", name, types, children=children)


NAME = field("name")
CAT_TOM: Json = {"__typename": "Cat", "name_": "Tom"}
DOG_WITHOUT_TRICKS: Json = {"__typename": "Dog", "name_": "Rex", "tricks_": None}
PETS = field("pets", field("name", types=CAT | DOG), field("tricks", types=DOG))


async def ask(
    transport: Canned, *selections: FieldSelection, count: int = 1, **variables: Json
) -> FetchResult:
    connector = GraphQLConnector.connect(graphql_manifest(SDL), SDL, transport)
    spec = FetchSpec("tested", FetchKind.ENTITIES, "Owner", selections, (InputField("id"),))
    owners = [{"__typename": "Owner", "id": str(number)} for number in range(count)]
    return await connector.run(connector.prepare(spec), variables, owners, RunContext({}, 5))


def entities(*found: Json, errors: Json = None) -> Json:
    answer: Json = {"data": {"_entities": list(found)}}
    return answer if errors is None else {**answer, "errors": errors}
