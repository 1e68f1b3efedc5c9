"""The command line as a user calls it: arguments in, exit status and two streams out."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from gateway.cli import commands


class Ended(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line on stderr; fails when there are more, or a trace."""
        [line] = self.err.splitlines()
        assert "Traceback" not in line
        return line


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def huitong(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*arguments: object) -> Ended:
        status = commands.run([str(argument) for argument in arguments])
        return Ended(status, *capsys.readouterr())

    return call
