"""The operations that are shown can be sent as they are."""

import pytest
from graphql import parse, validate

from tests.supergraph.reach.sources import supergraph, told

INPUTS = """
  enum E { ONE TWO }
  input In { e: E! o: String n: In2! }
  input In2 { b: Boolean! l: [Int!]! }
  input One @oneOf { n: Int s: String }
  scalar Date
"""

ARGUMENTS = {
    "none are required": ("(a: Int, b: Int! = 3)", ""),
    "numbers": ("(a: Int!, b: Float!)", "(a: 0, b: 0.5)"),
    "texts": ("(a: String!, b: ID!)", '(a: "…", b: "1")'),
    "truth": ("(a: Boolean!)", "(a: true)"),
    "an enum": ("(a: E!)", "(a: ONE)"),
    "lists": ("(a: [Int!]!, b: [[E]]!)", "(a: [], b: [])"),
    "an input object": ("(a: In!)", "(a: {e: ONE, n: {b: true, l: []}})"),
    "an input object of which one field is given": ("(a: One!)", "(a: {n: 0})"),
    "a scalar of the source's own": ("(a: Date!)", '(a: "…")'),
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_required_arguments_have_values_that_fit(case: str) -> None:
    defined, shown = ARGUMENTS[case]
    sources = {
        "a": f'type Query {{ t{defined}: [T] }} type T @key(fields: "id") {{ id: ID! }} {INPUTS}',
        "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    }
    (text,) = told(sources)
    operation = text.split("`")[1]
    assert operation == f"{{ t{shown} {{ x }} }}"
    assert validate(supergraph(**sources).schema, parse(operation)) == []


SHAPES = {
    "a leaf": ("x: Int", "{ t { x } }"),
    "an object": ("x: V", "{ t { x { __typename } } }"),
    "a union": ("x: [U!]", "{ t { x { __typename } } }"),
}


@pytest.mark.parametrize("case", SHAPES)
def test_what_is_selected_fits_the_field(case: str) -> None:
    defined, shown = SHAPES[case]
    sources = {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": f'type T @key(fields: "id", resolvable: false) {{ id: ID! {defined} }} '
        "type V { p: Int } union U = V type Query { v: V u: U }",
    }
    (text,) = told(sources)
    assert text.split("`")[1] == shown


def test_a_mutation_is_shown_as_one() -> None:
    (text,) = told(
        {
            "a": 'type Query { n: Int } type Mutation { m: T } type T @key(fields: "id") { id: ID! }',
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        }
    )
    assert text.split("`")[1] == "mutation { m { x } }"


def test_input_objects_within_one_another_are_shown_to_a_depth() -> None:
    inputs = " ".join(f"input In{number} {{ n: In{number + 1}! }}" for number in range(400))
    (text,) = told(
        {
            "a": f'type Query {{ t(a: In0!): T }} type T @key(fields: "id") {{ id: ID! }} {inputs} '
            "input In400 { n: Int! }",
            "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
        }
    )
    assert "n: {}" in text
    assert len(text) < 400
