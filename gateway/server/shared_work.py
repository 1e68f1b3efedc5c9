"""Values that take long to make: made in a thread, beside the event loop, and kept in a cache.

Requests that want a value while it is being made wait for that one. A request that is given up leaves it to the
others; when nobody is left, work that has not begun is not begun. What has begun ends, and is kept.
"""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic

from gateway.server.caches import Cache, CacheCounters, Key, Value
from gateway.server.turns import Job, Turns


@dataclass(slots=True)
class _Work(Generic[Value]):
    """One value in the making: the thread's side of it, the event loop's, who asked, and how many requests wait."""

    job: Job[Value]
    result: asyncio.Future[Value]
    callers: set[Hashable] = field(default_factory=set)
    waiting: int = 0


class SharedWork(Generic[Key, Value]):
    """A cache whose values the thread of `turns` makes. Belongs to one event loop."""

    def __init__(self, cache: Cache[Key, Value], turns: Turns) -> None:
        self._cache = cache
        self._turns = turns
        self._under_way: dict[Key, _Work[Value]] = {}

    @property
    def counters(self) -> CacheCounters:
        """Those of the cache; waiting for what another request has begun counts as a hit."""
        return self._cache.counters

    async def get(self, key: Key, make: Callable[[], Value], caller: Hashable) -> Value:
        """The value that is kept or in the making, else what `make` returns; what `make` raises is raised."""
        work = self._under_way.get(key)
        if work is None:
            found = self._cache.find(key)
            if found is not None:
                return found.value
            work = self._begin(key, make)
        else:
            self.counters.hits += 1
        if caller not in work.callers:
            work.callers.add(caller)
            self._turns.queue(caller, work.job)
        work.waiting += 1
        try:
            return await asyncio.shield(work.result)
        finally:
            work.waiting -= 1
            if not work.waiting and work.job.future.cancel():
                self._forget(key, work)

    def _begin(self, key: Key, make: Callable[[], Value]) -> _Work[Value]:
        job = Job(make)
        work = _Work(job, asyncio.wrap_future(job.future))
        self._under_way[key] = work
        work.result.add_done_callback(lambda result: self._made(key, work, result))
        return work

    def _made(self, key: Key, work: _Work[Value], result: asyncio.Future[Value]) -> None:
        self._forget(key, work)
        if not result.cancelled() and result.exception() is None:
            self._cache.keep(key, result.result())

    def _forget(self, key: Key, work: _Work[Value]) -> None:
        if self._under_way.get(key) is work:
            del self._under_way[key]
