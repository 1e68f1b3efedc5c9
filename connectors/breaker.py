"""Whether a source is worth asking: what its last answers say, and a breaker that spares one that is down."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from connectors.base import FailureKind, SourceFailure

State = Literal["closed", "open", "trial"]

CONSECUTIVE_FAILURES: Final = 5
OPEN_SECONDS: Final = 1.0
KNOWN_SECONDS: Final = 2.0

DOWN: Final = frozenset({FailureKind.UNAVAILABLE, FailureKind.TIMEOUT})
"""Failures that any question would have met; the others may be about what was asked."""


@dataclass(slots=True)
class Breaker:
    """Opens after failures in a row that mean "down"; a moment later one trial decides whether it closes.

    Each `admit` that returns must be followed by exactly one of `succeeded`, `failed`, `abandoned`.
    """

    clock: Callable[[], float] = time.monotonic
    last_failure: SourceFailure | None = None
    last_failure_at: float = float("-inf")
    last_success_at: float = float("-inf")
    _in_a_row: int = 0
    _opened_at: float | None = None
    _trial: asyncio.Event | None = field(default=None, repr=False)

    @property
    def state(self) -> State:
        """closed: asked freely. open: not asked. trial: the next request, or the one under way, decides."""
        if self._opened_at is None:
            return "closed"
        return "open" if self._trial is None and self.clock() < self._opened_at + OPEN_SECONDS else "trial"

    def check(self) -> None:
        """Raises SourceFailure UNAVAILABLE while the breaker is open."""
        if self.state == "open":
            cause = self.last_failure.kind.value if self.last_failure else "failures"
            raise SourceFailure(FailureKind.UNAVAILABLE, f"not asked for a moment after {cause}")

    async def admit(self) -> bool:
        """Wait until the source may be asked; True for the trial that decides.

        Raises SourceFailure UNAVAILABLE while the breaker is open.
        """
        while self._opened_at is not None:
            self.check()
            if self._trial is None:
                self._trial = asyncio.Event()
                return True
            await self._trial.wait()
        return False

    def succeeded(self) -> None:
        """The source answered."""
        self.last_success_at = self.clock()
        self._in_a_row = 0
        self._opened_at = None
        self._end_trial()

    def failed(self, failure: SourceFailure) -> None:
        """The source failed. A failure that is an answer of a kind shows that it is up, and opens nothing."""
        self.last_failure, self.last_failure_at = failure, self.clock()
        if failure.kind in DOWN:
            self._in_a_row += 1
            if self._opened_at is not None or self._in_a_row >= CONSECUTIVE_FAILURES:
                self._opened_at = self.clock()
        else:
            self._in_a_row = 0
            self._opened_at = None
        self._end_trial()

    def abandoned(self, trial: bool) -> None:
        """Nothing was learnt: the request had no time to tell. When it was the trial, another may begin."""
        if trial:
            self._end_trial()

    def known(self) -> SourceFailure | Literal["up", "unknown"]:
        """What is known of the source just now: its last outcome, when that is recent.

        A failure that is an answer of a kind was about what somebody asked, and is nobody else's: the source is up.
        """
        now = self.clock()
        newest = max(self.last_success_at, self.last_failure_at)
        if self.state == "open" and self.last_failure is not None:
            return self.last_failure
        if now - newest > KNOWN_SECONDS or self.state == "trial":
            return "unknown"
        failure = self.last_failure if self.last_failure_at >= self.last_success_at else None
        return failure if failure is not None and failure.kind in DOWN else "up"

    def _end_trial(self) -> None:
        if self._trial is not None:
            self._trial.set()
            self._trial = None
