"""The administrative divisions of China (GB/T 2260), province, city and county, from data of our own."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

CITY: Final = "330200"
"""Ningbo, which the example city borrows its districts from."""

SERVICE_HALL: Final = "330203"
"""Haishu, the district of the clerk at the service hall."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division; `parent` is the code of the one above it, None for a province."""

    code: str
    name: str
    parent: str | None


@cache
def load_divisions() -> Mapping[str, Division]:
    """Every division by its six-digit code, provinces first."""
    return MappingProxyType({division.code: division for division in _read()})


def districts() -> tuple[Division, ...]:
    """The districts and counties of the example city, in the order of their codes."""
    return tuple(division for division in load_divisions().values() if division.parent == CITY)


def full_name(division: Division) -> str:
    """The name with those of the divisions above, as an address begins: 浙江省宁波市海曙区."""
    above = load_divisions()[division.parent] if division.parent else None
    return f"{full_name(above)}{division.name}" if above else division.name


def _read() -> Iterator[Division]:
    for row in _rows("provinces.csv"):
        yield Division(f"{row['code']}0000", row["name"], None)
    for row in _rows("cities.csv"):
        yield Division(f"{row['code']}00", row["name"], f"{row['provinceCode']}0000")
    for row in _rows("areas.csv"):
        yield Division(row["code"], row["name"], f"{row['cityCode']}00")


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("demo") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
