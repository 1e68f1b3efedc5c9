"""The example city as it runs: departments as processes of their own, and gateways over them."""

import os
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any  # JSON, and SQLAlchemy's events

import anyio
import httpx
import pytest
import sqlalchemy

from gateway.cli.city import Prepared, prepare_city
from gateway.cli.demo_config import Example
from gateway.cli.places import Persona
from gateway.cli.supervisor import Service, Supervisor, free_port
from gateway.server.deployment import deployed
from gateway.settings import DepartmentSettings

PEOPLE = 300
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class City:
    """The demo, prepared, with its departments running."""

    prepared: Prepared
    supervisor: Supervisor
    environment: Mapping[str, str]

    def persona(self, name: str) -> Persona:
        return next(one for one in self.prepared.personas if one.name == name)

    def example(self, name: str) -> Example:
        return next(one for one in self.prepared.config.examples if one.name == name)

    def service(self, source: str) -> Service:
        return next(one for one in self.supervisor.services if one.source == source)

    @property
    def database(self) -> Path:
        return self.prepared.directory / "public-security.sqlite"

    def files(self) -> list[Path]:
        """What lies in the city's folder."""
        return sorted(self.prepared.directory.iterdir())

    async def kill(self, source: str) -> None:
        """End a department's process for good, and see it gone."""
        process = self.service(source).process
        assert process is not None
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def requests(self) -> dict[str, int]:
        """How many requests each department that is a process has counted."""
        counted = {}
        async with httpx.AsyncClient(trust_env=False) as client:
            for service in self.supervisor.services:
                if service.is_running:
                    counted[service.source] = (await client.get(f"{service.url}/_stats")).json()["requests"]
        return counted

    @asynccontextmanager
    async def gateway(
        self, policies: Path | None = None, departments: Path | None = None
    ) -> AsyncIterator["Gateway"]:
        """A gateway of its own, with nothing cached. Without folders of policies and manifests, those that are shipped."""
        settings = self.prepared.settings
        if policies is not None:
            settings = replace(settings, policies=policies)
        if departments is not None:
            assert isinstance(settings.sources, DepartmentSettings)
            settings = replace(settings, sources=replace(settings.sources, manifests=departments))
        async with deployed(settings, self.environment) as deployment:
            transport = httpx.ASGITransport(deployment.application)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                yield Gateway(self, client)


@dataclass(frozen=True)
class Gateway:
    """One gateway, asked by personas."""

    city: City
    client: httpx.AsyncClient

    async def ask(
        self,
        persona: str,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        who = self.city.persona(persona)
        sent = {"Huitong-Purpose": who.purpose, "Accept": "application/graphql-response+json"}
        if who.token is not None:
            sent["Authorization"] = f"Bearer {who.token}"
        request = {"query": query, "variables": variables}
        return await self.client.post("/graphql", json=request, headers={**sent, **(headers or {})})

    async def example(self, name: str, persona: str, about: str = "present") -> httpx.Response:
        """One of the shipped queries, asked about one of the persona's ids."""
        variables = {"id": self.city.persona(persona).ids[about]}
        return await self.ask(persona, self.city.example(name).query, variables)


@dataclass
class Statements:
    """SQL statements as the database driver got them."""

    texts: list[str] = field(default_factory=list)

    def seen(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        self.texts.append(statement)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    prepared = await anyio.to_thread.run_sync(prepare_city, tmp_path_factory.mktemp("city"), PEOPLE, 1)
    supervisor = Supervisor(prepared.directory, lambda _: None)
    environment = {"PYTHONPATH": str(ROOT)}
    try:
        for department in prepared.config.departments:
            port = free_port()
            filled = department.filled(
                prepared.directory, f"http://127.0.0.1:{port}", "a secret of the tests"
            )
            environment.update(filled)
            if department.module is not None:
                own = {**filled, "PYTHONPATH": str(ROOT)}
                await supervisor.start(department.source, department.module, port, own)
        yield City(prepared, supervisor, environment)
    finally:
        await supervisor.stop()


@pytest.fixture
async def gateway(city: City) -> AsyncIterator[Gateway]:
    async with city.gateway() as gateway:
        yield gateway


@pytest.fixture
def statements() -> Iterator[Statements]:
    with counting_statements() as counted:
        yield counted


@contextmanager
def counting_statements() -> Iterator[Statements]:
    counted = Statements()
    arguments = (sqlalchemy.Engine, "before_cursor_execute", counted.seen)
    sqlalchemy.event.listen(*arguments)
    try:
        yield counted
    finally:
        sqlalchemy.event.remove(*arguments)


@pytest.fixture(scope="session")
def shell_environment() -> dict[str, str]:
    """The environment in which the command is called as a process."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}
