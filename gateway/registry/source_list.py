"""A list of sources to compose, `[{"name", "url", "sdl"}]` in JSON: read, and its missing schemas asked for.

A schema that stands in a file of its own is named by `file` in place of `sdl`, relative to the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import orjson

from connectors.base import Json
from connectors.kinds import find_kind
from connectors.manifest import Department, Limits, Manifest, ManifestError
from gateway.errors import ConfigurationError, Finding
from gateway.registry.addresses import wrong_with
from gateway.registry.files import read_text
from gateway.registry.side_by_side import side_by_side
from gateway.supergraph.source.model import SourceText

CODE: Final = "SOURCES_INVALID"
MAX_SOURCES: Final = 1_000
_FORM: Final = 'write [{"name": "books", "url": "https://…", "sdl": "type Query { … }"}, …]'
_FILE_FORM: Final = "name a file with the source's schema, relative to the list of sources"
_TELL: Final = "let it answer `{ _service { sdl } }`, or state its schema by `sdl` or `file`"
_LIMITS: Final = Limits(timeout=10.0, retries=0, response_bytes=10 * 1024 * 1024)
"""A schema is asked for once; it may take long to print, and be long."""


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One entry of the list. `sdl` None: the source tells its schema itself."""

    name: str
    url: str
    sdl: str | None


def read_source_list(file: Path) -> list[ListedSource]:
    """Read the list. Raises ConfigurationError with every finding: SOURCES_INVALID."""
    try:
        entries: Json = orjson.loads(read_text(file, CODE, "name a list of sources in JSON"))
    except orjson.JSONDecodeError as error:
        raise ConfigurationError([
            Finding(CODE, f"the file is not JSON: {error.msg}", _FORM, file, error.lineno, error.colno)
        ]) from None  # fmt: skip
    if not isinstance(entries, list):
        raise ConfigurationError([Finding(CODE, "the file is not a list of sources", _FORM, file)])
    if len(entries) > MAX_SOURCES:
        raise ConfigurationError([
            Finding(CODE, f"there are more than {MAX_SOURCES} sources", "compose smaller supergraphs", file)
        ])  # fmt: skip
    findings = [
        Finding(CODE, f"source {number} {message}", _FORM, file)
        for number, entry in enumerate(entries, start=1)
        for message in _wrong_in(entry)
    ]
    if findings:
        raise ConfigurationError(findings)
    return _with_files(entries, file.parent)


def _with_files(entries: Sequence[Json], folder: Path) -> list[ListedSource]:
    """The entries, with the text of the files that they name."""
    listed: list[ListedSource] = []
    findings: list[Finding] = []
    for entry in entries:
        sdl = entry.get("sdl")
        if entry.get("file") is not None:
            try:
                sdl = read_text(folder / entry["file"], CODE, _FILE_FORM)
            except ConfigurationError as error:
                findings += error.findings
        listed.append(ListedSource(entry["name"], entry.get("url") or "", sdl))
    if findings:
        raise ConfigurationError(findings)
    return listed


def _wrong_in(entry: Json) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "is not an object"
        return
    if not isinstance(entry.get("name"), str) or not entry["name"]:
        yield "has no `name`"
    for member in ("url", "sdl", "file"):
        if not isinstance(entry.get(member), str | None):
            yield f"has a `{member}` that is not a string"
    if entry.get("sdl") is not None and entry.get("file") is not None:
        yield "has both `sdl` and `file`"
    if entry.get("sdl") is None and entry.get("file") is None and not entry.get("url"):
        yield "has neither `sdl` nor `file` nor a `url` to ask for it"


def source_texts(listed: Sequence[ListedSource], file: Path) -> list[SourceText]:
    """Every source with its schema; those that state none are asked for it, some at a time.

    Raises ConfigurationError with every finding: SOURCE_ADDRESS, SCHEMA_NOT_TOLD.
    """
    findings = [
        Finding(
            "SOURCE_ADDRESS", f"the address of {source.name} {message}", f"as its `url` write {fit}", file
        )
        for source in listed
        if source.sdl is None
        for message, fit in wrong_with(source.url)
    ]
    if findings:
        raise ConfigurationError(findings)
    return side_by_side(lambda source: _text(source, file), listed)


def _text(source: ListedSource, file: Path) -> SourceText:
    """The source with its schema, stated or asked for. Raises ConfigurationError."""
    sdl = source.sdl
    if sdl is None:
        try:
            sdl = find_kind("graphql").source_sdl(_manifest(source, file), "")
        except ManifestError as error:
            told = "; ".join(found.message for found in error.findings)
            finding = Finding("SCHEMA_NOT_TOLD", f"{source.name}: {told}", _TELL, file)
            raise ConfigurationError([finding]) from None
    return SourceText(source.name, source.name, sdl, url=source.url)


def _manifest(source: ListedSource, file: Path) -> Manifest:
    """As much of a manifest as it takes to ask."""
    return Manifest(
        path=file,
        source=source.name,
        department=Department(source.name),
        connector="graphql",
        url=source.url,
        url_line=1,
        headers=MappingProxyType({}),
        sharing="unconditional",
        max_age=0,
        health=None,
        types=MappingProxyType({}),
        sdl=None,
        limits=_LIMITS,
    )
