"""Introspection as requests meet it: answered in a thread, from what the caller may know of, and kept ready."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Final

import orjson

from connectors.base import Json, Variables
from gateway.errors import GraphQLProblem
from gateway.execution.introspection import introspect
from gateway.execution.visible import VisibleSchema, visible_schema, whole_schema
from gateway.identity import Principal
from gateway.operation import Operation
from gateway.policy import Access
from gateway.server.caches import Cache, CacheCounters
from gateway.server.shared_work import SharedWork
from gateway.server.sizes import schema_bytes
from gateway.server.turns import Turns
from gateway.snapshot import Snapshot

_MIB: Final = 2**20
_SCHEMAS: Final = (50, 64 * _MIB)  # entries, bytes
_ANSWERS: Final = (1_000, 128 * _MIB)
_LARGEST: Final = 4
"""The usual query takes whole schemas, so one of them may take a quarter of what is kept."""


@dataclass(frozen=True, slots=True)
class SchemaAnswer:
    """JSON by response key, None when null has reached the root; and the errors."""

    parts: Mapping[str, bytes] | None
    problems: Sequence[GraphQLProblem] = ()

    @property
    def size(self) -> int:
        """Bytes, about."""
        return 2_000 + sum(map(len, (self.parts or {}).values()))

    def beside(self, data: Mapping[str, Json]) -> dict[str, Json] | None:
        """The data of an answer with these parts in their places."""
        if self.parts is None:
            return None
        return {**data, **{key: orjson.Fragment(part) for key, part in self.parts.items()}}


class Introspection:
    """Answers what operations ask of the schema itself: one at a time, the callers' in turn.

    Schemas are kept by all that decides what is visible: the roles, the purposes of the token, and the days on which
    the policy does not change. Answers are kept by what is visible, the operation, and the variables in it.
    """

    def __init__(self, snapshot: Snapshot, max_bytes: int, today: Callable[[], date]) -> None:
        self._snapshot = snapshot
        self._max_bytes = max_bytes
        self._today = today
        turns = Turns("introspection")
        self._schemas: SharedWork[Hashable, VisibleSchema] = SharedWork(
            Cache(*_SCHEMAS, schema_bytes, _LARGEST), turns
        )
        self._answers: SharedWork[Hashable, SchemaAnswer] = SharedWork(
            Cache(*_ANSWERS, lambda answer: answer.size, _LARGEST), turns
        )

    @property
    def caches(self) -> Mapping[str, CacheCounters]:
        """What each cache did and holds, by its name."""
        return {"schemas": self._schemas.counters, "introspection": self._answers.counters}

    async def answer(self, operation: Operation, variables: Variables, principal: Principal) -> SchemaAnswer:
        """The answers to the introspection fields of an operation. Raises RequestRefused past a limit."""
        if operation.introspection is None:
            return SchemaAnswer({})
        roles, purposes, today = principal.roles, principal.purposes, self._today()
        policy = self._snapshot.policy
        shown = await self._schemas.get(
            (roles, purposes, policy.stable_until(today)),
            partial(self._shown, policy, roles, purposes, today),
            principal.subject,
        )
        named = sorted(operation.introspection.variables & variables.keys())
        used = {name: variables[name] for name in named}
        key = (shown.key, operation.key, sha256(orjson.dumps(used)).digest())
        return await self._answers.get(key, partial(self._made, shown, operation, used), principal.subject)

    def _shown(
        self, policy: Access, roles: frozenset[str], purposes: frozenset[str], today: date
    ) -> VisibleSchema:
        schema = self._snapshot.supergraph.schema
        seen = policy.could_ever(roles, purposes, today)
        return whole_schema(schema) if seen is None else visible_schema(schema, seen.fields | seen.roots)

    def _made(self, shown: VisibleSchema, operation: Operation, variables: Variables) -> SchemaAnswer:
        found = introspect(shown, operation, variables, self._max_bytes)
        if found.data is None:
            return SchemaAnswer(None, found.problems)
        return SchemaAnswer({key: orjson.dumps(value) for key, value in found.data.items()}, found.problems)
