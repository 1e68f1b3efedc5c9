"""From settings to a snapshot: manifests → source schemas → supergraph → policy → connected sources."""

import asyncio
import importlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from connectors.base import Connector, SourceFailure
from connectors.derived_places import derived_places
from connectors.kinds import find_kind
from connectors.manifest import Manifest, ManifestError, ManifestFinding, load_manifest
from connectors.protection import ProtectedSource
from connectors.transport import Transport, open_transport
from gateway.errors import ConfigurationError, Finding
from gateway.policy import load_policy
from gateway.registry.composed import load_governed_snapshot
from gateway.settings import DepartmentSettings, Settings, SupergraphSettings
from gateway.snapshot import Snapshot
from gateway.supergraph.progressive import with_label_hints
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.unified import ScalarParser, compose

MAX_MANIFESTS = 1_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ontology:
    sdl: str
    scalars: Mapping[str, ScalarParser]


@dataclass(frozen=True, slots=True)
class _Connected:
    manifest: Manifest
    sdl: str
    connector: Connector


async def load_snapshot(
    settings: Settings, environment: Mapping[str, str], ask_sources: bool = True
) -> Snapshot:
    """Load all that `settings` name and connect the sources; secrets come from `environment`.

    With `ask_sources`, manifests are compared with what the sources hold. A source that is down is no error: it
    is connected when it returns. Raises ConfigurationError with every
    finding of the first stage that has any (manifests, composition, policy, what the sources themselves hold).
    """
    stated = settings.sources
    if isinstance(stated, SupergraphSettings):
        return load_governed_snapshot(stated, settings, ask_sources)
    ontology = _ontology(stated, settings.file)
    transport = open_transport()
    connected: list[_Connected] = []
    try:
        _connect_all(_manifests(stated.manifests, environment), ontology, transport, connected)
        supergraph = compose(
            [_source_text(source) for source in connected], ontology.sdl, stated.record, ontology.scalars
        )
        supergraph = with_label_hints(supergraph, settings.override_labels)
        policy = load_policy(settings.policies, supergraph)
        if ask_sources:
            await _check_all(connected)
    except BaseException:
        for source in connected:
            await source.connector.close()
        await transport.close()
        raise
    return Snapshot(
        supergraph,
        policy,
        {item.manifest.source: _protected(item) for item in connected},
        transport,
        settings.override_labels,
    )


def _ontology(stated: DepartmentSettings, file: Path) -> _Ontology:
    sdl = cast(Callable[[], str], _named(stated.ontology_sdl, file))()
    scalars = cast(Mapping[str, ScalarParser], _named(stated.ontology_scalars, file))
    return _Ontology(sdl, scalars)


def _named(dotted: str, file: Path) -> object:
    module, _, name = dotted.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        finding = Finding("ONTOLOGY_MISSING", f"{dotted} cannot be imported", "correct `ontology:`", file)
        raise ConfigurationError([finding]) from None


def _manifests(folder: Path, environment: Mapping[str, str]) -> list[Manifest]:
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if len(paths) > MAX_MANIFESTS:
        raise ConfigurationError([
            Finding("MANIFEST_INVALID", f"{folder} holds more than {MAX_MANIFESTS} manifests",
                    "split the deployment", folder)
        ])  # fmt: skip
    manifests, findings = [], []
    for path in paths:
        try:
            manifests.append(load_manifest(path, environment))
        except ManifestError as error:
            findings += _findings(error.findings)
    if findings:
        raise ConfigurationError(findings)
    return manifests


def _connect_all(
    manifests: list[Manifest], ontology: _Ontology, transport: Transport, connected: list[_Connected]
) -> None:
    """Fill `connected`, so that what was opened can be closed when one of them cannot be."""
    findings: list[Finding] = []
    for manifest in manifests:
        try:
            kind = find_kind(manifest.connector)
            sdl = kind.source_sdl(manifest, ontology.sdl)
            connected.append(_Connected(manifest, sdl, kind.connect(manifest, sdl, transport)))
        except ManifestError as error:
            findings += _findings(error.findings)
        except LookupError:
            findings.append(
                Finding("MANIFEST_INVALID", f"there is no connector of the kind {manifest.connector!r}",
                        "correct `connector:`, or install the package that brings it", manifest.path)
            )  # fmt: skip
    if findings:
        raise ConfigurationError(findings)


async def _check_all(connected: list[_Connected]) -> None:
    """Compare manifests with what the sources hold, all at a time, where a source can say so and is up."""
    async with asyncio.TaskGroup() as tasks:
        checks = [tasks.create_task(_check(source)) for source in connected]
    findings = [finding for check in checks for finding in check.result()]
    if findings:
        raise ConfigurationError(findings)


async def _check(source: _Connected) -> list[Finding]:
    check = getattr(source.connector, "check", None)
    if check is None:
        return []
    try:
        return _findings(await check())
    except SourceFailure as failure:
        log.warning(
            "source %s could not be compared with its manifest: %s", source.manifest.source, failure.detail
        )
        return []


def _findings(found: Iterable[ManifestFinding]) -> list[Finding]:
    return [
        Finding("MANIFEST_INVALID", item.message, item.remedy, item.file, item.line, item.column)
        for item in found
    ]


def _source_text(source: _Connected) -> SourceText:
    manifest = source.manifest
    lines = derived_places(manifest, source.sdl)
    return SourceText(
        manifest.source,
        manifest.department.name,
        source.sdl,
        source.connector.capabilities,
        manifest.sharing,
        places={line: (str(manifest.path), at) for line, at in lines.items()},
    )


def _protected(source: _Connected) -> ProtectedSource:
    manifest = source.manifest
    return ProtectedSource(
        manifest.source, manifest.department.name, source.connector, manifest.limits, manifest.max_age
    )
