"""A source has no field or argument of the types that the federation's own directives and fields are made of."""

import pytest

from tests.supergraph.source.reading import findings_of, linked, told

IMPORTED = '"@key", "FieldSet"'


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        pytest.param(
            linked("type Query { x: FieldSet }", imports=IMPORTED), ["INVALID_GRAPHQL 2:14"], id="a field"
        ),
        pytest.param(
            linked("type Query { x(a: [federation__FieldSet!]): Int }"),
            ["INVALID_GRAPHQL 2:16"],
            id="an argument",
        ),
        pytest.param(
            linked("type Query { x(i: I): Int }\ninput I { p: link__Purpose }"),
            ["INVALID_GRAPHQL 3:11"],
            id="an input field",
        ),
        pytest.param(
            linked("type Query { x: Int }\ndirective @d(a: FieldSet) on FIELD", imports=IMPORTED),
            ["INVALID_GRAPHQL 3:14"],
            id="an argument of a directive",
        ),
        pytest.param(
            "type Query { x(a: _Any): _Entity }\nscalar _Any\nunion _Entity = T\ntype T { x: Int }",
            ["INVALID_GRAPHQL 1:14", "INVALID_GRAPHQL 1:16"],
            id="what gateways ask for, in Federation 1",
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


def test_the_type_is_named() -> None:
    (found,) = findings_of(linked("type Query { x(a: federation__FieldSet): Int }"))
    assert "Query.x(a:) is of the type federation__FieldSet" in found.message


@pytest.mark.parametrize(
    "sdl",
    [
        pytest.param(
            "type Query { x: Int _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }\n"
            "scalar _Any\nunion _Entity = T\ntype _Service { sdl: String }\ntype T { x: Float y: Boolean z: ID s: String }",
            id="the fields that libraries add",
        ),
        pytest.param(
            linked("type Query { x: Int }\ndirective @key(fields: FieldSet!) on OBJECT", imports=IMPORTED),
            id="a definition of a directive of the federation",
        ),
        pytest.param(
            "schema { query: Root mutation: Mutation }\ntype Root { _service: _Service }\ntype Mutation { x: Root }",
            id="queries of which the source has none of its own",
        ),
    ],
)
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []
