"""Kinds of connectors, found by entry point, so that a department can ship its own as a package."""

from functools import cache
from importlib.metadata import entry_points
from typing import Final, Protocol

from connectors.base import Connector
from connectors.manifest import Manifest
from connectors.transport import Transport

GROUP: Final = "huitong.connectors"
"""The group of entry points under which kinds are installed."""


class ConnectorKind(Protocol):
    """What an entry point leads to: a class that connects to sources of one kind.

    A connector that can compare its manifest with the source itself has one method more than base.py demands:
    `async def check(self) -> list[ManifestFinding]`, what the manifest names and the source does not have. It
    raises SourceFailure when the source is down, which is no reason not to start.
    """

    @staticmethod
    def source_sdl(manifest: Manifest, unified_sdl: str) -> str:
        """The source's schema, as Federation v2 SDL. Raises ManifestError."""
        ...

    @staticmethod
    def connect(manifest: Manifest, source_sdl: str, transport: Transport) -> Connector:
        """A connector for the source; nothing is asked of it yet. Raises ManifestError."""
        ...


@cache
def find_kind(name: str) -> ConnectorKind:
    """The kind of connector that a manifest names.

    Raises LookupError, which lists what is installed, or says that a package is broken.
    """
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise LookupError(f"there is no kind of connector called {name}; installed: {known}")
    # What an entry point loads has no static type; the protocol above is its contract.
    try:
        kind: ConnectorKind = installed[name].load()
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the package that brings {name} cannot be loaded: {error}") from None
    return kind
