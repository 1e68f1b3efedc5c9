"""`huitong serve`, and what it shares with the demo: one gateway in this process until a signal stops it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import Any, Final, TypeVar

from rich.console import Console

from gateway.cli.demo_config import load_demo_config
from gateway.cli.failures import FINE, INTERRUPTED
from gateway.cli.heap import loaded_heap
from gateway.cli.places import read_personas
from gateway.identity.dev_keys import PUBLIC_FILE
from gateway.server import logs
from gateway.server.deployment import Deployment, deployed, deployed_open
from gateway.server.development import Development
from gateway.server.running import bind, serving, url_of
from gateway.settings import HOST, PORT, IdentitySettings, Limits, Settings, load_settings

ISSUER: Final = "huitong-dev"
_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Result = TypeVar("Result")


def serve_command(config: Path, host: str | None, port: int | None, dev: bool, directory: Path) -> int:
    """Run a gateway from its settings; returns when it was told to stop."""
    settings = load_settings(config, os.environ)
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    development = None
    if dev:
        settings, development = with_development(settings, directory)
    logs.configure(sys.stderr)
    return run(_serve(deployed(settings, os.environ, development), settings.host, settings.port))


def serve_open_command(
    supergraph: Path, override_labels: frozenset[str], host: str | None, port: int | None
) -> int:
    """Run a gateway over a composed supergraph without policy and identity; returns when it was told to stop."""
    logs.configure(sys.stderr)
    deploying = deployed_open(supergraph, Limits(), override_labels)
    return run(_serve(deploying, host or HOST, PORT if port is None else port))


def with_development(settings: Settings, directory: Path) -> tuple[Settings, Development]:
    """Settings that believe the demo's tokens, and what the landing page offers."""
    development = development_of(directory)
    if settings.identity is None:
        settings = replace(settings, identity=IdentitySettings(ISSUER, directory / PUBLIC_FILE))
    return settings, development


def development_of(directory: Path) -> Development:
    """The personas of `directory` and the example queries, as the landing page knows them."""
    personas = [
        {"name": one.name, "title": one.title, "token": one.token, "purpose": one.purpose, "ids": one.ids}
        for one in read_personas(directory)
    ]
    queries = [
        {"name": one.name, "title": one.title, "query": one.query, "variables": one.variables}
        for one in load_demo_config().examples
    ]
    return Development(personas, queries)


async def _serve(deploying: AbstractAsyncContextManager[Deployment], host: str, port: int) -> int:
    listener = bind(host, port)
    try:
        async with deploying as deployment:
            for hint in deployment.snapshot.supergraph.hints:
                logs.LOGGER.warning("hint", extra={"facts": {"hint": hint}})
            stop = stop_event()
            async with answering(deployment, listener):
                _started(url_of(listener))
                await stop.wait()
    finally:
        listener.close()
    return FINE


@asynccontextmanager
async def answering(deployment: Deployment, listener: socket) -> AsyncIterator[None]:
    """Answer requests while the context is open; whatever is loaded by then stays."""
    with loaded_heap():
        async with serving(deployment.application, listener):
            yield


def _started(url: str) -> None:
    logs.LOGGER.info("started", extra={"facts": {"url": url}})
    Console().print(f"Huitong answers at {url}/graphql", highlight=False, soft_wrap=True)


def stop_event() -> asyncio.Event:
    """An event that SIGINT, SIGTERM and SIGHUP set; a second of them ends the process at once."""
    stop = asyncio.Event()

    def told() -> None:
        if stop.is_set():
            os._exit(INTERRUPTED)
        stop.set()

    on_signals(told, *_STOP_SIGNALS)
    return stop


def on_signals(act: Callable[[], None], *signals: signal.Signals) -> None:
    """Call `act` in the running loop whenever one of `signals` comes."""
    loop = asyncio.get_running_loop()
    for number in signals:
        loop.add_signal_handler(number, act)


def run(work: Coroutine[Any, Any, Result]) -> Result:  # Any: a coroutine's other two parameters say nothing
    """Run `work` on the fastest loop that is there."""
    try:
        import uvloop
    except ImportError:  # not on every platform
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
