"""What lies on disk after the city was prepared, and when it is made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from demo import civil_affairs, credit_centre, public_security
from demo.prepare import prepare

FILES = (public_security.FILE, civil_affairs.FILE, credit_centre.FILE)


def inodes(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_ino for name in FILES}


def test_each_department_has_its_file_and_they_agree_with_the_city(tmp_path: Path) -> None:
    city = prepare(tmp_path / "new" / "city", 3, 120)
    folder = tmp_path / "new" / "city"
    with closing(sqlite3.connect(folder / public_security.FILE)) as database:
        registered = set(database.execute("SELECT gmsfhm, xm, csrq, xzqh, hh_id FROM t_rkxx"))
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        [(divisions,)] = database.execute("SELECT count(*) FROM t_xzqh")
    assert registered == {
        (each.citizen_id, each.name, each.birth_date, each.division, each.household) for each in city.persons
    }
    assert divisions == len(city.divisions)
    assert set(orjson.loads((folder / civil_affairs.FILE).read_bytes())) == set(city.person_by_id)
    assert set(orjson.loads((folder / credit_centre.FILE).read_bytes())) == set(city.credit)
    assert not list(folder.glob("*.part"))


def test_enumerated_values_are_stored_as_codes_that_the_code_tables_explain(tmp_path: Path) -> None:
    city = prepare(tmp_path, 3, 120)
    moved = next(person for person in city.persons if person.status == "MOVED")
    with closing(sqlite3.connect(tmp_path / public_security.FILE)) as database:
        explained = database.execute(
            "SELECT d_xb.mc, d_zt.mc FROM t_rkxx JOIN d_xb ON d_xb.dm = xbdm JOIN d_zt ON d_zt.dm = zt_dm"
            " WHERE gmsfhm = ?",
            (moved.citizen_id,),
        ).fetchall()
    assert explained == [({"MALE": "男", "FEMALE": "女"}[moved.sex], "迁出")]


def test_the_same_city_is_left_as_it_is(tmp_path: Path) -> None:
    first = prepare(tmp_path, 3, 120)
    before = inodes(tmp_path)
    assert prepare(tmp_path, 3, 120) == first
    assert inodes(tmp_path) == before


@pytest.mark.parametrize(("seed", "people"), [(4, 120), (3, 121)])
def test_another_city_replaces_it(tmp_path: Path, seed: int, people: int) -> None:
    prepare(tmp_path, 3, 120)
    city = prepare(tmp_path, seed, people)
    stored = orjson.loads((tmp_path / civil_affairs.FILE).read_bytes())
    assert set(stored) == set(city.person_by_id)


@pytest.mark.parametrize("lost", [*FILES, "city.json"])
def test_what_was_lost_is_made_again(tmp_path: Path, lost: str) -> None:
    prepare(tmp_path, 3, 120)
    (tmp_path / lost).unlink()
    prepare(tmp_path, 3, 120)
    assert (tmp_path / lost).is_file()


@pytest.mark.parametrize("stamp", [b"", b"{}", b"\xff", b'{"version":0,"seed":3,"people":120}'])
def test_data_of_unknown_origin_is_made_again(tmp_path: Path, stamp: bytes) -> None:
    prepare(tmp_path, 3, 120)
    (tmp_path / "city.json").write_bytes(stamp)
    (tmp_path / civil_affairs.FILE).write_bytes(b"{}")
    prepare(tmp_path, 3, 120)
    assert len(orjson.loads((tmp_path / civil_affairs.FILE).read_bytes())) == 120


def test_an_interrupted_preparation_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path, 3, 120)

    def fail(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        prepare(tmp_path, 4, 120)
    assert not (tmp_path / "city.json").exists()
