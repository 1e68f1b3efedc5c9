"""What masks make of values, and that no mask shows what it does not understand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.constraints import Mask, MaskKind
from gateway.masks import apply_mask

FIXED = Mask("fixed", "fixed", 0, (("text", "***"),))
ENDS = Mask("ends", "partial", 1, (("keep_first", "2"), ("keep_last", "2")))
FIRST = Mask("first", "partial", 1, (("keep_first", "1"), ("keep_last", "0")))
YEAR = Mask("year", "truncate", 2, (("to", "year"),))
MONTH = Mask("month", "truncate", 2, (("to", "month"),))
THOUSANDS = Mask("thousands", "truncate", 2, (("to", "1000"),))
FOUR = Mask("four", "truncate", 2, (("to", "4"),))
RANGES = Mask("ranges", "bucket", 3, (("bounds", "0,1000,2500.5"),))


@pytest.mark.parametrize(
    ("mask", "value", "expected"),
    [
        (FIXED, "王芳", "***"),
        (FIXED, "", "***"),
        (FIXED, 7, None),
        (FIXED, True, None),
        (FIXED, {"a": 1}, None),
        (ENDS, "330203199001011236", "33**************36"),
        (ENDS, "12345", "12*45"),
        (ENDS, "1234", "****"),
        (ENDS, "1", "*"),
        (ENDS, "", ""),
        (ENDS, 12345678, None),
        (FIRST, "王小芳", "王**"),
        (FIRST, "王", "*"),
        (YEAR, "1990-03-04", "1990"),
        (YEAR, "1990-03-04T10:00:00Z", "1990"),
        (MONTH, "1990-03-04", "1990-03"),
        (YEAR, "04.03.1990", None),
        (YEAR, "1990-03-04x", None),
        (YEAR, "１９９０-03-04", None),
        (YEAR, 19900304, None),
        (THOUSANDS, 12345, 12000),
        (THOUSANDS, -12345, -12000),
        (THOUSANDS, 999, 0),
        (THOUSANDS, 1234.5, 1000.0),
        (THOUSANDS, float("nan"), None),
        (THOUSANDS, float("inf"), None),
        (THOUSANDS, True, None),
        (THOUSANDS, {"a": 1}, None),
        (FOUR, "Ningbo", "Ning"),
        (FOUR, "Ning", "****"),
        (RANGES, 0, 0),
        (RANGES, 999, 0),
        (RANGES, 1000, 1000),
        (RANGES, 99999, 2500.5),
        (RANGES, -1, None),
        (RANGES, "999", None),
        (FIXED, None, None),
        (ENDS, ["330203199001011236", None, "12"], ["33**************36", None, "**"]),
    ],
)
def test_a_value_is_masked(mask: Mask, value: Any, expected: Any) -> None:
    masked = apply_mask(mask, value)
    assert masked == expected
    assert type(masked) is type(expected)


def test_a_kind_that_is_not_known_shows_nothing() -> None:
    kind: MaskKind = "noise"  # type: ignore[assignment]  # on purpose: what a later version could send
    assert apply_mask(Mask("noise", kind, 0, ()), "secret") is None


@given(st.text(), st.integers(0, 5), st.integers(0, 5))
def test_a_text_keeps_its_length_and_only_its_ends(value: str, first: int, last: int) -> None:
    mask = Mask("m", "partial", 0, (("keep_first", str(first)), ("keep_last", str(last))))
    masked = apply_mask(mask, value)
    assert len(masked) == len(value)
    shown = {*range(first), *range(len(value) - last, len(value))} if len(value) > first + last else set()
    for position, character in enumerate(masked):
        assert character == (value[position] if position in shown else "*")


@given(st.integers(), st.sampled_from([1, 10, 1000, 10**6]))
def test_a_truncated_number_is_no_further_from_zero(value: int, step: int) -> None:
    masked = apply_mask(Mask("m", "truncate", 0, (("to", str(step)),)), value)
    assert masked % step == 0
    assert abs(masked) <= abs(value) < abs(masked) + step
