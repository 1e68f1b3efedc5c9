"""The departments as processes: how they start, where they listen, how they stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

import demo
from demo.prepare import prepare

MODULES = ["demo.civil_affairs", "demo.credit_centre"]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    prepare(folder, 1, 60)
    return folder


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Start a department, with its token unless the environment given says otherwise."""
    started: list[subprocess.Popen[str]] = []

    def start_one(module: str, port: int, data: Path = folder, **environment: str) -> "subprocess.Popen[str]":
        root = str(Path(demo.__file__).parent.parent)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, "--data", str(data), "--port", str(port)],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": root, "CIVIL_AFFAIRS_TOKEN": "t"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_healthy(port: int, process: "subprocess.Popen[str]") -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(1500):
            try:
                assert client.get("/_health").json() == {"status": "up"}
                return
            except httpx.TransportError:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.02)  # between two looks at a process that is starting
    raise AssertionError("the department does not become healthy")


@pytest.mark.parametrize("module", MODULES)
def test_it_serves_on_loopback_says_nothing_and_stops_when_told(start: Start, module: str) -> None:
    port = free_port()
    process = start(module, port)
    wait_until_healthy(port, process)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=10)
    assert process.returncode in (0, -signal.SIGTERM)
    assert (output, errors) == ("", "")


@pytest.mark.parametrize("module", MODULES)
def test_a_port_in_use_is_one_line_and_a_failure(start: Start, module: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(module, taken.getsockname()[1])
        _, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "in use" in errors
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("module", MODULES)
def test_missing_data_is_one_line_and_a_failure(start: Start, module: str, tmp_path: Path) -> None:
    process = start(module, free_port(), data=tmp_path)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert len(errors.splitlines()) == 1


def test_a_missing_token_is_one_line_that_names_the_variable(start: Start) -> None:
    process = start("demo.civil_affairs", free_port(), CIVIL_AFFAIRS_TOKEN="")
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors == "civil-affairs: the environment variable CIVIL_AFFAIRS_TOKEN is not set\n"
