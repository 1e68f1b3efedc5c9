"""Puts the example city on disk: one file a department, made once and kept while nothing changes."""

import os
from pathlib import Path
from typing import Final

import orjson

from demo import civil_affairs, credit_centre, public_security
from demo.city import City
from demo.generator import VERSION, Progress, generate

_STAMP: Final = "city.json"
_FILES: Final = (
    (public_security.FILE, public_security.write_database),
    (civil_affairs.FILE, civil_affairs.write_data),
    (credit_centre.FILE, credit_centre.write_data),
)


def prepare(directory: Path, seed: int, people: int, progress: Progress | None = None) -> City:
    """Make the city and the departments' data in `directory`; data of the same city is left as it is.

    Each file appears whole or not at all. Raises ValueError for a number of people that is not allowed,
    OSError when the folder cannot be written.
    """
    city = generate(seed, people, progress)
    stamp = {"version": VERSION, "seed": seed, "people": people}
    if _is_current(directory, stamp):
        return city
    directory.mkdir(parents=True, exist_ok=True)
    # Without a stamp the files belong to no city: what is interrupted now is made again later.
    (directory / _STAMP).unlink(missing_ok=True)
    for name, write in _FILES:
        write(city, directory / name)
    _write_stamp(directory, stamp)
    return city


def _is_current(directory: Path, stamp: dict[str, int]) -> bool:
    try:
        found = orjson.loads((directory / _STAMP).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return False
    return bool(found == stamp) and all((directory / name).is_file() for name, _ in _FILES)


def _write_stamp(directory: Path, stamp: dict[str, int]) -> None:
    part = directory / f"{_STAMP}.part"
    part.write_bytes(orjson.dumps(stamp))
    os.replace(part, directory / _STAMP)
