"""Manifests made for tests, and a transport that must not be used."""

from collections.abc import Mapping
from pathlib import Path

from connectors.manifest import Department, Limits, Manifest, TypeMapping
from connectors.transport import HttpRequest, HttpResponse


class UnusedTransport:
    """Fails whoever sends."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        raise AssertionError("nothing should be sent")

    async def close(self) -> None:
        pass


def unused_transport() -> UnusedTransport:
    return UnusedTransport()


def made_manifest(
    connector: str,
    url: str,
    types: Mapping[str, TypeMapping] | None = None,
    sdl: str | None = None,
    health: str | None = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Manifest:
    return Manifest(
        path=Path("tested.yaml"),
        source="tested",
        department=Department("Tested"),
        connector=connector,
        url=url,
        url_line=1,
        headers=headers or {},
        sharing="unconditional",
        max_age=0,
        health=health,
        types=types or {},
        sdl=sdl,
        limits=limits or Limits(timeout=20),
    )


def graphql_manifest(sdl: str | None, url: str = "http://127.0.0.1:1", **more: str) -> Manifest:
    return made_manifest("graphql", url, sdl=sdl, health=more.get("health"))
