"""What a manifest names in a database, and what the database says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Enum, inspect
from sqlalchemy.exc import NoSuchTableError

from connectors.manifest import Manifest, ManifestFinding

ColumnTypes = Mapping[str, type | None]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The manifest's tables as the database has them: table → column → Python type (None: another type).

    A table that the database does not have is absent. Names are as the manifest writes them, so that the
    case of letters matters only where it does for the database.
    """

    tables: Mapping[str, ColumnTypes]

    def python_type(self, table: str, column: str) -> type | None:
        """The Python type of a column's values, as far as it is known."""
        return self.tables.get(table, {}).get(column)


NOTHING_KNOWN = Catalogue({})


@dataclass(frozen=True, slots=True)
class _Use:
    """One table or column that the manifest names, and where."""

    table: str
    column: str | None
    line: int
    coordinate: str


def read_catalogue(connection: Connection, manifest: Manifest) -> Catalogue:
    """Ask the database about every table of the manifest."""
    inspector = inspect(connection)
    names = {use.table for use in _uses(manifest)}
    columns = {use.column for use in _uses(manifest) if use.column is not None}
    dialect = connection.dialect.name
    same = _exactly if dialect == "postgresql" else str.casefold
    tables: dict[str, ColumnTypes] = {}
    for name in sorted(names):
        table, schema = split_name(name)
        try:
            found = {same(str(each["name"])): each["type"] for each in inspector.get_columns(table, schema)}
        except NoSuchTableError:
            continue
        tables[name] = {
            each: _python_type(found[same(each)], dialect) for each in columns if same(each) in found
        }
    return Catalogue(tables)


def missing(manifest: Manifest, catalogue: Catalogue) -> list[ManifestFinding]:
    """What the manifest names and the database does not have, in order of lines."""
    findings: dict[tuple[int, str], ManifestFinding] = {}
    for use in _uses(manifest):
        columns = catalogue.tables.get(use.table)
        if columns is None and use.column is not None:
            continue  # said once, of the table
        if columns is None:
            message = f"{use.coordinate}: the database has no table {use.table}"
            remedy = "correct `table`, or grant the gateway's user access to it"
        elif use.column is not None and use.column not in columns:
            message = f"{use.coordinate}: the table {use.table} has no column {use.column}"
            remedy = "correct the column's name"
        else:
            continue
        findings.setdefault((use.line, message), manifest.finding(use.line, message, remedy))
    return [findings[key] for key in sorted(findings)]


def split_name(name: str) -> tuple[str, str | None]:
    """A table's name and, where it is written as `schema.table`, its schema."""
    schema, _, table = name.rpartition(".")
    return table, schema or None


def _uses(manifest: Manifest) -> Iterator[_Use]:
    for mapping in manifest.types.values():
        table = mapping.table or ""
        yield _Use(table, None, mapping.line, mapping.name)
        for name, key_column in mapping.key.items():
            yield _Use(table, key_column, mapping.line, f"{mapping.name}.{name}")
        for item in mapping.fields.values():
            coordinate = f"{mapping.name}.{item.name}"
            if item.column is not None:
                yield _Use(table, item.column, item.line, coordinate)
            if item.many is not None:
                there = item.many.table or ""
                wanted: tuple[str | None, ...] = (None, *item.many.match, *item.many.key.values())
                for column in wanted:
                    yield _Use(there, column, item.line, coordinate)


def _exactly(name: str) -> str:
    return name


# `Any`: SQLAlchemy's types of columns, of which only the Python type is wanted.
def _python_type(kind: Any, dialect: str) -> type | None:
    """None where binding or comparing by type would be wrong: enumerations, and SQLite's mere affinities."""
    try:
        found = kind.python_type
    except NotImplementedError:
        return None
    if isinstance(kind, Enum) or not isinstance(found, type) or (dialect == "sqlite" and found is not str):
        return None
    return found
