"""What the pipeline keeps between requests, bounded in entries and in bytes, and counted.

Security rests on four things, which every use of `Cache` has to keep:

1. A key holds all that its value depends on, beside the snapshot (each snapshot has caches of its own, so a new
   policy or supergraph begins with empty ones). Parts that a client writes enter it whole or as SHA-256.
2. A value depends on no value of a request: no claim of a token, nothing that a source answered, and no variable,
   but for the few on which an answer of introspection depends, which its key holds. So one caller's entry is as
   good for the next one; sharing tells nothing but that somebody asked before.
3. A decision is part of a plan's key, never the other way round: whoever finds a plan has been decided about
   first, on this day, and a kept plan cannot outlive what allowed it.
4. What failed is not kept. A refusal costs the same the second time, and nobody can fill a place with one.

Values are immutable. `Cache` itself awaits nothing: of a burst of equal requests the first makes the value
before the second looks for it, so that it is made once. Values that take long are made by shared_work.py.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

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


@dataclass(frozen=True, slots=True)
class Kept(Generic[Value]):
    """A value in a cache, and what it counts for."""

    value: Value
    size: int


class Cache(Generic[Key, Value]):
    """Keeps the values that were used last: at most `max_entries`, at most `max_bytes` by `size_of`.

    `size_of` estimates the bytes of a value from what is in it, so that equal values count the same everywhere.
    One value may take the whole divided by `largest`: none drives out all the others.
    """

    def __init__(
        self, max_entries: int, max_bytes: int, size_of: Callable[[Value], int], largest: int = 20
    ) -> None:
        self.counters: Final = CacheCounters()
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._max_size = max_bytes // largest
        self._size_of = size_of
        self._kept: OrderedDict[Key, Kept[Value]] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value that is kept, else what `make` returns; what `make` raises is raised."""
        found = self.find(key)
        if found is not None:
            return found.value
        value = make()
        self.keep(key, value)
        return value

    def find(self, key: Key) -> Kept[Value] | None:
        """The value that is kept, used now, if there is one."""
        found = self._kept.get(key)
        if found is None:
            self.counters.misses += 1
        else:
            self.counters.hits += 1
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, value: Value) -> None:
        """Keep the value of a key that was not found, unless it is too large."""
        size = self._size_of(value)
        if size > self._max_size:
            return
        counters = self.counters
        self._kept[key] = Kept(value, size)
        counters.bytes += size
        while len(self._kept) > self._max_entries or counters.bytes > self._max_bytes:
            _, evicted = self._kept.popitem(last=False)
            counters.bytes -= evicted.size
            counters.evictions += 1
        counters.entries = len(self._kept)
