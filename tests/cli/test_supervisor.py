"""Departments as processes: started, stopped, noticed when they end, started again, never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from demo.prepare import prepare
from gateway.cli.supervisor import Supervisor, free_port
from gateway.errors import ConfigurationError

pytestmark = pytest.mark.anyio
ENVIRONMENT = {"CIVIL_AFFAIRS_TOKEN": "secret", "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    prepare(folder, 1, 100)
    return folder


@pytest.fixture
async def supervisor(city_folder: Path) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(city_folder, lambda _: None)
    yield supervisor
    await supervisor.stop()


def ends(pid: int) -> bool:
    """True when the process is gone within ten seconds."""
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_a_department_answers_when_it_has_started_and_is_gone_when_stopped(
    supervisor: Supervisor,
) -> None:
    service = await supervisor.start("civil-affairs", "demo.civil_affairs", free_port(), ENVIRONMENT)
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{service.url}/_health")).status_code == 200
    pid = service.pid
    assert pid is not None
    await supervisor.stop()
    assert not service.is_running
    assert not is_alive(pid)


async def test_an_end_is_told_and_the_department_comes_back_where_it_was(city_folder: Path) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    supervisor = Supervisor(city_folder, told.put_nowait)
    service = await supervisor.start("civil-affairs", "demo.civil_affairs", free_port(), ENVIRONMENT)
    before = service.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert "civil-affairs has ended (status -9)" in await asyncio.wait_for(told.get(), 10)
    await supervisor.start_again()
    assert "civil-affairs runs again" in told.get_nowait()
    assert service.pid not in (None, before)
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{service.url}/_health")).status_code == 200
    await supervisor.stop()
    assert told.empty()


async def test_a_department_that_cannot_start_is_one_finding_with_its_log(
    supervisor: Supervisor, city_folder: Path
) -> None:
    environment = {**ENVIRONMENT, "CIVIL_AFFAIRS_TOKEN": ""}
    with pytest.raises(ConfigurationError) as raised:
        await supervisor.start("civil-affairs-b", "demo.civil_affairs", free_port(), environment)
    assert str(raised.value).startswith("DEPARTMENT_FAILED the department civil-affairs-b ended at once")
    assert "CIVIL_AFFAIRS_TOKEN" in (city_folder / "civil-affairs-b.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
async def test_departments_end_when_their_parent_is_killed(city_folder: Path) -> None:
    script = textwrap.dedent(
        """
        import asyncio, sys
        from pathlib import Path
        from gateway.cli.supervisor import Supervisor, free_port

        async def main():
            supervisor = Supervisor(Path(sys.argv[1]), print)
            service = await supervisor.start("orphan", "demo.civil_affairs", free_port(), {})
            print(service.pid, flush=True)
            await asyncio.Event().wait()

        asyncio.run(main())
        """
    )
    environment = {**os.environ, **ENVIRONMENT}
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, str(city_folder)), env=environment, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert is_alive(pid)
    parent.kill()
    await parent.wait()
    try:
        assert await asyncio.to_thread(ends, pid)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
