"""What a manifest says, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connectors.manifest_findings import ManifestFinding


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
