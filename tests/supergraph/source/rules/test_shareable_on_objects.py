"""Object types and their fields are shareable, each declaration once."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I { a: Int @shareable b: Int }'), ['INVALID_SHAREABLE_USAGE 2:22']),
        (linked('type T @shareable @shareable { a: Int }'), ['INVALID_SHAREABLE_USAGE 2:19']),
        (linked('type T { a: Int @shareable @shareable b: Int @shareable }'), ['INVALID_SHAREABLE_USAGE 2:28']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @shareable { a: Int @shareable }\nextend type T @shareable { b: Int }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
