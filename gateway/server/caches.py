"""What the pipeline keeps between requests, bounded in entries and in bytes, and counted.

Security rests on four things, which every use of `Cache` has to keep:

1. A key holds all that its value depends on, beside the snapshot (each snapshot has caches of its own, so a new
   policy or supergraph begins with empty ones). Parts that a client writes enter it whole or as SHA-256.
2. A value depends on no value of a request: no variable, no claim of a token, nothing that a source answered.
   So one caller's entry is as good for the next one; sharing tells nothing but that somebody asked before.
3. A decision is part of a plan's key, never the other way round: whoever finds a plan has been decided about
   first, on this day, and a kept plan cannot outlive what allowed it.
4. What failed is not kept. A refusal costs the same the second time, and nobody can fill a place with one.

Values are immutable. `Cache` itself awaits nothing: of a burst of equal requests the first makes the value
before the second looks for it, so that it is made once.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_LARGEST_SHARE: Final = 20  # one entry may take a twentieth: none drives out all the others

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(slots=True)
class CacheCounters:
    """What a cache did since it was made, and what it holds. `bytes` is an estimate."""

    hits: int = 0
    misses: int = 0
    evictions: int = 0
    entries: int = 0
    bytes: int = 0


class Cache(Generic[Key, Value]):
    """Keeps the values that were used last: at most `max_entries`, at most `max_bytes` by `size_of`.

    `size_of` estimates the bytes of a value from what is in it, so that equal values count the same everywhere.
    """

    def __init__(self, max_entries: int, max_bytes: int, size_of: Callable[[Value], int]) -> None:
        self.counters: Final = CacheCounters()
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._size_of = size_of
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value that is kept, else what `make` returns; what `make` raises is raised."""
        found = self._kept.get(key)
        if found is not None:
            self.counters.hits += 1
            self._kept.move_to_end(key)
            return found[0]
        self.counters.misses += 1
        value = make()
        self._keep(key, value)
        return value

    def _keep(self, key: Key, value: Value) -> None:
        size = self._size_of(value)
        if size > self._max_bytes // _LARGEST_SHARE:
            return
        counters = self.counters
        self._kept[key] = (value, size)
        counters.bytes += size
        while len(self._kept) > self._max_entries or counters.bytes > self._max_bytes:
            _, (_, evicted) = self._kept.popitem(last=False)
            counters.bytes -= evicted
            counters.evictions += 1
        counters.entries = len(self._kept)
