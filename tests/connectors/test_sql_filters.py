"""Filters that go along to a database never lose a row that passes them, whatever the rows and filters are."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from connectors.base import (
    Claim,
    Constant,
    FetchKind,
    FetchSpec,
    GuardTerm,
    InputField,
    Operator,
    PathStep,
    RowFilter,
    RunContext,
)
from connectors.sql.connector import SqlConnector
from tests.connectors.databases import TYPES, UNIFIED, TestDatabase, select

DIVISIONS = st.sampled_from(
    ["330203", "330200", "330000", "330282", "000000", "33020", "33020a", "", "110101"]
)
NAMES = st.sampled_from(["王一", "a", "A", "a ", "", "%", "_"])
CODES = st.sampled_from(["1", "2", "9", "", " 1"])
MEANINGS = st.sampled_from(["MALE", "FEMALE", "9", ""])
ROWS = st.lists(
    st.tuples(
        st.none() | NAMES,
        st.none() | CODES,
        st.none() | DIVISIONS,
        st.none() | st.integers(0, 3),
        st.none() | st.sampled_from(["f1", "F1"]),
    ),
    max_size=6,
)
PATHS = {
    ("id",): st.sampled_from(["0", "1", "00"]),
    ("name",): NAMES,
    ("sex",): MEANINGS,
    ("place", "code"): DIVISIONS,
    ("home", "number"): st.sampled_from(["0", "1", "01"]),
    ("employer", "code"): st.sampled_from(["f1", "F1"]),
}


@st.composite
def terms(draw: st.DrawFn) -> GuardTerm:
    path = draw(st.sampled_from(sorted(PATHS)))
    operators: list[Operator] = ["equals", "within", "present", "before", "after"]
    operator = draw(st.sampled_from(operators))
    values = tuple(draw(st.lists(PATHS[path] | DIVISIONS, max_size=3)))
    operand: Claim | Constant = Claim("claim") if draw(st.booleans()) else Constant(values)
    return GuardTerm("guard", tuple(map(PathStep, path)), operator, operand)


FILTERS = st.lists(st.lists(terms(), max_size=3).map(tuple), max_size=3).map(
    lambda any_of: RowFilter(tuple(any_of))
)
CLAIMS = st.lists(DIVISIONS | NAMES | MEANINGS, max_size=3).map(tuple)


@given(rows=ROWS, wanted=FILTERS, claim=CLAIMS)
def test_no_row_that_passes_is_left_out(
    rows: list[tuple[str | int | None, ...]], wanted: RowFilter, claim: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        register = TestDatabase("sqlite", f"sqlite:///{folder}/register.sqlite", "", Path(folder))
        with closing(sqlite3.connect(f"{folder}/register.sqlite")) as file, file:
            file.execute("CREATE TABLE t_rk (sfz TEXT, xm TEXT, xb TEXT, xzqh TEXT, hh INTEGER, dw TEXT)")
            listed = [(str(number), *row) for number, row in enumerate(rows)]
            file.executemany("INSERT INTO t_rk VALUES (?, ?, ?, ?, ?, ?)", listed)
        found = asyncio.run(_left(register, wanted, claim, len(rows)))
    for number, row in enumerate(rows):
        if _passes(str(number), row, wanted, claim):
            assert str(number) in found
    if not wanted.any_of:
        assert not found


async def _left(register: TestDatabase, wanted: RowFilter, claim: tuple[str, ...], count: int) -> set[str]:
    manifest = register.manifest({"Person": _person()})
    connector = SqlConnector(manifest, SqlConnector.source_sdl(manifest, UNIFIED))
    spec = FetchSpec("s", FetchKind.ENTITIES, "Person", (select("Person.id"),), (InputField("id"),), wanted)
    representations = [{"id": str(number)} for number in range(count)]
    answer = await connector.run(
        connector.prepare(spec), {}, representations, RunContext({"claim": claim}, 10)
    )
    await connector.close()
    return {each["id"] for each in answer.data if each is not None}


def _person() -> dict[str, object]:
    fields = TYPES["Person"]["fields"]
    kept = {name: fields[name] for name in ("name", "sex", "place", "home", "employer")}
    return {**TYPES["Person"], "fields": kept}


def _passes(key: str, row: tuple[str | int | None, ...], wanted: RowFilter, claim: tuple[str, ...]) -> bool:
    """What the engine would say of a row, written down once more and as simply as can be."""
    name, sex, place, home, employer = row
    values = {
        "id": key,
        "name": name,
        "sex": {"1": "MALE", "2": "FEMALE"}.get(str(sex)),
        "place": place,
        "home": home,
        "employer": employer,
    }
    return any(
        all(_holds(values[term.path[0].field], term, claim) for term in terms) for terms in wanted.any_of
    )


def _holds(value: str | int | None, term: GuardTerm, claim: tuple[str, ...]) -> bool:
    if value is None:
        return False
    text = str(value)
    operands = claim if isinstance(term.operand, Claim) else term.operand.values if term.operand else ()
    if term.operator == "equals":
        return text in operands
    if term.operator == "within":
        return _is_division(text) and any(_inside(text, area) for area in operands if _is_division(area))
    if term.operator == "before":
        return any(text < other for other in operands)
    if term.operator == "after":
        return any(text > other for other in operands)
    return True


def _is_division(text: str) -> bool:
    return len(text) == 6 and text.isdigit()


def _inside(text: str, area: str) -> bool:
    if area[:2] == "00":
        return False
    if area[2:] == "0000":
        return text[:2] == area[:2]
    return text[:4] == area[:4] if area[4:] == "00" else text == area
