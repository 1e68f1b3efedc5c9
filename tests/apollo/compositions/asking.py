"""@apollo/gateway, loaded with one supergraph after another and asked over pipes; the sources answer over HTTP."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from tests.apollo.node import Node
from tests.federation.case import Run

_HERE = Path(__file__).parent
_PATIENCE = 60.0  # seconds that one answer may take


@dataclass
class ApolloGateway:
    """A running process. One supergraph at a time: the last that was loaded."""

    process: subprocess.Popen[str]
    log: IO[str]
    loaded: str = ""

    def ask(self, supergraph: str, run: Run) -> dict[str, Any]:  # Any: JSON
        """The answer to a run, `{"failed": why}` where the gateway refuses the supergraph or the operation."""
        if supergraph != self.loaded:
            answer = self._tell({"supergraph": supergraph})
            if "failed" in answer:
                return answer
            self.loaded = supergraph
        return self._tell({"query": run.document, "variables": run.variables, "operationName": run.name})

    def _tell(self, request: dict[str, Any]) -> dict[str, Any]:  # Any: JSON
        patience = threading.Timer(_PATIENCE, self.process.kill)
        patience.start()
        try:
            self._stdin.write(json.dumps(request) + "\n")
            self._stdin.flush()
            line = self._stdout.readline()
        finally:
            patience.cancel()
        if not line:
            self.log.seek(0)
            pytest.fail(f"@apollo/gateway ended:\n{self.log.read()[-2000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    @property
    def _stdin(self) -> IO[str]:
        assert self.process.stdin is not None  # it is a pipe
        return self.process.stdin

    @property
    def _stdout(self) -> IO[str]:
        assert self.process.stdout is not None  # it is a pipe
        return self.process.stdout


@contextmanager
def apollo_gateway(node: Node, log: IO[str]) -> Iterator[ApolloGateway]:
    """The process, for as long as it is needed."""
    with subprocess.Popen(
        [str(node.node), "ask.js"],
        cwd=_HERE,
        env={**node.environment, "APOLLO_TELEMETRY_DISABLED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        encoding="utf-8",
    ) as process:
        try:
            yield ApolloGateway(process, log)
        finally:
            process.terminate()
