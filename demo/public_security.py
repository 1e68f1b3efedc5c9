"""Public security (公安局): the residence register, a database of its own with pinyin names and code tables.

No process runs here: the gateway reads the database file.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from demo.city import City
from demo.relations import RELATIONS

FILE: Final = "public-security.sqlite"

_TABLES: Final = """
    CREATE TABLE d_xb (dm TEXT PRIMARY KEY, mc TEXT NOT NULL);
    CREATE TABLE d_zt (dm TEXT PRIMARY KEY, mc TEXT NOT NULL);
    CREATE TABLE d_gx (dm TEXT PRIMARY KEY, mc TEXT NOT NULL);
    CREATE TABLE t_xzqh (dm TEXT PRIMARY KEY, mc TEXT NOT NULL, sj_dm TEXT REFERENCES t_xzqh);
    CREATE TABLE t_hjxx (hh_id TEXT PRIMARY KEY, xz TEXT NOT NULL, xzqh TEXT NOT NULL REFERENCES t_xzqh);
    CREATE TABLE t_rkxx (
        gmsfhm TEXT PRIMARY KEY,
        xm TEXT NOT NULL,
        xbdm TEXT NOT NULL REFERENCES d_xb,
        csrq TEXT NOT NULL,
        zt_dm TEXT NOT NULL REFERENCES d_zt,
        xzqh TEXT NOT NULL REFERENCES t_xzqh,
        hh_id TEXT REFERENCES t_hjxx,
        yhzgx TEXT REFERENCES d_gx
    );
"""
_INDICES: Final = """
    CREATE INDEX i_rkxx_hh_id ON t_rkxx (hh_id);
    CREATE INDEX i_rkxx_xzqh ON t_rkxx (xzqh);
    CREATE INDEX i_hjxx_xzqh ON t_hjxx (xzqh);
"""
_SEXES: Final = {"MALE": ("1", "男"), "FEMALE": ("2", "女")}
_STATES: Final = {"ACTIVE": ("1", "正常"), "MOVED": ("2", "迁出"), "DECEASED": ("3", "死亡注销")}


def write_database(city: City, path: Path) -> None:
    """Write the register to `path`: whole or not at all, in place of what was there."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as database, database:
        database.executescript(_TABLES)
        _fill(database, "d_xb", _SEXES.values())
        _fill(database, "d_zt", _STATES.values())
        _fill(database, "d_gx", RELATIONS.values())
        _fill(database, "t_xzqh", ((each.code, each.name, each.parent) for each in city.divisions.values()))
        _fill(database, "t_hjxx", ((each.id, each.address, each.division) for each in city.households))
        _fill(database, "t_rkxx", _person_rows(city))
        database.executescript(_INDICES)
    os.replace(part, path)


def _person_rows(city: City) -> Iterable[tuple[str | None, ...]]:
    for person in city.persons:
        yield (
            person.citizen_id,
            person.name,
            _SEXES[person.sex][0],
            person.birth_date,
            _STATES[person.status][0],
            person.division,
            person.household,
            RELATIONS[person.relation_to_head].code if person.relation_to_head else None,
        )


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    values = list(rows)
    places = ", ".join("?" * len(values[0]))
    database.executemany(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608 - our own table names
