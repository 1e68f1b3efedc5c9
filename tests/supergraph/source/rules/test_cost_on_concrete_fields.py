"""A cost is that of a field which a source resolves."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('interface I { a: Int @cost(weight: 3) }', "v2.9", '"@cost", "@listSize"'), ['COST_APPLIED_TO_INTERFACE_FIELD 2:22']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('interface I { a(b: Int @cost(weight: 1)): Int }\ntype T { a: Int @cost(weight: 3) }', "v2.9", '"@cost", "@listSize"'),
        linked('extend schema @link(url: "https://specs.apollo.dev/cost/v0.1")\ntype T { a: Int @cost(weight: 3) }'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
