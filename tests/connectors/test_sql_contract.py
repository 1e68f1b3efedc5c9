"""What every connector must do, done by databases."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event

from connectors.base import FetchKind, FetchSpec, InputField
from connectors.sql.connector import SqlConnector
from connectors.testing import LONG, ConnectorContract, Hanging, HangingContract, Subject
from tests.connectors.databases import KINDS, TYPES, UNIFIED, TestDatabase, database, select

pytestmark = pytest.mark.anyio

HOME: Final = select("Person.home", select("Home.address"), select("Home.members", select("Person.id")))
SPEC: Final = FetchSpec(
    "register", FetchKind.ENTITIES, "Person", (select("Person.name"), HOME), (InputField("id"),)
)
KNOWN: Final = (
    (
        {"__typename": "Person", "id": "p1"},
        {"name": "王一", "home": {"address": "江滨路 1 号", "members": [{"id": "p1"}, {"id": "p2"}]}},
    ),
    ({"__typename": "Person", "id": "p4"}, {"name": None, "home": None}),
)
SLOW: Final = {**TYPES, "Person": {**TYPES["Person"], "table": "t_slow"}}
SLOW_SPEC: Final = FetchSpec(
    "register", FetchKind.ENTITIES, "Person", (select("Person.name"),), (InputField("id"),)
)


@pytest.fixture(scope="module", params=KINDS)
def register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestDatabase]:
    with database(request.param, tmp_path_factory.mktemp("register")) as made:
        yield made


@pytest.fixture
async def subject(register: TestDatabase) -> AsyncIterator[Subject]:
    connector = _connect(register, TYPES)
    yield _subject(connector, SPEC)
    await connector.close()


@pytest.fixture
async def down(tmp_path: Path, register: TestDatabase) -> AsyncIterator[Subject]:
    nowhere = {
        "sqlite": f"sqlite:///{tmp_path}/none.sqlite",
        "postgresql": "postgresql://postgres@127.0.0.1:9/postgres",
        "mariadb": "mariadb://root@127.0.0.1:9/test",
    }
    connector = _connect(TestDatabase(register.kind, nowhere[register.kind], "", tmp_path), TYPES)
    yield _subject(connector, SPEC)
    await connector.close()


@pytest.fixture
async def hanging(register: TestDatabase) -> AsyncIterator[Hanging]:
    """A table whose rows take minutes, read by the two threads that the connector has."""
    connector = _connect(register, SLOW, limits={"concurrency": 1, "timeout": "60s"})
    started = threading.Event()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "t_slow" in statement and "t0" in statement:
            started.set()

    async def reached() -> None:
        await asyncio.to_thread(started.wait, LONG)

    async def released() -> None:
        await asyncio.gather(connector.probe(LONG), connector.probe(LONG))

    event.listen(Engine, "before_cursor_execute", note)
    yield Hanging(_subject(connector, SLOW_SPEC), reached, released)
    event.remove(Engine, "before_cursor_execute", note)
    await connector.close()


class TestContract(ConnectorContract, HangingContract):
    """On SQLite, PostgreSQL and MariaDB."""


def _connect(register: TestDatabase, types: Any, **more: Any) -> SqlConnector:
    manifest = register.manifest(types, **more)
    return SqlConnector(manifest, SqlConnector.source_sdl(manifest, UNIFIED))


def _subject(connector: SqlConnector, spec: FetchSpec) -> Subject:
    return Subject(connector, spec, KNOWN, {"__typename": "Person", "id": "nobody"})
