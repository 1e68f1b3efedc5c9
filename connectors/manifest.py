"""What a department registers: its manifest, read and checked.

`load_manifest` reads a YAML file against the JSON Schema beside this module (`manifest_json_schema`), puts in
the secrets that it refers to, and returns plain values. What the manifest says about the unified types is
checked where those are known (`connectors.derive`).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from connectors.manifest_checks import check_manifest
from connectors.manifest_document import Document, Keys, Value, read_bounded, read_document
from connectors.manifest_findings import ManifestError, ManifestFinding
from connectors.manifest_model import (
    Department,
    FieldMapping,
    Label,
    Limits,
    Manifest,
    Many,
    NotFound,
    TypeMapping,
)
from connectors.manifest_schema import manifest_json_schema, schema_findings
from connectors.manifest_secrets import put_secrets

__all__ = [
    "Department",
    "FieldMapping",
    "Label",
    "Limits",
    "Manifest",
    "ManifestError",
    "ManifestFinding",
    "Many",
    "NotFound",
    "TypeMapping",
    "load_manifest",
    "manifest_json_schema",
]

_MAX_SDL_BYTES: Final = 5_000_000
_DURATIONS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZES: Final = {"B": 1, "KiB": 1024, "MiB": 1024 * 1024}


def load_manifest(path: Path, environment: Mapping[str, str]) -> Manifest:
    """Read a manifest and put in the secrets that it refers to, from `environment`.

    Raises ManifestError with every finding; a finding about a secret names its variable, never a value.
    """
    document = read_document(path)
    findings = schema_findings(document)
    if findings:
        raise ManifestError(findings)
    put_secrets(document, environment, findings)
    if findings:
        raise ManifestError(findings)
    manifest = _manifest(document)
    findings.extend(check_manifest(manifest, document))
    if findings:
        raise ManifestError(findings)
    return manifest


def _manifest(document: Document) -> Manifest:
    data = document.data
    department = _mapping(data["department"])
    headers = _texts(data.get("headers"))
    if "token" in data:
        headers["Authorization"] = f"Bearer {data['token']}"
    return Manifest(
        path=document.path,
        source=str(data["source"]),
        department=Department(
            str(department["name"]),
            _text(department.get("contact")),
            _text(department.get("level")),
            _text(department.get("division")),
        ),
        connector=str(data["connector"]),
        url=str(data["url"]),
        url_line=document.line(("url",)),
        headers=headers,
        sharing=str(data["sharing"]),
        max_age=_seconds(_mapping(data.get("freshness")).get("max_age", "0s")),
        health=_text(data.get("health")),
        types={
            name: _type(document, name, _mapping(value))
            for name, value in _mapping(data.get("types")).items()
        },
        sdl=_sdl(document),
        limits=_limits(_mapping(data.get("limits"))),
    )


def _type(document: Document, name: str, data: Mapping[str, Value]) -> TypeMapping:
    keys: Keys = ("types", name)
    fields = {
        item: _field(document, item, value, (*keys, "fields", item))
        for item, value in _mapping(data.get("fields")).items()
    }
    return TypeMapping(
        name=name,
        line=document.line(keys),
        key=_texts(data.get("key")),
        fields=fields,
        table=_text(data.get("table")),
        get=_text(data.get("get")),
        unwrap=_text(data.get("unwrap")),
        not_found=_not_found(_mapping(data["not_found"])) if "not_found" in data else None,
        headers=_texts(data.get("headers")),
    )


def _field(document: Document, name: str, value: Value, keys: Keys) -> FieldMapping:
    line = document.line(keys)
    if not isinstance(value, dict):
        return FieldMapping(name, line, column=str(value))
    many = None
    if "many" in value:
        table = _text(value.get("table"))
        many = Many(str(value["many"]), table, _texts(value.get("match")), _texts(value.get("key")))
    return FieldMapping(
        name=name,
        line=line,
        column=_text(value.get("column", value.get("path"))),
        map=_texts(value.get("map")),
        references=_text(value.get("references")),
        many=many,
        type=_text(value.get("type")),
        label=_label(value.get("label")),
        description=_text(value.get("description")),
    )


def _not_found(data: Mapping[str, Value]) -> NotFound:
    status = tuple(int(str(item)) for item in _items(data.get("status")))
    return NotFound(status, _text(data.get("path")), tuple(str(item) for item in _items(data.get("values"))))


def _label(value: Value) -> Label | None:
    if isinstance(value, dict):
        return Label(str(value["level"]), tuple(str(item) for item in _items(value.get("categories"))))
    return Label(str(value)) if value is not None else None


def _limits(data: Mapping[str, Value]) -> Limits:
    usual = Limits()
    return Limits(
        concurrency=int(str(data.get("concurrency", usual.concurrency))),
        timeout=_seconds(data["timeout"]) if "timeout" in data else usual.timeout,
        retries=int(str(data.get("retries", usual.retries))),
        rate=_rate(str(data["rate"])) if "rate" in data else usual.rate,
        response_bytes=_bytes(str(data["response"])) if "response" in data else usual.response_bytes,
        batch=int(str(data.get("batch", usual.batch))),
    )


def _sdl(document: Document) -> str | None:
    if "sdl" not in document.data:
        return None
    file = Path(str(document.data["sdl"]))
    folder = document.path.parent.resolve()
    path = (folder / file).resolve()
    if not path.is_relative_to(folder):
        message = "`sdl` leads out of the manifest's folder"
        raise ManifestError([document.finding(("sdl",), message, "keep the file beside the manifest")])
    try:
        return read_bounded(path, _MAX_SDL_BYTES, "the schema's file")
    except ManifestError as error:
        found = error.findings[0]
        raise ManifestError([document.finding(("sdl",), f"{file}: {found.message}", found.remedy)]) from None


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _texts(value: Value) -> dict[str, str]:
    return {key: str(item) for key, item in _mapping(value).items()}


def _seconds(value: Value) -> float:
    number, unit = re.fullmatch(r"([0-9.]+) ?([a-z]+)", str(value)).groups()  # type: ignore[union-attr]  # schema has it match
    return float(number) * _DURATIONS[unit]


def _rate(text: str) -> float:
    number, unit = text.split("/")
    return int(number) / _DURATIONS[unit]


def _bytes(text: str) -> int:
    number = text.rstrip("BiKM ")
    return int(number) * _SIZES[text[len(number) :].strip() or "B"]
