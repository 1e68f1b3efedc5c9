"""Guards over the raw answer tree: true, false, or not known yet.

Three values while fetches are under way: an input that has not been fetched (its key is absent) leaves a guard
open, so that a row is asked for unless it is known to be invisible. In the finished tree what is unknown is
false: visible is only what is proved to be (POLICY.md, "Unknown").
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from connectors.base import Claim, Constant, GuardTerm, Json, PathStep, RowFilter
from gateway.execution.raw import RawObject

Operands: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of each claim that the request brings."""

_MISSING = object()


def visible(row: RawObject, rows: RowFilter, operands: Operands) -> bool | None:
    """Whether a row passes a filter; None while that is not known."""
    unknown = False
    for terms in rows.any_of:
        holds = _all_hold(row, terms, operands)
        if holds:
            return True
        unknown = unknown or holds is None
    return None if unknown else False


def _all_hold(row: RawObject, terms: Sequence[GuardTerm], operands: Operands) -> bool | None:
    unknown = False
    for term in terms:
        holds = term_holds(row, term, operands)
        if holds is False:
            return False
        unknown = unknown or holds is None
    return None if unknown else True


def term_holds(row: RawObject, term: GuardTerm, operands: Operands) -> bool | None:
    """Whether one guard holds on a row; None while its input is not there yet."""
    wanted = _operand_values(term, operands)
    compare = _COMPARISONS[term.operator]
    unknown = False
    for value in _values_at(row, term.path):
        if value is _MISSING:
            unknown = True
        elif compare(_text(value), wanted):
            return True
    return None if unknown else False


def _operand_values(term: GuardTerm, operands: Operands) -> tuple[str, ...]:
    if isinstance(term.operand, Claim):
        return operands.get(term.operand.name, ())
    if isinstance(term.operand, Constant):
        return term.operand.values
    return ()


def _values_at(value: Json, path: Sequence[PathStep]) -> Iterator[Json]:
    """The leaves that a path leads to, through lists; `_MISSING` where a field has not been fetched."""
    if isinstance(value, list):
        for item in value:
            yield from _values_at(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        inner = value.get(path[0].field, _MISSING)
        if inner is _MISSING:
            yield _MISSING
        else:
            for item in _narrowed(inner, path[0].narrow):
                yield from _values_at(item, path[1:])


def _narrowed(value: Json, narrow: str | None) -> Iterator[Json]:
    """The objects of one concrete type; an object without `__typename` can be of that type alone."""
    if isinstance(value, list):
        for item in value:
            yield from _narrowed(item, narrow)
    elif narrow is None or (isinstance(value, dict) and value.get("__typename", narrow) == narrow):
        yield value


def _text(value: Json) -> str | None:
    """A value as guards compare it: texts, and whole numbers as their digits; everything else is malformed."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def _equals(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is not None and value in wanted


def _within(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is not None and _is_division(value) and any(_holds_division(area, value) for area in wanted)


def _is_division(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()


def _holds_division(area: str, code: str) -> bool:
    """GB/T 2260: a code ends in pairs of zeros for what it does not say; 330200 holds 330203."""
    if not _is_division(area) or area == "000000":
        return False
    while area.endswith("00"):
        area = area[:-2]
    return code.startswith(area)


def _before(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is not None and any(value < other for other in wanted)


def _after(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is not None and any(value > other for other in wanted)


def _present(value: str | None, _wanted: tuple[str, ...]) -> bool:
    return value is not None


_COMPARISONS: Mapping[str, Callable[[str | None, tuple[str, ...]], bool]] = {
    "equals": _equals,
    "within": _within,
    "before": _before,
    "after": _after,
    "present": _present,
}
