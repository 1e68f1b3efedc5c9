"""Definitions that repeat the federation's own are checked and left out."""

import pytest

from tests.supergraph.source.reading import linked, read, told

TYPE = '\ntype T @key(fields: "id") { id: ID! }'


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ("directive @key(fields: String!, more: Int) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: Int!) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: String) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: [Int]!) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        (
            "directive @key(fields: String!, resolvable: Boolean = false) on OBJECT",
            "DIRECTIVE_DEFINITION_INVALID",
        ),
        ("directive @key(fields: String!, resolvable: Boolean) on OBJECT", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @link(url: String, import: [Int]) repeatable on SCHEMA", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @key(fields: String!) on OBJECT | ENUM", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @external repeatable on FIELD_DEFINITION", "DIRECTIVE_DEFINITION_INVALID"),
        ("directive @link(url: Int!) repeatable on SCHEMA", "DIRECTIVE_DEFINITION_INVALID"),
        ("type federation__FieldSet { a: Int }", "TYPE_DEFINITION_INVALID"),
        ("scalar link__Purpose", "TYPE_DEFINITION_INVALID"),
        ("enum link__Purpose { SECURITY }", "TYPE_DEFINITION_INVALID"),
        ("enum link__Purpose { SECURITY EXECUTION FUN }", "TYPE_DEFINITION_INVALID"),
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
        "directive @key(fields: [String!]!) on OBJECT",
        "directive @link(url: String!, import: [String!]) repeatable on SCHEMA",
        "directive @link(url: String!, import: [link__Import!]) repeatable on SCHEMA\nscalar link__Import",
        "directive @deprecated(reason: String) on FIELD_DEFINITION",
        "enum link__Purpose { SECURITY EXECUTION }",
        "scalar _Any\nunion _Entity = T\ntype _Service { sdl: String }",
    ],
)
def test_a_repetition_may_say_less(definition: str) -> None:
    assert told(linked(definition + TYPE)) == []


def test_types_of_link_have_the_names_that_they_are_imported_by() -> None:
    assert (
        told(
            'extend schema @link(url: "https://specs.apollo.dev/link/v1.0", import: [{name: "Purpose", as: "Why"}])\n'
            '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'
            "directive @link(url: String!, for: Why, import: [link__Import]) repeatable on SCHEMA\n"
            "enum Why { SECURITY EXECUTION }\nscalar link__Import\ntype Query { a: Int }"
        )
        == []
    )


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


@pytest.mark.parametrize(
    "sdl",
    [
        'directive @key(fields: String!) on OBJECT\ntype T @key(fields: "id") @key(fields: "no") { id: ID! no: ID! }',
        'directive @key(fields: String!) on OBJECT\ntype T @key(fields: "id", resolvable: false) { id: ID! }',
        'directive @key(fields: String!) repeatable on OBJECT\ninterface T @key(fields: "id") { id: ID! }',
        'directive @key(fields: String!, resolvable: Boolean!) on OBJECT\ntype T @key(fields: "id") { id: ID! }',
        "directive @shareable on FIELD_DEFINITION\ntype T @shareable { id: ID! }",
        "directive @deprecated(reason: String) on FIELD_DEFINITION\nenum T { A @deprecated B }",
        "directive @deprecated(reason: String) on OBJECT\ntype T @deprecated { id: ID! }",
    ],
)
def test_what_a_repetition_leaves_out_is_not_there_to_be_used(sdl: str) -> None:
    assert [line.split()[0] for line in told(linked(sdl))] == ["INVALID_GRAPHQL"]


@pytest.mark.parametrize(
    "definition",
    [
        "directive @key on OBJECT | INTERFACE",
        "directive @key(fields: String) on OBJECT",
        "directive @key(fields: _FieldSet) on OBJECT\nscalar _FieldSet",
        "directive @key(fields: FieldSet) on OBJECT\nscalar FieldSet",
    ],
)
def test_what_libraries_of_federation_1_printed_is_forgiven(definition: str) -> None:
    twice = 'type T @key(fields: "id") @key(fields: "no", resolvable: false) { id: ID! no: ID! }'
    assert told(f"{definition}\n{twice}") == []


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        ("directive @inaccessible on FIELD_DEFINITION", "@inaccessible"),
        ("directive @shareable on FIELD_DEFINITION", "@shareable"),
        ("directive @override(from: String!) on FIELD_DEFINITION", '@override(from: "other")'),
    ],
)
def test_what_a_source_of_federation_1_defines_means_what_it_does_in_federation_2(
    definition: str, use: str
) -> None:
    field = read(f"{definition}\ntype Query {{ a: Int {use} b: Int }}").types["Query"].fields["a"]

    assert field.marks.inaccessible or field.shared_at or field.override
    assert field.marks.applied == ()


@pytest.mark.parametrize(
    "definition",
    [
        "directive @override on FIELD_DEFINITION",
        "directive @override(from: String!, label: String) on FIELD_DEFINITION",
        "directive @inaccessible on SCHEMA",
        "directive @shareable(x: Int!) on FIELD_DEFINITION",
        "directive @interfaceObject on INTERFACE",
        "directive @composeDirective(name: Int) on SCHEMA",
    ],
)
def test_in_federation_1_too_it_must_be_defined_like_it(definition: str) -> None:
    assert [line.split()[0] for line in told(f"{definition}\ntype Query {{ a: Int }}")] == [
        "DIRECTIVE_DEFINITION_INVALID"
    ]


def test_later_directives_are_a_source_s_own_in_federation_1() -> None:
    sdl = "directive @authenticated(x: Int) on FIELD_DEFINITION\ntype Query { a: Int @authenticated(x: 1) }"
    assert not read(sdl).types["Query"].fields["a"].marks.authenticated
