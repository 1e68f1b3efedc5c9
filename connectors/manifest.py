"""What a department registers: its manifest, read and checked.

`load_manifest` reads a YAML file against the JSON Schema beside this module (`manifest_json_schema`), puts in
the secrets that it refers to, and returns plain values. What the manifest says about the unified types is
checked where those are known (`connectors.derive`).
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from connectors.manifest_document import Document, Keys, Value, read_bounded, read_document
from connectors.manifest_findings import ManifestError, ManifestFinding
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
_MAX_SECONDS: Final = 60.0
_MAX_RESPONSE_BYTES: Final = 256 * 1024 * 1024
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_HTTP_KINDS: Final = frozenset({"rest", "graphql"})


@dataclass(frozen=True, slots=True)
class Department:
    """The department that answers for a source. `division`: six digits (GB/T 2260)."""

    name: str
    contact: str | None = None
    level: str | None = None
    division: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What the gateway may ask of a source.

    `timeout`: seconds for one attempt. `rate`: requests in a second, None for any. `response_bytes`: of one
    answer. `batch`: entities in one request, where the kind of source can do more than one.
    """

    concurrency: int = 16
    timeout: float = 2.0
    retries: int = 1
    rate: float | None = None
    response_bytes: int = 8 * 1024 * 1024
    batch: int = 500


@dataclass(frozen=True, slots=True)
class Label:
    """The label that the department puts on a field."""

    level: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """How a REST source says that it has no such entity: an HTTP status, or a value in its answer."""

    status: tuple[int, ...] = ()
    path: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A list: the type of its items and, for SQL, where they stand.

    `match`: columns of `table`, each with the key or field of the owner that it equals. `key`: the items'
    key, unified field → column of `table`.
    """

    type: str
    table: str | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    key: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Where a field's value stands in the source, and what its codes mean.

    `column`: an SQL column, or a dotted path into JSON; None only for an SQL list. `map`: code in the source
    → unified value. `references`: the entity type that the value is the key of. `type` is stated for fields
    that the unified type does not have.
    """

    name: str
    line: int
    column: str | None = None
    map: Mapping[str, str] = field(default_factory=dict)
    references: str | None = None
    many: Many | None = None
    type: str | None = None
    label: Label | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class TypeMapping:
    """How a source holds one type. `key`: unified field → column or JSON path; empty for a value type."""

    name: str
    line: int
    key: Mapping[str, str]
    fields: Mapping[str, FieldMapping]
    table: str | None = None
    get: str | None = None
    unwrap: str | None = None
    not_found: NotFound | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One source as its department registered it, secrets put in.

    `max_age`: seconds that raw data may be kept, 0 for not at all. `sdl`: the text of the file that a
    `graphql` source named. `url` and `headers` may hold secrets and stay out of `repr`.
    """

    path: Path
    source: str
    department: Department
    connector: str
    url: str = field(repr=False)
    url_line: int
    headers: Mapping[str, str] = field(repr=False)
    sharing: str
    max_age: float
    health: str | None
    types: Mapping[str, TypeMapping]
    sdl: str | None = field(repr=False)
    limits: Limits

    def finding(self, line: int | None, message: str, remedy: str) -> ManifestFinding:
        """A finding in this manifest's file."""
        return ManifestFinding(message, remedy, self.path, line)


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
    findings += _check_address(manifest, document)
    findings += _check_limits(manifest, document)
    for mapping in manifest.types.values():
        findings += _check_type(mapping, document)
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


def _check_address(manifest: Manifest, document: Document) -> Iterator[ManifestFinding]:
    """HTTP sources: an address without credentials, encrypted unless it never leaves the machine."""
    if manifest.connector not in _HTTP_KINDS:
        return
    try:
        url = urlsplit(manifest.url)
        host, scheme, _ = url.hostname, url.scheme, url.port
    except ValueError:
        host, scheme, url = None, "", urlsplit("")
    if scheme not in ("http", "https") or not host:
        yield document.finding(("url",), "`url` is not an HTTP address", "write https://HOST[:PORT][/PATH]")
    elif url.username is not None or url.password is not None:
        yield document.finding(("url",), "`url` holds credentials", "send them in `headers` or `token`")
    elif url.query or url.fragment:
        yield document.finding(
            ("url",), "`url` holds a query or a fragment", "leave scheme, host, port and path"
        )
    elif scheme == "http" and not _is_loopback(host):
        yield document.finding(("url",), "`url` is not encrypted", "use https:// for another machine")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_limits(manifest: Manifest, document: Document) -> Iterator[ManifestFinding]:
    if not 0 < manifest.limits.timeout <= _MAX_SECONDS:
        yield document.finding(
            ("limits", "timeout"), "`timeout` is out of range", "write above 0s and up to 60s"
        )
    if manifest.limits.response_bytes > _MAX_RESPONSE_BYTES:
        yield document.finding(("limits", "response"), "`response` is out of range", "write 256MiB or less")


def _check_type(mapping: TypeMapping, document: Document) -> Iterator[ManifestFinding]:
    """What can be told of a type by the manifest alone."""
    keys: Keys = ("types", mapping.name)
    for name in mapping.key.keys() & mapping.fields.keys():
        message = f"{mapping.name}.{name} is the key already"
        yield document.finding((*keys, "fields", name), message, "leave it out here")
    if mapping.get is not None and set(_PLACEHOLDER.findall(mapping.get)) != set(mapping.key):
        names = ", ".join(f"{{{name}}}" for name in mapping.key)
        message = "`get` and the key do not name the same fields"
        yield document.finding((*keys, "get"), message, f"use {names} in it")
    for item in mapping.fields.values():
        yield from _check_field(mapping, item, document)


def _check_field(mapping: TypeMapping, item: FieldMapping, document: Document) -> Iterator[ManifestFinding]:
    keys: Keys = ("types", mapping.name, "fields", item.name)
    field_name = f"{mapping.name}.{item.name}"
    if item.many is None and item.column is None:
        yield document.finding(keys, f"{field_name} does not say where its value is", "name column or path")
    if item.many is not None and mapping.table is not None and item.column is not None:
        yield document.finding((*keys, "column"), f"{field_name} has a column and a table", "keep the table")
    if item.many is not None and (item.references is not None or item.map):
        message = f"{field_name} is a list and cannot have `references` or `map`"
        yield document.finding(keys, message, "keep `many`")
    if item.references is not None and item.map:
        yield document.finding((*keys, "map"), f"{field_name} is a reference and has a `map`", "leave it out")
    for there, here in item.many.match.items() if item.many else ():
        owner = mapping.fields.get(here)
        plain = owner is not None and owner.column is not None and owner.many is None and not owner.map
        if here not in mapping.key and not plain:
            message = f"{field_name} matches {here}, which has no column of its own"
            remedy = f"name a key or a plain field of {mapping.name}"
            yield document.finding((*keys, "match", there), message, remedy)


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
