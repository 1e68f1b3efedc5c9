"""A snapshot: supergraph, policy and connected sources that belong together.

A request runs from start to end on one snapshot. It is closed when its last request has ended.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from connectors.protection import ProtectedSource
from connectors.transport import Transport
from gateway.policy import Access
from gateway.supergraph.model import Supergraph


class Snapshot:
    """What one version of a deployment answers from. `lease` it for a request; `close` waits for all leases.

    `override_labels`: the labels of `@override` that are active for all requests.
    """

    def __init__(
        self,
        supergraph: Supergraph,
        policy: Access,
        sources: Mapping[str, ProtectedSource],
        transport: Transport,
        override_labels: frozenset[str] = frozenset(),
    ) -> None:
        self.supergraph = supergraph
        self.policy = policy
        self.sources = sources
        self.override_labels = override_labels
        self._transport = transport
        self._leases = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @asynccontextmanager
    async def lease(self) -> AsyncIterator["Snapshot"]:
        """Keep the snapshot open for one request."""
        self._leases += 1
        self._idle.clear()
        try:
            yield self
        finally:
            self._leases -= 1
            if not self._leases:
                self._idle.set()

    async def close(self) -> None:
        """Close every source once the last request has ended."""
        await self._idle.wait()
        for source in self.sources.values():
            await source.close()
        await self._transport.close()
