"""From settings to a snapshot: manifests → source schemas → supergraph → policy → connected sources."""

import asyncio
import importlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from connectors.base import Connector, SourceFailure
from connectors.derived_places import derived_places
from connectors.kinds import ConnectorKind, find_kind
from connectors.manifest import Manifest, ManifestError, ManifestFinding, load_manifest
from connectors.protection import ProtectedSource
from connectors.transport import Transport, open_transport
from gateway.errors import ConfigurationError, Finding
from gateway.policy import load_policy
from gateway.registry.composed import load_governed_snapshot
from gateway.registry.disclosure import exchange_findings
from gateway.registry.side_by_side import side_by_side
from gateway.settings import DepartmentSettings, Settings, SupergraphSettings
from gateway.snapshot import Snapshot
from gateway.supergraph.model import Supergraph
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
class _Described:
    """A source that is registered and has told its schema; nothing is open yet."""

    manifest: Manifest
    kind: ConnectorKind
    sdl: str


@dataclass(frozen=True, slots=True)
class _Connected:
    manifest: Manifest
    connector: Connector


async def load_snapshot(
    settings: Settings, environment: Mapping[str, str], ask_sources: bool = True
) -> Snapshot:
    """Load all that `settings` name and connect the sources; secrets come from `environment`.

    With `ask_sources`, manifests are compared with what the sources hold. A source that is down is no error: it
    is connected when it returns. Raises ConfigurationError with every
    finding of the first stage that has any (manifests, composition, policy, what the sources themselves hold).
    Composition comes before connecting: it says best what is wrong with a schema.
    """
    stated = settings.sources
    if isinstance(stated, SupergraphSettings):
        return load_governed_snapshot(stated, settings, ask_sources)
    ontology = _ontology(stated, settings.file)
    described = _describe(_manifests(stated.manifests, environment), ontology)
    texts = [_source_text(source) for source in described]
    supergraph = compose(texts, ontology.sdl, stated.record, ontology.scalars, settings.file)
    undisclosed = exchange_findings(supergraph, {one.manifest.source: one.manifest.path for one in described})
    if findings := list(undisclosed):
        raise ConfigurationError(findings)
    supergraph = with_label_hints(supergraph, settings.override_labels)
    policy = load_policy(settings.policies, supergraph)
    transport = open_transport()
    connected: list[_Connected] = []
    try:
        _connect_all(described, transport, connected)
        if ask_sources:
            await _check_all(connected)
    except BaseException:
        for source in connected:
            await source.connector.close()
        await transport.close()
        raise
    return Snapshot(
        _with_capabilities(supergraph, connected),
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
    findings += _taken_names(manifests)
    if findings:
        raise ConfigurationError(findings)
    return manifests


def _taken_names(manifests: list[Manifest]) -> Iterator[Finding]:
    """Each name is one source's: errors, plans and `record:` know sources by it."""
    taken: dict[str, Manifest] = {}
    for manifest in manifests:
        other = taken.setdefault(manifest.source, manifest)
        if other is not manifest:
            message = f"the source is called {manifest.source}, as is that of {other.department.name} in {other.path}"
            yield Finding("MANIFEST_INVALID", message, "give one of the two another `source:`", manifest.path)


def _describe(manifests: list[Manifest], ontology: _Ontology) -> list[_Described]:
    """Every source with its schema; those that have to be asked for it are, some at a time."""
    return side_by_side(lambda manifest: _describe_one(manifest, ontology), manifests)


def _describe_one(manifest: Manifest, ontology: _Ontology) -> _Described:
    """The source with its schema: derived, in a file, or asked for. Raises ConfigurationError."""
    try:
        kind = find_kind(manifest.connector)
        return _Described(manifest, kind, kind.source_sdl(manifest, ontology.sdl))
    except ManifestError as error:
        raise ConfigurationError(_findings(error.findings)) from None
    except LookupError:
        message = f"there is no connector of the kind {manifest.connector!r}"
        remedy = "correct `connector:`, or install the package that brings it"
        raise ConfigurationError([Finding("MANIFEST_INVALID", message, remedy, manifest.path)]) from None


def _connect_all(described: list[_Described], transport: Transport, connected: list[_Connected]) -> None:
    """Fill `connected`, so that what was opened can be closed when one of them cannot be."""
    findings: list[Finding] = []
    for source in described:
        try:
            connector = source.kind.connect(source.manifest, source.sdl, transport)
            connected.append(_Connected(source.manifest, connector))
        except ManifestError as error:
            findings += _findings(error.findings)
    if findings:
        raise ConfigurationError(findings)


def _with_capabilities(supergraph: Supergraph, connected: list[_Connected]) -> Supergraph:
    """What each source can do is known once it is connected."""
    able = {
        one.manifest.source: replace(
            supergraph.sources[one.manifest.source], capabilities=one.connector.capabilities
        )
        for one in connected
    }
    return replace(supergraph, sources={**supergraph.sources, **able})


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


def _source_text(source: _Described) -> SourceText:
    manifest = source.manifest
    lines = derived_places(manifest, source.sdl)
    return SourceText(
        manifest.source,
        manifest.department.name,
        source.sdl,
        manifest.sharing,
        places={line: (str(manifest.path), at) for line, at in lines.items()},
    )


def _protected(source: _Connected) -> ProtectedSource:
    manifest = source.manifest
    return ProtectedSource(
        manifest.source, manifest.department.name, source.connector, manifest.limits, manifest.max_age
    )
