"""How often a source is asked: the rate its manifest allows, and a budget for asking again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

_BURST_SECONDS: Final = 0.1
_RETRY_RESERVE: Final = 10.0
_RETRIES_A_REQUEST: Final = 0.1

Clock = Callable[[], float]
Pause = Callable[[float], Awaitable[None]]


class RateLimit:
    """At most `rate` requests a second, in bursts of a tenth of a second's worth; None: no limit."""

    def __init__(
        self, rate: float | None, clock: Clock = time.monotonic, pause: Pause = asyncio.sleep
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._pause = pause
        self._due = float("-inf")

    async def wait(self, patience: float) -> None:
        """Wait for this request's turn. Turns are given in order of asking; a cancelled one is lost.

        Raises TimeoutError at once when the turn would come later than in `patience` seconds. No turn is taken
        then: those who come later are not to wait for requests that are never made.
        """
        if self._rate is None:
            return
        now = self._clock()
        turn = max(self._due, now)
        delay = turn - _BURST_SECONDS - now
        if delay > patience:
            raise TimeoutError
        self._due = turn + 1 / self._rate
        if delay > 0:
            await self._pause(delay)


class RetryBudget:
    """Retries that a source may be put to: a tenth of its requests, and a small reserve.

    So a source that is going down is not pushed over by everybody asking twice.
    """

    def __init__(self) -> None:
        self._left = _RETRY_RESERVE

    def earn(self) -> None:
        """A request was made."""
        self._left = min(_RETRY_RESERVE, self._left + _RETRIES_A_REQUEST)

    def spend(self) -> bool:
        """Whether one more retry is allowed; it counts as made."""
        if self._left < 1:
            return False
        self._left -= 1
        return True
