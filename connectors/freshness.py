"""Raw source data, kept for as long as its department says that it stays fresh.

Shared by all principals, which is safe because of what the key holds: the source, the fetch (its selections and
filters, not merely its text), the values of every variable and claim that can change the answer, and the
entity asked for. Entries are bytes, so nobody can change another request's objects. Failures are never kept.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import orjson
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]  # aiocache ships no types

from connectors.base import (
    Claim,
    FetchSpec,
    FieldSelection,
    GuardTerm,
    Json,
    Representation,
    RowFilter,
    RunContext,
    Variables,
)

Entity = dict[str, Json] | None

MAX_ENTRIES: Final = 20_000
MAX_BYTES: Final = 64 * 1024 * 1024


class FetchIdentity:
    """What tells one fetch's answers from another's: made once when the fetch is prepared."""

    def __init__(self, source: str, spec: FetchSpec, text: str) -> None:
        self._digest = hashlib.sha256(orjson.dumps([source, text, spec], default=_ordered)).digest()
        selections = list(_selections(spec.selections))
        self._variables = sorted(
            {argument.variable for item in selections for argument in item.arguments}
            | {name for item in selections for name in item.condition.variables}
        )
        filters = [spec.rows, *(item.rows for item in selections)]
        self._claims = sorted(
            {term.operand.name for term in _terms(filters) if isinstance(term.operand, Claim)}
        )

    def keys(
        self, variables: Variables, context: RunContext, representations: Sequence[Representation]
    ) -> list[str]:
        """The keys of one request's entities, aligned with `representations`."""
        request = [
            {name: variables[name] for name in self._variables if name in variables},
            {name: context.operands[name] for name in self._claims if name in context.operands},
        ]
        begun = hashlib.sha256(self._digest + orjson.dumps(request, option=orjson.OPT_SORT_KEYS))
        return [_entity_key(begun, representation) for representation in representations]


def _entity_key(begun: "hashlib._Hash", representation: Representation) -> str:
    digest = begun.copy()
    digest.update(orjson.dumps(dict(representation), option=orjson.OPT_SORT_KEYS))
    return digest.hexdigest()


class FreshData:
    """A bounded memory of what a source answered.

    `max_age`: seconds, above 0. The oldest entries go first when there are too many, or too many bytes.
    """

    def __init__(
        self,
        max_age: float,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_age = max_age
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._clock = clock
        self._cache = SimpleMemoryCache(timeout=0)  # 0: no timer around each look into memory
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._bytes = 0

    async def find(self, keys: Sequence[str]) -> dict[int, Entity]:
        """What is kept and fresh, by index of `keys`: each an object of the caller's own, None for no such entity."""
        stored = await self._cache.multi_get(keys)
        now = self._clock()
        return {
            index: orjson.loads(entry[1])
            for index, entry in enumerate(stored)
            if entry is not None and entry[0] > now
        }

    async def keep(self, found: Mapping[str, Entity]) -> None:
        """Keep what a source has just answered."""
        expires = self._clock() + self._max_age
        entries = {key: (expires, orjson.dumps(entity)) for key, entity in found.items()}
        await self._cache.multi_set(list(entries.items()), ttl=self._max_age)
        for key, (_, content) in entries.items():
            self._forget_size(key)
            self._sizes[key] = len(content)
            self._bytes += len(content)
        await self._evict()

    async def close(self) -> None:
        """Forget everything."""
        for key in list(self._sizes):
            await self._cache.delete(key)
        self._sizes.clear()
        self._bytes = 0

    async def _evict(self) -> None:
        while self._sizes and (len(self._sizes) > self._max_entries or self._bytes > self._max_bytes):
            oldest = next(iter(self._sizes))
            self._forget_size(oldest)
            await self._cache.delete(oldest)

    def _forget_size(self, key: str) -> None:
        self._bytes -= self._sizes.pop(key, 0)


def _selections(selections: Iterable[FieldSelection]) -> Iterator[FieldSelection]:
    for item in selections:
        yield item
        yield from _selections(item.children)


def _terms(filters: Iterable[RowFilter]) -> Iterator[GuardTerm]:
    return (term for rows in filters for terms in rows.any_of for term in terms)


def _ordered(value: Json) -> Json:
    """Sets as sorted lists, so that equal fetches have equal text."""
    if isinstance(value, frozenset):
        return sorted((_ordered(item) for item in value), key=orjson.dumps)
    return value
