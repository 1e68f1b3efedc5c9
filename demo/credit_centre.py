"""The credit centre (信用中心): a GraphQL federation subgraph, written with Strawberry.

It adds credit records to persons whom it does not know otherwise: who has none gets an empty list.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import orjson
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig

from demo import city as city_values
from demo.service import Stats, serve
from schema.credit import CreditKind, CreditLevel
from schema.labels import SENSITIVE_PERSONAL, labelled
from schema.scalars import SCALAR_MAP, CitizenId, Date

FILE: Final = "credit-centre.json"


@dataclass(frozen=True)
class Records:
    """All records, those of one person in the order in which they were issued."""

    by_citizen: Mapping[str, Sequence[city_values.CreditRecord]]

    @cached_property
    def by_id(self) -> Mapping[str, city_values.CreditRecord]:
        """Every record by its number."""
        return {record.id: record for records in self.by_citizen.values() for record in records}


Info: TypeAlias = strawberry.Info[Records, None]


def _credit_records(person: strawberry.Parent["Person"], info: Info) -> "list[CreditRecord] | None":
    return [CreditRecord.of(record) for record in info.context.by_citizen.get(person.citizen_id, ())]


@strawberry.federation.type(keys=["citizenId"], description="自然人 / Person")
class Person:
    """A person as far as the credit centre is concerned."""

    citizen_id: CitizenId = labelled(SENSITIVE_PERSONAL, "公民身份号码", "Citizen identity number")
    credit_records: "list[CreditRecord] | None" = labelled(
        SENSITIVE_PERSONAL, "信用记录", "Credit records", resolver=_credit_records
    )

    @classmethod
    def resolve_reference(cls, citizenId: str) -> "Person":
        """The person of that id, known here or not (Strawberry passes keys by their GraphQL names)."""
        return cls(citizen_id=CitizenId(citizenId))


CreditSubject: TypeAlias = Annotated[
    Person, strawberry.union("CreditSubject", description="信用主体 / Subject of a credit record")
]


@strawberry.federation.type(keys=["id"], description="信用记录 / Credit record")
class CreditRecord:
    """One credit record."""

    id: strawberry.ID = labelled(SENSITIVE_PERSONAL, "记录编号", "Record number")
    kind: CreditKind | None = labelled(SENSITIVE_PERSONAL, "类别", "Kind")
    level: CreditLevel | None = labelled(SENSITIVE_PERSONAL, "等级", "Level")
    issued_on: Date | None = labelled(SENSITIVE_PERSONAL, "签发日期", "Date of issue")
    subject: CreditSubject | None = labelled(SENSITIVE_PERSONAL, "信用主体", "Whom the record is about")

    @classmethod
    def of(cls, record: city_values.CreditRecord) -> "CreditRecord":
        """The record as this schema shows it."""
        return cls(
            id=strawberry.ID(record.id),
            kind=CreditKind[record.kind],
            level=CreditLevel[record.level],
            issued_on=Date(record.issued_on),
            subject=Person(citizen_id=CitizenId(record.subject)),
        )

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> "CreditRecord | None":
        """The record of that number; None when there is none."""
        record = info.context.by_id.get(id)
        return cls.of(record) if record else None


SCHEMA: Final = strawberry.federation.Schema(
    types=[Person, CreditRecord], config=StrawberryConfig(scalar_map=SCALAR_MAP)
)


def write_data(city: city_values.City, path: Path) -> None:
    """Write what the credit centre knows to `path`: whole or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(
        orjson.dumps(
            {owner: [asdict(record) for record in records] for owner, records in city.credit.items()}
        )
    )
    os.replace(part, path)


def sdl() -> str:
    """The SDL that the service answers `_service { sdl }` with."""
    result = SCHEMA.execute_sync("{ _service { sdl } }")
    if result.data is None:
        raise RuntimeError("the schema does not print")
    return f"{result.data['_service']['sdl']}\n"


def make_app(records: Records) -> Starlette:
    """The subgraph over `records`."""
    stats = Stats()
    graphql = stats.counted("/graphql", _Endpoint(SCHEMA, records))
    return Starlette(routes=[Route("/graphql", graphql, methods=["POST"]), *stats.routes()])


class _Endpoint(GraphQL[Records, None]):
    """The GraphQL endpoint; every resolver finds the records in its context."""

    def __init__(self, schema: strawberry.federation.Schema, records: Records) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._records = records

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Records:
        return self._records


def _from_folder(folder: Path) -> Starlette:
    stored = orjson.loads((folder / FILE).read_bytes())
    return make_app(
        Records(
            {
                owner: tuple(city_values.CreditRecord(**record) for record in records)
                for owner, records in stored.items()
            }
        )
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--print-sdl"]:
        sys.stdout.write(sdl())
    else:
        serve("credit-centre", _from_folder)
