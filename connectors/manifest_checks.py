"""What a manifest must be beyond its schema, as far as the manifest alone can tell."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from connectors.manifest_document import Document, Keys
from connectors.manifest_findings import ManifestFinding
from connectors.manifest_model import FieldMapping, Manifest, TypeMapping

_MAX_SECONDS: Final = 60.0
_MAX_RESPONSE_BYTES: Final = 256 * 1024 * 1024
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_HTTP_KINDS: Final = frozenset({"rest", "graphql"})


def check_manifest(manifest: Manifest, document: Document) -> Iterator[ManifestFinding]:
    """Everything that is wrong: the address, limits out of range, mappings that contradict themselves."""
    yield from _address(manifest, document)
    yield from _limits(manifest, document)
    for mapping in manifest.types.values():
        yield from _type(mapping, document)


def _address(manifest: Manifest, document: Document) -> Iterator[ManifestFinding]:
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


def _limits(manifest: Manifest, document: Document) -> Iterator[ManifestFinding]:
    if not 0 < manifest.limits.timeout <= _MAX_SECONDS:
        yield document.finding(
            ("limits", "timeout"), "`timeout` is out of range", "write above 0s and up to 60s"
        )
    if manifest.limits.response_bytes > _MAX_RESPONSE_BYTES:
        yield document.finding(("limits", "response"), "`response` is out of range", "write 256MiB or less")


def _type(mapping: TypeMapping, document: Document) -> Iterator[ManifestFinding]:
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
        yield from _field(mapping, item, document)


def _field(mapping: TypeMapping, item: FieldMapping, document: Document) -> Iterator[ManifestFinding]:
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
