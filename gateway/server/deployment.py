"""A gateway as its settings describe it: everything loaded, ready to be served, closed afterwards."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.types import ASGIApp

from gateway.errors import ConfigurationError, Finding
from gateway.identity import Verifier
from gateway.registry.composed import load_open_snapshot
from gateway.registry.loading import load_snapshot
from gateway.server.application import create_application
from gateway.server.callers import Callers, believing, nobody
from gateway.server.development import Development
from gateway.server.pipeline import Pipeline
from gateway.server.sources import describe_sources
from gateway.settings import IdentitySettings, Limits, Settings
from gateway.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Deployment:
    """What answers, and what it answers from."""

    application: ASGIApp
    snapshot: Snapshot


@asynccontextmanager
async def deployed(
    settings: Settings, environment: Mapping[str, str], development: Development | None = None
) -> AsyncIterator[Deployment]:
    """Load everything that `settings` name; secrets come from `environment`.

    Raises ConfigurationError with all findings. A source that is down is no finding.
    """
    callers = believing(_verifier(settings.identity))
    snapshot = await load_snapshot(settings, environment)
    async with _closing(snapshot):
        yield _deployment(snapshot, callers, settings.limits, development)


@asynccontextmanager
async def deployed_open(
    supergraph: Path, limits: Limits, override_labels: frozenset[str] = frozenset()
) -> AsyncIterator[Deployment]:
    """Load a composed supergraph, to be served without policy and identity; no source is asked.

    `override_labels`: the labels of `@override` that are active. Raises ConfigurationError with all findings.
    """
    async with _closing(load_open_snapshot(supergraph, override_labels)) as snapshot:
        yield _deployment(snapshot, nobody, limits)


def _deployment(
    snapshot: Snapshot, callers: Callers, limits: Limits, development: Development | None = None
) -> Deployment:
    pipeline = Pipeline(snapshot, limits)
    pages = {
        "sources": lambda: describe_sources(snapshot),
        "caches": lambda: {name: asdict(counters) for name, counters in pipeline.caches.items()},
    }
    application = create_application(pipeline, callers, limits, pages, development)
    return Deployment(application, snapshot)


@asynccontextmanager
async def _closing(snapshot: Snapshot) -> AsyncIterator[Snapshot]:
    try:
        yield snapshot
    finally:
        await snapshot.close()


def _verifier(identity: IdentitySettings | None) -> Verifier | None:
    if identity is None:
        return None
    key = identity.public_key
    try:
        return Verifier(identity.issuer, key.read_bytes() if isinstance(key, Path) else key)
    except (OSError, ValueError, TypeError) as error:
        place = key if isinstance(key, Path) else None
        message = f"the issuer's public key cannot be used ({type(error).__name__})"
        remedy = "name a PEM file with an Ed25519, P-256 or RSA public key"
        raise ConfigurationError([Finding("IDENTITY_KEY", message, remedy, place)]) from None
