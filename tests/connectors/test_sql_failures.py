"""Databases that are slow, down, moved away or not what the address says; callers that are gone."""

import asyncio
import os
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from connectors.base import FailureKind, FetchKind, FetchSpec, InputField, RunContext, SourceFailure
from connectors.manifest import Manifest, ManifestError
from connectors.sql.connector import SqlConnector
from connectors.sql.dialects import open_engine
from tests.connectors.databases import KINDS, UNIFIED, TestDatabase, database, select

pytestmark = pytest.mark.anyio

SLOW = {"Person": {"table": "t_slow", "key": {"id": "sfz"}, "fields": {"name": "xm"}}}
SPEC = FetchSpec(
    "register",
    FetchKind.ENTITIES,
    "Person",
    (select("Person.id"), select("Person.name")),
    (InputField("id"),),
)
RUNNING = {
    "postgresql": "SELECT pid FROM pg_stat_activity WHERE query LIKE '%{s}t_slow%' AND pid <> pg_backend_pid() "
    "AND state = 'active'",
    "mariadb": "SELECT id FROM information_schema.processlist WHERE info LIKE '%t_slow%' "
    "AND info LIKE '%t0%' AND id <> connection_id()",
}


@pytest.fixture(scope="module", params=KINDS)
def register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestDatabase]:
    with database(request.param, tmp_path_factory.mktemp("register")) as made:
        yield made


@pytest.fixture
async def slow(register: TestDatabase) -> AsyncIterator[SqlConnector]:
    """A connector with two threads to a table whose rows take minutes; what it may ask ends after a minute."""
    made = connect(register.manifest(SLOW, limits={"concurrency": 1, "timeout": "60s"}))
    yield made
    await made.close()


@pytest.fixture
def started() -> Iterator[threading.Event]:
    """Set when a statement on the slow table goes to its driver."""
    seen = threading.Event()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "t_slow" in statement and "t0" in statement:
            seen.set()

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def connect(manifest: Manifest) -> SqlConnector:
    return SqlConnector(manifest, SqlConnector.source_sdl(manifest, UNIFIED))


def ask(connector: SqlConnector, timeout: float = 60) -> Any:
    context = RunContext({}, timeout)
    return connector.run(connector.prepare(SPEC), {}, [{"__typename": "Person", "id": "p1"}], context)


async def failure_of(connector: SqlConnector, timeout: float = 60) -> SourceFailure:
    with pytest.raises(SourceFailure) as raised:
        await ask(connector, timeout)
    return raised.value


async def test_an_answer_that_takes_too_long_is_given_up_at_the_database(
    slow: SqlConnector, register: TestDatabase
) -> None:
    for _ in range(4):  # more often than there are threads: each is free again
        assert (await failure_of(slow, 0.2)).kind is FailureKind.TIMEOUT
    await slow.probe(30)
    assert_nothing_runs(register)


async def test_a_caller_that_is_gone_frees_what_it_held(
    slow: SqlConnector, register: TestDatabase, started: threading.Event
) -> None:
    for _ in range(4):
        started.clear()
        task = asyncio.create_task(ask(slow))
        await asyncio.to_thread(started.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await slow.probe(30)
    assert_nothing_runs(register)


async def test_a_caller_that_is_gone_before_its_turn_holds_nothing(
    slow: SqlConnector, started: threading.Event
) -> None:
    tasks = [asyncio.create_task(ask(slow)) for _ in range(5)]  # two at a time
    await asyncio.to_thread(started.wait, 30)
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        assert isinstance(ended, asyncio.CancelledError)
    await slow.probe(30)


async def test_the_server_itself_ends_what_takes_too_long(register: TestDatabase) -> None:
    connector = connect(register.manifest(SLOW, limits={"timeout": "300ms"}))
    failure = await failure_of(connector, 1.5 if register.kind == "sqlite" else 60)
    await connector.close()
    assert failure.kind is FailureKind.TIMEOUT


def assert_nothing_runs(register: TestDatabase) -> None:
    if register.kind in RUNNING:
        assert register.execute(RUNNING[register.kind]) == []


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
async def test_a_server_that_is_down_is_unavailable(tmp_path: Path, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    register = TestDatabase(kind, f"{kind}://gateway:hunter2@127.0.0.1:{port}/register", "", tmp_path)
    connector = connect(register.manifest(SLOW))
    failures = [await failure_of(connector)]
    for asked in (connector.probe(30), connector.check()):
        with pytest.raises(SourceFailure) as raised:
            await asked
        failures.append(raised.value)
    await connector.close()
    assert {each.kind for each in failures} == {FailureKind.UNAVAILABLE}
    assert "hunter2" not in "".join(each.detail for each in failures)


async def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite"
    connector = connect(TestDatabase("sqlite", f"sqlite:///{file}", "", tmp_path).manifest(SLOW))
    assert (await failure_of(connector)).kind is FailureKind.UNAVAILABLE
    await connector.close()
    assert not file.exists()


async def test_a_file_that_is_no_database_is_the_source_s_error(tmp_path: Path) -> None:
    file = tmp_path / "rubbish.sqlite"
    file.write_bytes(b"\xff" * 4096)
    connector = connect(TestDatabase("sqlite", f"sqlite:///{file}", "", tmp_path).manifest(SLOW))
    assert (await failure_of(connector)).kind is FailureKind.ERROR
    await connector.close()
    assert file.read_bytes() == b"\xff" * 4096


async def test_a_file_that_is_moved_away_is_missed_and_one_in_its_place_is_read(tmp_path: Path) -> None:
    types = {"Person": {"table": "t_rk", "key": {"id": "sfz"}, "fields": {"name": "xm"}}}
    file, other = tmp_path / "register.sqlite", tmp_path / "other.sqlite"
    with database("sqlite", tmp_path) as register:
        connector = connect(register.manifest(types))
        assert (await ask(connector)).data == [{"id": "p1", "name": "王一"}]
        file.rename(other)
        assert (await failure_of(connector)).kind is FailureKind.UNAVAILABLE
        with pytest.raises(SourceFailure):
            await connector.probe(30)
        other.rename(file)
        assert (await ask(connector)).data == [{"id": "p1", "name": "王一"}]
        new = TestDatabase("sqlite", f"sqlite:///{other}", "", tmp_path)
        new.execute("CREATE TABLE t_rk (sfz TEXT, xm TEXT)", "INSERT INTO t_rk VALUES ('p1', '新')")
        os.replace(other, file)
        assert (await ask(connector)).data == [{"id": "p1", "name": "新"}]
        await connector.close()


async def test_a_database_that_comes_up_later_is_read_then(tmp_path: Path) -> None:
    types = {"Person": {"table": "t_rk", "key": {"id": "sfz"}, "fields": {"name": "xm"}}}
    register = TestDatabase("sqlite", f"sqlite:///{tmp_path / 'register.sqlite'}", "", tmp_path)
    connector = connect(register.manifest(types))
    with pytest.raises(SourceFailure):
        await connector.check()
    register.execute("CREATE TABLE t_rk (sfz TEXT, xm TEXT)", "INSERT INTO t_rk VALUES ('p1', '王一')")
    assert await connector.check() == []
    assert (await ask(connector)).data == [{"id": "p1", "name": "王一"}]
    await connector.close()


async def test_a_database_can_only_be_read(register: TestDatabase) -> None:
    opened = open_engine(register.url, 1, 30)
    with opened.engine.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        connection.exec_driver_sql(f"INSERT INTO {register.prefix}t_h VALUES (99, 'x', NULL)")  # noqa: S608 - our own name
    opened.engine.dispose()
    assert register.execute("SELECT * FROM {s}t_h WHERE hh = 99") == []


async def test_a_view_that_writes_cannot(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as register:
        register.execute(
            "CREATE FUNCTION {s}write() RETURNS text LANGUAGE sql AS "
            "'INSERT INTO {s}t_h VALUES (99, ''x'', NULL); SELECT ''x''::text'",
            "CREATE VIEW {s}t_write AS SELECT 'p1'::text AS sfz, {s}write() AS xm",
        )
        connector = connect(register.manifest({"Person": {**SLOW["Person"], "table": "t_write"}}))
        failure = await failure_of(connector)
        await connector.close()
        assert failure.kind is FailureKind.ERROR
        assert register.execute("SELECT * FROM {s}t_h WHERE hh = 99") == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("hunter2", "`url` is not a database address"),
        ("oracle://gateway:hunter2@nowhere/register", "`url` names none of"),
        ("postgresql+asyncpg://gateway:hunter2@nowhere/register", "`url` names none of"),
        ("sqlite://", "`url` names no file"),
        ("sqlite:///:memory:", "`url` names no file"),
        ("sqlite:////hunter2?mode=rwc", "`url` names no file"),
        ("postgresql://nowhere:hunter2/x", "`url` is not a database address"),
    ],
)
async def test_an_address_that_is_none_is_told_without_showing_it(
    tmp_path: Path, url: str, message: str
) -> None:
    manifest = TestDatabase("sqlite", url, "", tmp_path).manifest(SLOW)
    with pytest.raises(ManifestError) as raised:
        connect(manifest)
    (found,) = raised.value.findings
    assert message in found.message
    assert "hunter2" not in str(found)
    lines = manifest.path.read_text(encoding="utf-8").splitlines()
    assert lines[(found.line or 0) - 1].startswith("url:")
