"""What is linked for security is enforced, or the source is refused."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('extend schema @link(url: "https://example.org/clearance/v1.0", for: SECURITY)\ntype T { a: Int }'), ['UNSUPPORTED_LINKED_FEATURE 2:15']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('extend schema @link(url: "https://example.org/clearance/v1.0", for: EXECUTION)\ntype T { a: Int }'),
        linked('extend schema @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)\ntype T { a: Int @policy(policies: "p") }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
