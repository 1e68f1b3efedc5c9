"""Definitions that repeat the federation's own are checked and left out."""

import pytest

from tests.supergraph.source.reading import linked, told

TYPE = '\ntype T @key(fields: "id") { id: ID! }'


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ("directive @key(fields: String!, more: Int) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: Int!) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: String) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: [String]!) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        (
            "directive @key(fields: String!, resolvable: Boolean = false) on OBJECT",
            "DIRECTIVE_DEFINITION_INVALID",
        ),
        ("directive @key(fields: String!) on OBJECT | ENUM", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @external repeatable on FIELD_DEFINITION", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @link(url: Int!) repeatable on SCHEMA", "DIRECTIVE_DEFINITION_INVALID"),
        ("type federation__FieldSet { a: Int }", "TYPE_DEFINITION_INVALID"),
        ("scalar link__Purpose", "TYPE_DEFINITION_INVALID"),
        ("type _Any { a: Int }", "TYPE_DEFINITION_INVALID"),
        ("input String { a: Int }", "TYPE_DEFINITION_INVALID"),
    ],
)
def test_a_contradiction_is_told(definition: str, code: str) -> None:
    assert [line.split()[0] for line in told(linked(definition + TYPE))] == [code]


@pytest.mark.parametrize(
    "definition",
    [
        "directive @key(fields: String!) on OBJECT",
        "directive @key(fields: federation__FieldSet!, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE",
        "directive @inaccessible on FIELD_DEFINITION",
        "enum link__Purpose { SECURITY EXECUTION }",
        "scalar _Any\nunion _Entity = T\ntype _Service { sdl: String }",
    ],
)
def test_a_repetition_may_say_less(definition: str) -> None:
    assert told(linked(definition + TYPE)) == []


@pytest.mark.parametrize(
    "sdl",
    [
        "directive @shareable on ENUM\nenum E @shareable { A }",
        "directive @tag(label: String!) repeatable on OBJECT\ntype T @tag(label: 1) { a: Int }",
        "directive @key(fields: Int!) on OBJECT\ntype T @key(fields: 1) { a: Int }",
    ],
)
def test_uses_of_what_is_wrongly_defined_are_not_found_besides(sdl: str) -> None:
    assert {line.split()[0] for line in told(linked(sdl))} <= {
        "DIRECTIVE_DEFINITION_INVALID",
        "KEY_INVALID_FIELDS_TYPE",
    }


def test_other_mistakes_are_found_beside_a_wrong_definition() -> None:
    found = told(linked("directive @shareable on ENUM\ntype T { a: Nope }"))

    assert [line.split()[0] for line in found] == ["DIRECTIVE_DEFINITION_INVALID", "INVALID_GRAPHQL"]
