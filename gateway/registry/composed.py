"""From a composed supergraph to a snapshot: every source is a GraphQL service at the address that the file states.

No source is asked here: the file holds all that their schemas say.
"""

from pathlib import Path
from types import MappingProxyType
from typing import Final

from connectors.kinds import find_kind
from connectors.manifest import Department, Limits, Manifest, ManifestError
from connectors.protection import ProtectedSource
from connectors.transport import Transport, open_transport
from gateway.errors import ConfigurationError, Finding
from gateway.policy import OpenAccess, load_policy
from gateway.registry.addresses import wrong_with
from gateway.registry.disclosure import exchange_findings, sharing_findings
from gateway.registry.files import read_text
from gateway.settings import Settings, SupergraphSettings
from gateway.snapshot import Snapshot
from gateway.supergraph.join import ComposedSupergraph, all_nullable, read_supergraph
from gateway.supergraph.model import Source, Supergraph
from gateway.supergraph.progressive import with_label_hints

SOURCE_LIMITS: Final = Limits(
    concurrency=256,  # several requests each of some fifty clients
    timeout=5.0,
    retries=1,  # of reads alone: a mutation is never repeated
    response_bytes=32 * 1024 * 1024,
)
"""What a source may be asked for, where no manifest says it."""


def load_open_snapshot(file: Path, override_labels: frozenset[str]) -> Snapshot:
    """A composed supergraph without a policy. Raises ConfigurationError with every finding."""
    composed = read_composed(file)
    check_addresses(composed.supergraph, file)
    return open_snapshot(composed, file, override_labels)


def load_governed_snapshot(stated: SupergraphSettings, settings: Settings, ask_sources: bool) -> Snapshot:
    """A composed supergraph under a policy. Raises ConfigurationError with every finding of the first stage.

    `ask_sources`: the sources will be asked, so that each must have an address.
    """
    composed = read_composed(stated.file)
    findings = [*sharing_findings(composed.supergraph, stated, settings.file)]
    findings += exchange_findings(
        composed.supergraph, dict.fromkeys(composed.supergraph.sources, stated.file)
    )
    if findings:
        raise ConfigurationError(findings)
    if ask_sources:
        check_addresses(composed.supergraph, stated.file)
    supergraph = with_label_hints(all_nullable(composed.supergraph), settings.override_labels)
    policy = load_policy(settings.policies, supergraph)
    transport = open_transport()
    sources = connect_sources(composed, stated.file, transport)
    return Snapshot(supergraph, policy, sources, transport, settings.override_labels)


def open_snapshot(composed: ComposedSupergraph, file: Path, override_labels: frozenset[str]) -> Snapshot:
    """The same from what was read already, wherever its sources answer. Raises ConfigurationError."""
    supergraph = with_label_hints(composed.supergraph, override_labels)
    transport = open_transport()
    sources = connect_sources(composed, file, transport)
    return Snapshot(supergraph, OpenAccess(supergraph), sources, transport, override_labels)


def read_composed(file: Path) -> ComposedSupergraph:
    """Read a file of composed SDL. Raises ConfigurationError."""
    text = read_text(file, "SUPERGRAPH_INVALID", "name a file of composed SDL")
    return read_supergraph(text, file)


def connect_sources(
    composed: ComposedSupergraph, file: Path, transport: Transport
) -> dict[str, ProtectedSource]:
    """A connected source for each that the supergraph names. Raises ConfigurationError."""
    connected: dict[str, ProtectedSource] = {}
    findings: list[Finding] = []
    for name, source in sorted(composed.supergraph.sources.items()):
        sdl = composed.source_sdl[name]
        manifest = _manifest(source, sdl, file)
        try:
            connector = find_kind(manifest.connector).connect(manifest, sdl, transport)
        except ManifestError as error:
            findings += [
                Finding(
                    "SUPERGRAPH_INVALID", f"{name}: {found.message}", "compose the supergraph again", file
                )
                for found in error.findings
            ]
            continue
        connected[name] = ProtectedSource(
            name, source.department, connector, manifest.limits, manifest.max_age
        )
    if findings:
        raise ConfigurationError(findings)
    return connected


def check_addresses(supergraph: Supergraph, file: Path) -> None:
    """Raises ConfigurationError unless every source has an address where it may be asked; none is printed."""
    findings = [
        Finding(
            "SOURCE_ADDRESS",
            f"the address of {name} {message}",
            f"write `url:` of its @join__graph as {fit}",
            file,
        )
        for name, source in sorted(supergraph.sources.items())
        for message, fit in wrong_with(source.url)
    ]
    if findings:
        raise ConfigurationError(findings)


def _manifest(source: Source, sdl: str, file: Path) -> Manifest:
    """What the source's department would have registered."""
    return Manifest(
        path=file,
        source=source.name,
        department=Department(source.department),
        connector="graphql",
        url=source.url,
        url_line=1,
        headers=MappingProxyType({}),  # nothing of a client's headers is ever forwarded
        sharing=source.sharing,
        max_age=0,
        health=None,
        types=MappingProxyType({}),
        sdl=sdl,
        limits=SOURCE_LIMITS,
    )
