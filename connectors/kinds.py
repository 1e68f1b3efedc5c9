"""Kinds of connectors, found by entry point, so that a department can ship its own as a package."""

from functools import cache
from importlib.metadata import entry_points
from typing import Final, Protocol, runtime_checkable

from connectors.base import Connector
from connectors.manifest import Manifest, ManifestFinding
from connectors.transport import Transport

GROUP: Final = "huitong.connectors"
"""The group of entry points under which kinds are installed."""


class ConnectorKind(Protocol):
    """What an entry point leads to: a class that connects to sources of one kind."""

    @staticmethod
    def source_sdl(manifest: Manifest, unified_sdl: str) -> str:
        """The source's schema, as Federation v2 SDL. Raises ManifestError."""
        ...

    @staticmethod
    def connect(manifest: Manifest, source_sdl: str, transport: Transport) -> Connector:
        """A connector for the source; nothing is asked of it yet. Raises ManifestError."""
        ...


@runtime_checkable
class Checked(Protocol):
    """A connector that can compare its manifest with the source itself."""

    async def check(self) -> list[ManifestFinding]:
        """What the manifest names and the source does not have. Raises SourceFailure when it is down."""
        ...


@cache
def find_kind(name: str) -> ConnectorKind:
    """The kind of connector that a manifest names. Raises LookupError, which lists what is installed."""
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise LookupError(f"there is no kind of connector called {name}; installed: {known}")
    # What an entry point loads has no static type; the protocol above is its contract.
    kind: ConnectorKind = installed[name].load()
    return kind


async def check_source(connector: Connector) -> list[ManifestFinding]:
    """What the manifest of a connected source names and the source does not have; nothing for other kinds.

    Raises SourceFailure when the source is down, which is no reason not to start.
    """
    return await connector.check() if isinstance(connector, Checked) else []
