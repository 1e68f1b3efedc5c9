"""Two gateways over the same four subgraphs: @apollo/gateway and Huitong, each started as its users start it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx
import pytest

from connectors.base import Json
from tests.apollo.node import HERE, Node, find_node, install, missing

_PATIENCE = 120.0  # seconds that a process may take to begin


@dataclass(frozen=True)
class Answer:
    """What a gateway answered, and the requests that each subgraph had for it."""

    body: Json
    requests: Mapping[str, int]

    @property
    def total(self) -> int:
        """Requests to all subgraphs."""
        return sum(self.requests.values())


@dataclass(frozen=True)
class Comparison:
    """Both gateways. `taken`: where the subgraphs tell, and forget, how many requests they had."""

    apollo: str
    huitong: str
    taken: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False, timeout=60))

    def ask_apollo(self, query: str, variables: Json) -> Answer:
        """Ask @apollo/gateway."""
        return self._ask(self.apollo, query, variables)

    def ask_huitong(self, query: str, variables: Json) -> Answer:
        """Ask Huitong."""
        return self._ask(self.huitong, query, variables)

    def _ask(self, url: str, query: str, variables: Json) -> Answer:
        self.client.get(self.taken)
        body = self.client.post(url, json={"query": query, "variables": variables}).json()
        return Answer(body, self.client.get(self.taken).json())


@pytest.fixture(scope="session")
def node() -> Node:
    """Node, with all packages in place."""
    found = find_node()
    install(found)
    return found


@pytest.fixture(scope="session")
def benchmark(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    """The public federation benchmark, behind both gateways."""
    with _compared(node, "benchmark", tmp_path_factory.mktemp("benchmark")) as comparison:
        yield comparison


@pytest.fixture(scope="session")
def media(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    """A federation with interfaces, unions, mutations and failures, behind both gateways."""
    with _compared(node, "media", tmp_path_factory.mktemp("media")) as comparison:
        yield comparison


@contextmanager
def _compared(node: Node, federation: str, directory: Path) -> Iterator[Comparison]:
    huitong = Path(sys.executable).with_name("huitong")
    if not huitong.exists():
        missing("the huitong command is not installed beside this Python")
    with (
        (directory / "log").open("w+") as log,
        _started([str(node.node), "serve.js", f"./{federation}.js"], log, node.environment) as line,
    ):
        served = json.loads(line)
        supergraph = directory / "supergraph.graphql"
        supergraph.write_text(served["supergraph"], encoding="utf-8")
        command = [str(huitong), "serve", "--supergraph", str(supergraph), "--open", "--port", "0"]
        with _started(command, log) as line:
            comparison = Comparison(served["gateway"], line.split()[-1], served["taken"])
            with comparison.client:
                yield comparison


@contextmanager
def _started(
    command: Sequence[str], log: IO[str], environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """A process for as long as it is needed; gives the line that it prints when it has begun."""
    with subprocess.Popen(
        command,
        cwd=HERE,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None  # it is a pipe
        patience = threading.Timer(_PATIENCE, process.kill)
        patience.start()
        try:
            line = process.stdout.readline()
            patience.cancel()
            if not line:
                log.seek(0)
                pytest.fail(f"{Path(command[0]).name} did not start:\n{log.read()[-2000:]}")
            yield line
        finally:
            patience.cancel()
            process.terminate()
