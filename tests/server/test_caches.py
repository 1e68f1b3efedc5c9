"""What is kept between requests: made once, bounded in entries and bytes, and counted."""

import pytest

from gateway.server.caches import Cache


def cache(entries: int = 3, size: int = 1_000) -> Cache[str, str]:
    return Cache(entries, size, len)


def counts(kept: Cache[str, str]) -> tuple[int, int, int, int, int]:
    told = kept.counters
    return told.hits, told.misses, told.evictions, told.entries, told.bytes


def test_a_value_is_made_once_and_found_afterwards() -> None:
    kept = cache()
    values = iter(["value", "another"])
    for _ in range(3):
        assert kept.get("a", lambda: next(values)) == "value"
    assert counts(kept) == (2, 1, 0, 1, 5)


@pytest.mark.parametrize(
    ("entries", "size"), [(20, 1_000_000), (1_000, 2_000)], ids=["by entries", "by bytes"]
)
def test_what_was_used_longest_ago_goes_first(entries: int, size: int) -> None:
    kept = cache(entries, size)
    names = [f"operation {number}" for number in range(20)]
    for name in names:
        kept.get(name, lambda: "x" * 100)
    kept.get(names[0], lambda: "made again")
    kept.get("one more", lambda: "x" * 100)
    assert counts(kept) == (1, 21, 1, 20, 2_000)
    assert kept.get(names[0], lambda: "made again") == "x" * 100
    assert kept.get(names[1], lambda: "made again") == "made again"


def test_one_large_value_drives_nobody_out() -> None:
    kept = cache()
    kept.get("small", lambda: "x")
    assert kept.get("large", lambda: "x" * 51) == "x" * 51
    assert counts(kept) == (0, 2, 0, 1, 1)


def test_a_cache_of_few_large_values_keeps_what_others_leave_out() -> None:
    kept = Cache[str, str](3, 1_000, len, largest=4)
    kept.get("large", lambda: "x" * 250)
    kept.get("too large", lambda: "x" * 251)
    assert counts(kept) == (0, 2, 0, 1, 250)


def test_what_fails_is_not_kept() -> None:
    kept = cache()

    def fail() -> str:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            kept.get("a", fail)
    assert kept.get("a", lambda: "value") == "value"
    assert counts(kept) == (0, 3, 0, 1, 5)


def test_values_that_are_none_or_empty_are_kept_too() -> None:
    kept = cache()
    kept.get("a", str)
    assert kept.get("a", lambda: "made again") == ""
