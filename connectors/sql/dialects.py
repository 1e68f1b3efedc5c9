"""The databases that are supported: how each is opened read-only, bounded in time, and told to stop.

SQLite opens files read-only, so that a missing one is an error and not an empty database. Servers get a limit
for each statement beside the gateway's own, so that nothing runs on there after a connection was lost.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

# `Any`: connections as their drivers have them; they share no type.
DriverConnection: TypeAlias = Any
Stop: TypeAlias = Callable[[DriverConnection], None]

_DRIVERS: Final = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql",
                   "mariadb": "mariadb+pymysql"}  # fmt: skip
_CONNECT_SECONDS: Final = 3
_BUSY_SECONDS: Final = 1.0
_KEEP_SECONDS: Final = 600
# libpq's names: a server that vanished is noticed, or a thread would wait for it for hours.
_KEEPALIVE: Final = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class UnsupportedAddress(ValueError):
    """The address is none that can be connected to. The message never repeats it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine that connects when it is first used, and how its statements are stopped from another thread.

    `file`: the SQLite file, None for servers.
    """

    engine: Engine
    stop: Stop
    file: Path | None


def open_engine(address: str, connections: int, seconds: float) -> Opened:
    """An engine for an SQLAlchemy URL, with at most so many connections.

    `seconds`: the longest that one statement may take. Raises UnsupportedAddress.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UnsupportedAddress("`url` is not a database address") from None
    dialect, _, driver = url.drivername.partition("+")
    wanted = _DRIVERS.get(dialect)
    if wanted is None or driver not in ("", wanted.partition("+")[2]):
        raise UnsupportedAddress(f"`url` names none of {', '.join(sorted(_DRIVERS.values()))}")
    if dialect == "sqlite":
        return _sqlite(url, connections)
    url = url.set(drivername=wanted)
    if dialect == "postgresql":
        return _postgresql(url, connections, seconds)
    return _mysql(url, connections, seconds)


# `Any`: what drivers take as arguments of theirs.
def _engine(url: URL, connections: int, seconds: float, **more: Any) -> Engine:
    # Drivers of servers are optional: which are installed shows here.
    try:
        return create_engine(
            url,
            poolclass=QueuePool,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=seconds,
            pool_recycle=_KEEP_SECONDS,
            pool_reset_on_return=None,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            **more,
        )
    except ImportError:
        _, _, driver = url.drivername.partition("+")
        raise UnsupportedAddress(f"`url` needs the driver {driver}, which is not installed") from None


def _sqlite(url: URL, connections: int) -> Opened:
    if not url.database or url.database == ":memory:" or url.query:
        raise UnsupportedAddress("`url` names no file: write sqlite:////absolute/path")
    file = Path(url.database).absolute()
    address = f"{file.as_uri()}?mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False)

    engine = _engine(URL.create("sqlite+pysqlite"), connections, _BUSY_SECONDS, creator=connect)
    return Opened(engine, lambda connection: connection.interrupt(), file)


def _postgresql(url: URL, connections: int, seconds: float) -> Opened:
    options = f"-c statement_timeout={_milliseconds(seconds)} -c default_transaction_read_only=on"
    stated = url.query.get("options")
    if isinstance(stated, str):
        options = f"{stated} {options}"
    arguments = {"connect_timeout": _CONNECT_SECONDS, "options": options, **_KEEPALIVE}
    engine = _engine(url, connections, seconds, connect_args=arguments)
    event.listen(engine, "connect", _strip_padding)
    return Opened(engine, lambda connection: connection.cancel_safe(timeout=_CONNECT_SECONDS), None)


def _strip_padding(connection: DriverConnection, _record: object) -> None:
    """CHAR(n) comes padded with blanks that mean nothing; comparisons in the database ignore them too."""
    from psycopg.types.string import TextLoader

    class Unpadded(TextLoader):
        def load(self, data: Any) -> str | bytes:  # a buffer of the driver's own
            text = super().load(data)
            return text.rstrip(" ") if isinstance(text, str) else text

    connection.adapters.register_loader("bpchar", Unpadded)


def _mysql(url: URL, connections: int, seconds: float) -> Opened:
    arguments = {
        "connect_timeout": _CONNECT_SECONDS,
        "read_timeout": seconds + _CONNECT_SECONDS,
        "write_timeout": seconds + _CONNECT_SECONDS,
        "local_infile": False,
        "charset": "utf8mb4",
    }
    engine = _engine(url, connections, seconds, connect_args=arguments)

    def bound_statements(connection: DriverConnection, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")
            try:
                cursor.execute(f"SET SESSION max_statement_time = {seconds:.3f}")
            except Exception:  # another error of each driver: MySQL's own name for it is another
                cursor.execute(f"SET SESSION max_execution_time = {_milliseconds(seconds)}")

    def stop(connection: DriverConnection) -> None:
        arguments, keywords = engine.dialect.create_connect_args(engine.url)
        keywords.update(connect_timeout=_CONNECT_SECONDS, read_timeout=_CONNECT_SECONDS)
        other = engine.dialect.connect(*arguments, **keywords)
        with contextlib.closing(other), contextlib.closing(other.cursor()) as cursor:
            cursor.execute(f"KILL QUERY {int(connection.thread_id())}")

    event.listen(engine, "connect", bound_statements)
    return Opened(engine, stop, None)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
