"""`huitong demo`: the example city made, its departments started, a gateway over them, until told to stop."""

import asyncio
import fcntl
import os
import secrets
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Any, Final

from rich.console import Console

from gateway.cli.check import check
from gateway.cli.city import Prepared, prepare_city
from gateway.cli.failures import FINE, INTERRUPTED, failure
from gateway.cli.places import forget_state, write_state
from gateway.cli.serving import answering, on_signals, run, stop_event
from gateway.cli.supervisor import Supervisor, free_port
from gateway.cli.welcome import welcome
from gateway.server import logs
from gateway.server.deployment import deployed
from gateway.server.running import bind, url_of

_PORT: Final = 8080
_WIDE: Final = 200  # columns: the terminal wraps what is too long for it, nothing is cut


def demo_command(directory: Path, people: int, seed: int, host: str, port: int | None, checking: bool) -> int:
    """Run the demo; with `checking`, until every answer has been compared."""
    listener = bind(host, port if port is not None else 0 if checking else _PORT)
    try:
        with _claimed(directory.absolute()) as folder, logs.to_file(folder / "gateway.log") as log:
            logs.configure(log)
            prepared = prepare_city(folder, people, seed)
            return run(_run(prepared, listener, checking))
    finally:
        listener.close()


@contextmanager
def _claimed(directory: Path) -> Iterator[Path]:
    """The folder, for one demo at a time."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        message = f"the folder {directory} cannot be written ({error.strerror})"
        raise failure("DIRECTORY_UNUSABLE", message, "choose another --dir") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield directory
    except BlockingIOError:
        message = f"a demo runs in {directory} already"
        raise failure("ALREADY_RUNNING", message, "stop it, or choose another --dir") from None
    finally:
        os.close(lock)


async def _run(prepared: Prepared, listener: socket, checking: bool) -> int:
    console = Console(highlight=False, soft_wrap=True, width=_WIDE)
    url, stop = url_of(listener), stop_event()
    supervisor = Supervisor(prepared.directory, lambda line: console.print(line, markup=False))
    try:
        environment = await _start_departments(prepared, supervisor)
        async with (
            deployed(prepared.settings, environment, prepared.development) as deployment,
            answering(deployment, listener),
        ):
            _keep_state(prepared.directory, url, supervisor)
            if checking:
                checks = check(
                    url, prepared.city, prepared.config.examples, prepared.personas, prepared.claims
                )
                return await _unless_stopped(stop, checks)
            welcome(console, prepared, url, supervisor.services)
            await stop.wait()
            return FINE
    finally:
        forget_state(prepared.directory)
        await supervisor.stop()


async def _unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, int]) -> int:
    """The status that `work` ends with, or INTERRUPTED when `stop` is set first.

    `Any`: a coroutine's other two type parameters say nothing here.
    """
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait((working,))
        return INTERRUPTED
    return working.result()


async def _start_departments(prepared: Prepared, supervisor: Supervisor) -> dict[str, str]:
    """Start those that are processes; returns the environment with everything the manifests refer to."""
    environment = dict(os.environ)
    starts = []
    for department in prepared.config.departments:
        port = free_port()
        filled = department.filled(prepared.directory, f"http://127.0.0.1:{port}", secrets.token_urlsafe(32))
        environment.update(filled)
        if department.module is not None:
            starts.append(supervisor.start(department.source, department.module, port, filled))
    await asyncio.gather(*starts)
    return environment


def _keep_state(directory: Path, url: str, supervisor: Supervisor) -> None:
    """Keep `gateway.json` true, and start departments again when SIGUSR1 asks for it."""
    tasks: set[asyncio.Task[None]] = set()

    def write() -> None:
        services = {one.source: {"url": one.url, "pid": one.pid} for one in supervisor.services}
        write_state(directory, {"url": url, "pid": os.getpid(), "departments": services})

    async def start_again() -> None:
        await supervisor.start_again()
        write()

    def told() -> None:
        task = asyncio.create_task(start_again())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    write()
    on_signals(told, signal.SIGUSR1)
