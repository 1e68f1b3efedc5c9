"""What fails is shown as small as it can be, and as a test that can be pasted."""

import ast
from dataclasses import replace

import pytest
from graphql import GraphQLError, build_schema, parse, print_ast, validate

from tests.difference import smaller as made_smaller
from tests.difference.case import Drawn, draw
from tests.difference.generating import THEMES
from tests.difference.lab import Difference
from tests.difference.smaller import as_test, smaller


def _is_wrong(drawn: Drawn) -> bool:
    """Stands for a fault of the gateway: whatever asks for `f0` is answered wrongly, if it is a case at all."""
    try:
        schema = build_schema(drawn.case().api)
        valid = not any(validate(schema, parse(run.document)) for run in drawn.runs)
    except (GraphQLError, TypeError):
        return False
    return valid and any(" f0\n" in run.document for run in drawn.runs)


def test_only_what_the_difference_needs_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = next(
        replace(one, runs=(printed,))
        for one in (draw(number, "keys") for number in range(100))
        for run in one.runs
        for printed in [replace(run, document=print_ast(parse(run.document)))]
        if _is_wrong(replace(one, runs=(printed,)))
    )
    monkeypatch.setattr(made_smaller, "_kind", lambda one: "other data" if _is_wrong(one) else None)

    small = smaller(drawn, Difference("other data", "", drawn.runs[0]), 5_000)

    assert _is_wrong(small)
    assert sum(text.count(": ") for text in small.sources.values()) < 20
    assert ast.parse(as_test(small, "found")).body


@pytest.mark.parametrize("theme", THEMES)
def test_a_seed_draws_the_same_case_again(theme: str) -> None:
    assert draw(7, theme) == draw(7, theme)
    assert draw(7, theme) != draw(8, theme)
