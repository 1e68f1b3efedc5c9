"""Once merged, a default is still a value of its type."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": "type Query { x(e: E = B): Int }\nenum E { A B }",
                "b": "type Query { y(e: E): Int }\nenum E { A }",
            },
            [
                "INVALID_GRAPHQL a:2:16 the default B of Query.x(e:) in a (Bureau A) at a:2:16 is no value of `E` as all sources have it",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I = {a: 1, b: 2}): Int }\ninput I { a: Int b: Int }",
                "b": "type Query { y(i: I): Int }\ninput I { a: Int }",
            },
            [
                "INVALID_GRAPHQL a:2:16 the default { a: 1, b: 2 } of Query.x(i:) in a (Bureau A) at a:2:16 is no value of `I` as all sources have it",
            ],
        ),
        (
            {
                "a": "type Query { x(i: I = {}): Int }\ninput I { a: Int }",
                "b": "type Query { y(i: I): Int }\ninput I { a: Int! }",
            },
            [
                "INVALID_GRAPHQL a:2:16 the default {  } of Query.x(i:) in a (Bureau A) at a:2:16 is no value of `I` as all sources have it",
            ],
        ),
        (
            {
                "a": "type Query { x(i: [I] = [{a: null}]): Int }\ninput I { a: Int }",
                "b": "type Query { y(i: [I]): Int }\ninput I { a: Int! }",
            },
            [
                "INVALID_GRAPHQL a:2:16 the default [{ a: null }] of Query.x(i:) in a (Bureau A) at a:2:16 is no value of `[I]` as all sources have it",
            ],
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sources: dict[str, str], expected: list[str]) -> None:
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {
            "a": "type Query { x(e: [E] = A, i: I = {a: 1}): Int }\nenum E { A B }\ninput I { a: Int! b: Int }",
            "b": "type Query { y(e: E, i: I): Int }\nenum E { A }\ninput I { a: Int }",
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []
