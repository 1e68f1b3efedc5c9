"""Misspelt names are answered with the name that is meant, at a bounded cost."""

import pytest

from gateway.supergraph.source.likeness import MAX_COMPARED, Likeness

KNOWN = ("Person", "Parcel", "Address", "ID")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("person", "Person"),
        ("Persn", "Person"),
        ("Preson", "Person"),
        ("Adress", "Address"),
        ("Tax", None),
        ("P" * 100, None),
    ],
)
def test_the_name_most_like_it_is_found(written: str, meant: str | None) -> None:
    assert Likeness(KNOWN).of(written) == meant


def test_past_the_bound_only_case_is_looked_at() -> None:
    likeness = Likeness([*KNOWN, *(f"T{number}" for number in range(MAX_COMPARED // 2))])
    assert likeness.of("Adress") == "Address"
    assert [likeness.of("Adress"), likeness.of("ADDRESS")] == [None, "Address"]
