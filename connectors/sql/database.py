"""One database: its threads, its connections, and how work on them is bounded and stopped.

Drivers block, so each source has threads of its own, as many as it may be asked at a time. Work that times
out or whose caller is gone is stopped at the database, and its thread is free before the caller goes on.
"""

import asyncio
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from connectors.base import FailureKind, SourceFailure
from connectors.sql.dialects import DriverConnection, Opened

T = TypeVar("T")

_ROWS_AT_A_TIME: Final = 1_000
_STOPPING_SECONDS: Final = 2.0
_PROGRESS_STEPS: Final = 20_000
_MAX_DETAIL: Final = 300
_STOPPED_CODES: Final = frozenset({"57014", 1317, 1969, 3024, "SQLITE_INTERRUPT"})
"""How PostgreSQL, MySQL, MariaDB and SQLite say that a statement was stopped or took too long."""
_BUSY_CODES: Final = frozenset(
    {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "57P01", "57P02", "57P03", 1053}
)
"""How they say that they cannot be asked now."""


class Session:
    """One connection while work holds it; used by the thread that does the work, stopped by another."""

    def __init__(self, opened: Opened, deadline: float, max_bytes: int) -> None:
        self._opened = opened
        self._deadline = deadline
        self._bytes_left = max_bytes
        self._driver: DriverConnection | None = None
        self._lock = threading.Lock()
        self.connection: Connection
        self.stopped = False

    @contextlib.contextmanager
    def connected(self) -> Iterator[None]:
        """Hold a connection. Raises SourceFailure."""
        self._check()
        with _translated(connecting=True):
            self.connection = self._opened.engine.connect()
        try:
            driver = self.connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.set_progress_handler(self._must_stop, _PROGRESS_STEPS)
            with self._lock:
                self._driver = driver
            yield
        finally:
            with self._lock:  # from here on nobody stops what the connection does next
                self._driver = None
            if self.stopped:
                self.connection.invalidate()
            self.connection.close()

    def rows(self, statement: Executable, parameters: Mapping[str, object], limit: int) -> list[Any]:
        """All rows of a statement, read by position; `limit` and one more at most. Raises SourceFailure."""
        self._check()
        rows: list[Any] = []  # `Any`: what the driver made of each column
        with (
            _translated(),
            contextlib.closing(self.connection.execute(statement, dict(parameters))) as result,
        ):
            while len(rows) <= limit and (some := result.fetchmany(_ROWS_AT_A_TIME)):
                self._weigh(some)
                rows += some
        return rows

    def ask(self, task: Callable[[], T]) -> T:
        """Anything else on the connection, failures translated. Raises SourceFailure."""
        self._check()
        with _translated():
            return task()

    def stop(self) -> None:
        """Stop what the database is doing for this session; called from another thread."""
        self.stopped = True
        with self._lock:
            if self._driver is not None:
                with contextlib.suppress(Exception):  # each driver's own; it is tried again
                    self._opened.stop(self._driver)

    def _check(self) -> None:
        if self._must_stop():
            raise SourceFailure(FailureKind.TIMEOUT, "stopped before the statement was sent")

    def _must_stop(self) -> bool:
        return self.stopped or time.monotonic() > self._deadline

    def _weigh(self, rows: Any) -> None:  # rows as the driver made them
        self._bytes_left -= sum(
            len(value) for row in rows for value in row if isinstance(value, (str, bytes))
        )
        if self._bytes_left < 0:
            raise SourceFailure(FailureKind.INVALID_RESPONSE, "the answer is larger than the source's limit")


class Database:
    """A source's database. Nothing is connected before the first work."""

    def __init__(self, opened: Opened, threads: int, max_bytes: int, name: str) -> None:
        self._opened = opened
        self._max_bytes = max_bytes
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=f"sql-{name}")
        # Stopping must not wait for the threads that it is to free.
        self._stoppers = ThreadPoolExecutor(2, thread_name_prefix=f"sql-stop-{name}")
        self._file_lock = threading.Lock()
        self._file_identity: tuple[int, int] | None = None

    @property
    def dialect(self) -> Any:  # SQLAlchemy's own
        """For printing statements."""
        return self._opened.engine.dialect

    async def work(self, task: Callable[[Session], T], seconds: float) -> T:
        """Do blocking work on a connection, in a thread. Raises SourceFailure; TIMEOUT after `seconds`."""
        session = Session(self._opened, time.monotonic() + seconds, self._max_bytes)
        future = self._executor.submit(self._connected, session, task)
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            await self._stop(session, future)
            raise SourceFailure(FailureKind.TIMEOUT, f"no answer in {seconds:.3g} s") from None
        except asyncio.CancelledError:
            await self._stop(session, future)
            raise

    async def close(self) -> None:
        """Close every connection and end every thread."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._stoppers.shutdown(wait=True)
        self._opened.engine.dispose()

    def _connected(self, session: Session, task: Callable[[Session], T]) -> T:
        self._notice_other_file()
        with session.connected():
            return task(session)

    def _notice_other_file(self) -> None:
        """An SQLite file that was moved away or replaced would be read on through open connections."""
        if self._opened.file is None:
            return
        try:
            found = self._opened.file.stat()
            identity = (found.st_dev, found.st_ino)
        except OSError:
            identity = None
        with self._file_lock:
            if identity != self._file_identity:
                self._opened.engine.dispose()
                self._file_identity = identity
        if identity is None:
            raise SourceFailure(FailureKind.UNAVAILABLE, "the database's file is not there")

    async def _stop(self, session: Session, future: Future[Any]) -> None:
        """Stop the work, again and again until its thread is free: a stop may come before its statement."""
        session.stopped = True
        if future.cancel():
            return
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(ended.set))
        limit = time.monotonic() + _STOPPING_SECONDS
        while not ended.is_set() and time.monotonic() < limit:
            self._stoppers.submit(session.stop)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await ended.wait()


@contextlib.contextmanager
def _translated(connecting: bool = False) -> Iterator[None]:
    """What SQLAlchemy raises, as failures of the source. Details hold no values and no address."""
    try:
        yield
    except NoConnection:
        raise SourceFailure(FailureKind.TIMEOUT, "no connection became free") from None
    except DBAPIError as error:
        raise SourceFailure(_kind(error, connecting), _detail(error)) from None
    except SQLAlchemyError as error:
        raise SourceFailure(FailureKind.ERROR, type(error).__name__) from None


def _kind(error: DBAPIError, connecting: bool) -> FailureKind:
    codes = _codes(error)
    if codes & _STOPPED_CODES:
        return FailureKind.TIMEOUT
    if connecting or error.connection_invalidated or codes & _BUSY_CODES:
        return FailureKind.UNAVAILABLE
    return FailureKind.ERROR


def _codes(error: DBAPIError) -> set[str | int]:
    """The codes under which drivers tell one error: by name, by SQL state, by number."""
    found: Any = error.orig or error  # a driver's own exception
    stated = (getattr(found, "sqlite_errorname", None), getattr(found, "sqlstate", None), *found.args[:1])
    return {code for code in stated if isinstance(code, (str, int))}


def _detail(error: DBAPIError) -> str:
    """What an operator needs. Errors about data repeat values, so of those only the kind is told."""
    kind = type(error.orig).__name__
    if isinstance(error, DataError) or not error.orig:
        return kind
    return f"{kind}: {' '.join(str(error.orig).split())}"[:_MAX_DETAIL]
