"""Guards on single rows: true, false, and not known yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Claim, Constant, GuardTerm, Json, Operator, PathStep, RowFilter
from gateway.execution.guards import term_holds, visible

OPERANDS = {"division": ("330200",), "citizenId": ("1", "2")}


def term(path: str, operator: Operator, operand: Claim | Constant | None) -> GuardTerm:
    steps = tuple(
        PathStep(field, narrow or None)
        for field, _, narrow in (part.partition("<") for part in path.split("."))
    )
    return GuardTerm("g", steps, operator, operand)


SELF = term("citizenId", "equals", Claim("citizenId"))
MEMBER = term("members.citizenId", "equals", Claim("citizenId"))
SUBJECT = term("subject<Person.citizenId", "equals", Claim("citizenId"))
LOCAL = term("division.code", "within", Claim("division"))
ACTIVE = term("status", "equals", Constant(("ACTIVE", "NEW")))

ROWS: list[tuple[GuardTerm, Json, bool | None]] = [
    (SELF, {"citizenId": "1"}, True),
    (SELF, {"citizenId": 2}, True),
    (SELF, {"citizenId": "3"}, False),
    (SELF, {"citizenId": None}, False),
    (SELF, {"citizenId": True}, False),
    (SELF, {"citizenId": {"x": "1"}}, False),
    (SELF, {}, None),
    (MEMBER, {"members": [{"citizenId": "9"}, None, {"citizenId": "1"}]}, True),
    (MEMBER, {"members": [{"citizenId": "9"}, {}]}, None),
    (MEMBER, {"members": [{"citizenId": "1"}, {}]}, True),
    (MEMBER, {"members": []}, False),
    (MEMBER, {"members": None}, False),
    (MEMBER, {"members": "1"}, False),
    (SUBJECT, {"subject": {"__typename": "Person", "citizenId": "1"}}, True),
    (SUBJECT, {"subject": {"citizenId": "1"}}, True),
    (SUBJECT, {"subject": {"__typename": "LegalEntity", "citizenId": "1"}}, False),
    (SUBJECT, {"subject": [{"__typename": "Person", "citizenId": "1"}]}, True),
    (LOCAL, {"division": {"code": "330203"}}, True),
    (LOCAL, {"division": {"code": "330200"}}, True),
    (LOCAL, {"division": {"code": "330000"}}, False),
    (LOCAL, {"division": {"code": "330303"}}, False),
    (LOCAL, {"division": {"code": "33020"}}, False),
    (LOCAL, {"division": {"code": "３３０２０３"}}, False),
    (LOCAL, {"division": None}, False),
    (ACTIVE, {"status": "NEW"}, True),
    (ACTIVE, {"status": "MOVED"}, False),
    (term("born", "before", Constant(("2000-01-01",))), {"born": "1999-12-31"}, True),
    (term("born", "before", Constant(("2000-01-01",))), {"born": "2000-01-01"}, False),
    (term("born", "after", Constant(("2000-01-01",))), {"born": "2000-01-02"}, True),
    (term("born", "after", Constant(("2000-01-01",))), {"born": None}, False),
    (term("born", "present", None), {"born": "x"}, True),
    (term("born", "present", None), {"born": None}, False),
    (term("citizenId", "equals", Claim("missing")), {"citizenId": "1"}, False),
    (term("code", "within", Constant(("000000",))), {"code": "330203"}, False),
    (term("code", "within", Constant(("nonsense",))), {"code": "330203"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "row", "expected"), ROWS)
def test_a_guard_on_a_row(guard: GuardTerm, row: Json, expected: bool | None) -> None:
    assert term_holds(row, guard, OPERANDS) is expected


values = st.sampled_from([True, False, None])


@given(
    st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3), st.lists(values, min_size=4, max_size=4)
)
def test_rows_follow_three_valued_logic(alternatives: list[list[int]], known: list[bool | None]) -> None:
    """An OR of ANDs where a missing input is unknown: certain only when no filling-in could change it."""
    row = {f"f{number}": "yes" if value else "no" for number, value in enumerate(known) if value is not None}
    terms = [term(f"f{number}", "equals", Constant(("yes",))) for number in range(4)]
    rows = RowFilter(tuple(tuple(terms[number] for number in group) for group in alternatives))

    def kleene_and(group: list[int]) -> bool | None:
        found = [known[number] for number in group]
        return False if False in found else None if None in found else True

    found = [kleene_and(group) for group in alternatives]
    expected = True if True in found else None if None in found else False
    assert visible(row, rows, {}) is expected


@given(st.text("0123456789", min_size=6, max_size=6), st.text("0123456789", min_size=6, max_size=6))
def test_within_is_a_prefix_of_pairs(area: str, code: str) -> None:
    guard = term("code", "within", Constant((area,)))
    pairs = [area[:2], area[2:4], area[4:]]
    while pairs and pairs[-1] == "00":
        pairs.pop()
    expected = bool(pairs) and code.startswith("".join(pairs))
    assert term_holds({"code": code}, guard, {}) is expected
