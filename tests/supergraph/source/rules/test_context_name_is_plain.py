"""A context is named by letters and digits."""

import pytest

from tests.supergraph.source.contexts import with_contexts
from tests.supergraph.source.reading import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        ('type T @context(name: "c_d") { n: Int }', ['CONTEXT_NAME_INVALID 2:8']),
        ('type T @context(name: "_") { n: Int }', ['CONTEXT_NAME_INVALID 2:8']),
        ('type T @context(name: "c-d") { n: Int }', ['CONTEXT_NAME_INVALID 2:8']),
        ('type T @context(name: "1c") { n: Int }', ['CONTEXT_NAME_INVALID 2:8']),
        ('type T @context(name: "") { n: Int }', ['CONTEXT_NAME_INVALID 2:8']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(with_contexts(sdl)) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        'type T @context(name: "c") @context(name: "C2") { n: Int }',
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(with_contexts(sdl)) == []
