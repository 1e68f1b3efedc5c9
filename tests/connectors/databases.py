"""The same small register in each kind of database, with the types that old systems of that kind have."""

import os
import socket
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from connectors.base import ALWAYS, EVERY_ROW, Condition, FieldSelection, RowFilter
from connectors.manifest import Manifest, load_manifest

KINDS: Final = ("sqlite", "postgresql", "mariadb")
# Servers of the tests' own, which .ci/databases starts; else those that listen where they usually do.
_SERVERS: Final = {
    "postgresql": os.environ.get(
        "HUITONG_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
    ),
    "mariadb": os.environ.get("HUITONG_TEST_MARIADB", "mariadb+pymysql://root@127.0.0.1:3306/test"),
}

UNIFIED = """
directive @key(fields: String!, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE
scalar Date
scalar Code
enum Sex { MALE FEMALE }
type Person @key(fields: "id") {
  id: ID!
  name: String
  sex: Sex
  born: Date
  height: Float
  wage: String
  children: Int
  local: Boolean
  place: Place
  home: Home
  employer: Firm
}
type Place @key(fields: "code") { code: Code! name: String parent: Place }
type Home @key(fields: "number") { number: Int! address: String place: Place members: [Person!] cars: [Car!] }
type Car @key(fields: "plate country") { plate: String! country: String! colour: String }
type Firm @key(fields: "code") { code: Code! }
"""
TYPES: dict[str, Any] = {
    "Person": {
        "table": "t_rk",
        "key": {"id": "sfz"},
        "fields": {
            "name": "xm",
            "sex": {"column": "xb", "map": {"1": "MALE", "2": "FEMALE"}},
            "born": "csrq",
            "height": "sg",
            "wage": "gz",
            "children": "zn",
            "local": "bd",
            "place": {"column": "xzqh", "references": "Place"},
            "home": {"column": "hh", "references": "Home"},
            "employer": {"column": "dw", "references": "Firm"},
        },
    },
    "Place": {
        "table": "t_qh",
        "key": {"code": "dm"},
        "fields": {"name": "mc", "parent": {"column": "sj", "references": "Place"}},
    },
    "Home": {
        "table": "t_h",
        "key": {"number": "hh"},
        "fields": {
            "address": "xz",
            "place": {"column": "xzqh", "references": "Place"},
            "members": {"many": "Person", "table": "t_rk", "match": {"hh": "number"}, "key": {"id": "sfz"}},
            "cars": {
                "many": "Car",
                "table": "t_cz",
                "match": {"hh": "number"},
                "key": {"plate": "hp", "country": "gj"},
            },
        },
    },
    "Car": {"table": "t_c", "key": {"plate": "hp", "country": "gj"}, "fields": {"colour": "ys"}},
}

# CHAR columns are longer than what they hold, so that padding shows.
_TABLES = """
CREATE TABLE {s}t_qh (dm CHAR(6) PRIMARY KEY, mc VARCHAR(40) NOT NULL, sj CHAR(6));
CREATE TABLE {s}t_h (hh INTEGER PRIMARY KEY, xz VARCHAR(80), xzqh CHAR(6));
CREATE TABLE {s}t_rk (
    sfz CHAR(20) PRIMARY KEY, xm VARCHAR(40), xb CHAR(2), csrq DATE, sg DECIMAL(5,2), gz DECIMAL(9,2), zn INTEGER,
    bd BOOLEAN, xzqh CHAR(6), hh INTEGER, dw VARCHAR(18)
);
CREATE TABLE {s}t_c (hp VARCHAR(10), gj CHAR(2), ys VARCHAR(10), PRIMARY KEY (hp, gj));
CREATE TABLE {s}t_cz (hp VARCHAR(10), gj CHAR(2), hh INTEGER);
INSERT INTO {s}t_qh VALUES ('330000', '浙江', NULL), ('330200', '宁波', '330000'), ('330203', '海曙', '330200'),
    ('330282', '慈溪', '330200'), ('110101', '东城', '110000');
INSERT INTO {s}t_h VALUES (1, '江滨路 1 号', '330203'), (2, '中山路 2 号', '330282'), (3, NULL, NULL);
INSERT INTO {s}t_rk VALUES
    ('p1', '王一', '1', '1980-02-29', 1.75, 1234.50, 2, TRUE, '330203', 1, 'f1'),
    ('p2', '李二', '2', '1990-12-31', NULL, NULL, NULL, FALSE, '330203', 1, NULL),
    ('p3', 'O''Brien "%s" :x', '9', NULL, NULL, NULL, 0, NULL, '330282', 2, NULL),
    ('p4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('p5', '无户', '1', NULL, NULL, NULL, NULL, NULL, '999999', 77, NULL);
INSERT INTO {s}t_c VALUES ('B1', 'CN', 'red'), ('A1', 'CN', 'blue'), ('A1', 'DE', 'grey');
INSERT INTO {s}t_cz VALUES ('B1', 'CN', 1), ('A1', 'DE', 1), ('A1', 'CN', 2);
"""
_SLOW = {
    "sqlite": "CREATE VIEW {s}t_slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT 'p1' AS sfz, 'x' || count(*) AS xm FROM n",
    "postgresql": "CREATE VIEW {s}t_slow AS SELECT 'p1'::varchar AS sfz, pg_sleep(600)::text AS xm",
    "mariadb": "CREATE VIEW {s}t_slow AS SELECT 'p1' AS sfz, CAST(SLEEP(600) AS CHAR) AS xm",
}


@dataclass(frozen=True)
class TestDatabase:
    """A register in one kind of database. `prefix` stands before each table's name."""

    __test__ = False
    kind: str
    url: str
    prefix: str
    folder: Path

    def execute(self, *statements: str) -> list[Any]:
        """Run statements as the department would; rows of the last, if it has any. `{s}` is the prefix."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            for statement in statements:
                result = connection.execute(text(statement.replace("{s}", self.prefix).replace(":x", r"\:x")))
            return list(result) if result.returns_rows else []

    def manifest(self, types: Mapping[str, Any] = TYPES, **more: Any) -> Manifest:
        """A manifest for it; tables are written as this kind of database has them."""
        content = {
            "source": "register",
            "department": {"name": "公安局"},
            "connector": "sql",
            "url": "${DSN}",
            "sharing": "unconditional",
            "types": _prefixed(types, self.prefix),
            **more,
        }
        path = self.folder / "register.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return load_manifest(path, {"DSN": self.url})


def _prefixed(value: Any, prefix: str) -> Any:
    if isinstance(value, Mapping):
        return {
            key: prefix + item if key == "table" else _prefixed(item, prefix) for key, item in value.items()
        }
    return value


@contextmanager
def database(kind: str, folder: Path) -> Iterator[TestDatabase]:
    """A database of one kind, filled, and gone afterwards. Skips where its server is not there."""
    if kind == "sqlite":
        made = TestDatabase(kind, f"sqlite:///{folder / 'register.sqlite'}", "", folder)
        made.execute(*_statements(kind))
        yield made
        return
    url = _SERVERS[kind]
    _require(kind, make_url(url).port or 0)
    name = f"huitong_{uuid.uuid4().hex[:12]}"
    made = TestDatabase(kind, url, f"{name}.", folder)
    created = "SCHEMA" if kind == "postgresql" else "DATABASE"
    made.execute(f"CREATE {created} {name}", *_statements(kind))
    try:
        yield made
    finally:
        made.execute(f"DROP {created} {name}" + (" CASCADE" if kind == "postgresql" else ""))


def _statements(kind: str) -> list[str]:
    return [each for each in _TABLES.split(";\n") if each.strip()] + [_SLOW[kind]]


def _require(kind: str, port: int) -> None:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no {kind} on 127.0.0.1:{port}")


def select(
    coordinate: str,
    *children: FieldSelection,
    rows: RowFilter = EVERY_ROW,
    condition: Condition = ALWAYS,
    response: str = "",
) -> FieldSelection:
    """A selection of `Type.field`."""
    type_name, field = coordinate.split(".")
    return FieldSelection(
        response or field, field, frozenset({type_name}), condition=condition, children=children, rows=rows
    )
