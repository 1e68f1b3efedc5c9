"""What is taken names its context, and what of it."""

import pytest

from tests.supergraph.source.contexts import taking, with_contexts
from tests.supergraph.source.reading import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (taking('n: Int @fromContext(field: "{ n }")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$c")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: null)'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: 5)'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "c { n }")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "$1 { n }")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
        (taking('n: Int @fromContext(field: "# $c { n }")'), ['NO_CONTEXT_IN_SELECTION 4:46']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(with_contexts(sdl)) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        taking('n: Int @fromContext(field: "$c { n }")'),
        taking('n: Int @fromContext(field: "$c n")'),
        taking('n: Int @fromContext(field: " , $ c{n}")'),
        taking('n: Int @fromContext(field: "#of $d\\n$c { n }")'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(with_contexts(sdl)) == []
