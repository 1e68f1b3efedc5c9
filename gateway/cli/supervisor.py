"""The demo's departments as processes: started, watched, started again on request, and never left behind."""

import asyncio
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from gateway.cli.failures import failure

_HEALTHY_SECONDS: Final = 20.0
_POLL_SECONDS: Final = 0.05
_STOP_SECONDS: Final = 3.0
_PR_SET_PDEATHSIG: Final = 1


@dataclass(slots=True)
class Service:
    """One department's process. `environment` is what it gets beside this process's own; secrets among it."""

    source: str
    module: str
    port: int
    environment: Mapping[str, str] = field(repr=False)
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Its process, while there is one."""
        return self.process.pid if self.process and self.is_running else None

    @property
    def is_running(self) -> bool:
        """True until its process has ended."""
        return self.process is not None and self.process.returncode is None


class Supervisor:
    """Runs the services of one demo folder. Their output goes to `<source>.log` there."""

    def __init__(self, directory: Path, told: Callable[[str], None]) -> None:
        """`told` is called with a line about each process that ends or starts again."""
        self._directory = directory
        self._told = told
        self._services: list[Service] = []
        self._watches: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def services(self) -> tuple[Service, ...]:
        """The services, in the order in which they were started."""
        return tuple(self._services)

    async def start(self, source: str, module: str, port: int, environment: Mapping[str, str]) -> Service:
        """Start a service and wait until it answers. Raises ConfigurationError when it does not."""
        service = Service(source, module, port, environment)
        self._services.append(service)
        await self._launch(service)
        return service

    async def start_again(self) -> None:
        """Start every service that has ended, where it was before."""
        for service in self._services:
            if not service.is_running and not self._stopping:
                await self._launch(service)
                self._told(f"{service.source} runs again, process {service.pid}")

    async def stop(self) -> None:
        """Stop all services, those that do not listen by force."""
        self._stopping = True
        running = [service.process for service in self._services if service.process and service.is_running]
        for process in running:
            _signal(process, signal.SIGTERM)
        if running:
            ends = [asyncio.create_task(process.wait()) for process in running]
            _, late = await asyncio.wait(ends, timeout=_STOP_SECONDS)
            if late:
                for process in running:
                    _signal(process, signal.SIGKILL)
                await asyncio.wait(late)
        if self._watches:
            await asyncio.wait(self._watches)

    async def _launch(self, service: Service) -> None:
        log = self._directory / f"{service.source}.log"
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            service.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", service.module),
                *("--data", str(self._directory), "--port", str(service.port)),
                env={**os.environ, **service.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we stop them
                preexec_fn=_die_with(os.getpid()),
            )
        finally:
            os.close(descriptor)
        await self._until_healthy(service, log)
        watch = asyncio.create_task(self._watch(service, service.process))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)

    async def _until_healthy(self, service: Service, log: Path) -> None:
        async with httpx.AsyncClient(base_url=service.url, timeout=2.0, trust_env=False) as client:
            with suppress(TimeoutError):
                async with asyncio.timeout(_HEALTHY_SECONDS):
                    while service.is_running:
                        with suppress(httpx.TransportError):
                            if (await client.get("/_health")).is_success:
                                return
                        await asyncio.sleep(_POLL_SECONDS)
        state = "does not answer" if service.is_running else "ended at once"
        raise failure("DEPARTMENT_FAILED", f"the department {service.source} {state}", f"look into {log}")

    async def _watch(self, service: Service, process: asyncio.subprocess.Process) -> None:
        status = await process.wait()
        if not self._stopping:
            self._told(
                f"{service.source} has ended (status {status}); `kill -USR1 {os.getpid()}` starts it again"
            )


def free_port() -> int:
    """A port of 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(number)


def _die_with(parent: int) -> Callable[[], None] | None:
    """What a new process does first, so that it ends with `parent` however that ends; Linux alone can."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel
