"""A source's text is GraphQL; every place where it is not is told, with its line."""

import pytest

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.source.reading import findings_of, linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        ("type Query { a: Int", ["1:20"]),
        ("", ["1:1"]),
        ("type Query { a: Int }\nquery { a }", ["2:1"]),
        (linked("type T { a: Nope b(c: Nah): [Nothing!] }"), ["2:13", "2:23", "2:30"]),
        (linked("type T { a: Int }\ntype T { b: Int }"), ["3:6"]),
        (linked("type T { a: Int\n a: Int }"), ["3:2"]),
        (linked("type T { a(b: Int\n b: Int): Int }"), ["3:2"]),
        (linked("enum E { A\n A }"), ["3:2"]),
        (linked("type T { a: Int }\nextend interface T { b: Int }"), ["3:1"]),
        (linked("interface I { a: Int! b: Int }\ntype T implements I { a: Int }"), ["3:1", "3:26"]),
        (linked("type T implements I { a: Int }"), ["2:19"]),
        (linked("interface I implements J { a: Int }\ninterface J { a: Int }\ntype T implements I { a: Int }"), ["4:19"]),
        (linked("type T"), ["2:1"]),
        (linked("union U"), ["2:1"]),
        (linked("union U = Int"), ["2:11"]),
        (linked("type T { a: I }\ninput I { a: Int }"), ["2:13"]),
        (linked("type T { a(b: T): Int }"), ["2:15"]),
        (linked("input I { i: I! }"), ["2:11"]),
        (linked('type T { a(b: Int = "x"): Int }'), ["2:21"]),
        (linked('input I { a: [Int] = ["x"] }'), ["2:23"]),
        (linked("type T { a: Int @tag }"), ["2:17"]),
        (linked("type T { a: Int @tag(name: 1) }"), ["2:17"]),
        (linked('type T { a: Int @tag(name: "x", of: 1) }'), ["2:33"]),
        (linked("type T { a: Int @external @external }"), ["2:27"]),
        (linked('type T { a: Int @key(fields: "a") }'), ["2:17"]),
        (linked("type T { __a: Int }"), ["2:10"]),
        (linked("schema { query: Nope }"), ["2:17"]),
        (linked("schema { query: S }\nscalar S"), ["2:17"]),
        (linked("directive @d on OBJECT\ndirective @d on OBJECT"), ["3:12"]),
        (linked('type T { a: Int @label }'), ["2:17"]),
        (linked("input I { a: I = {} }"), None),
    ],
)  # fmt: skip
def test_what_is_no_graphql_is_told_with_its_place(sdl: str, expected: list[str] | None) -> None:
    found = told(sdl)

    assert found and {line.split()[0] for line in found} == {"INVALID_GRAPHQL"}
    if expected is not None:
        assert sorted({line.split()[1] for line in found}) == expected


def test_both_places_of_a_double_definition_are_named() -> None:
    (finding,) = findings_of("type T { a: Int }\n\ntype T { b: Int }")

    assert "people:1:6" in finding.message
    assert (finding.line, finding.column) == (3, 6)


@pytest.mark.parametrize(
    "sdl",
    [
        "type T { a: Int }",
        "type Query",
        linked("extend type T { a: Int }\nextend type T { b: Int }"),
        linked("extend union U = T\ntype T { a: Int }"),
        'type T @label(level: "SECRET") { a: Int @label(level: "OPEN", categories: ["tax"]) }',
        'directive @label(level: String!, categories: [String!]! = []) on OBJECT\n'
        'type T @label(level: "SECRET") { a: Int }',
        "scalar String\ntype T { a: String }",
        "directive @deprecated(reason: String) on FIELD_DEFINITION\ntype T { a: Int @deprecated }",
        "schema { query: Q }\ntype Q { a: Int }",
        'directive @link(to: String) on FIELD_DEFINITION\ntype T { a: Int @link(to: "x") }',
    ],
)  # fmt: skip
def test_a_source_may_define_as_little_as_it_needs(sdl: str) -> None:
    assert told(sdl) == []


@pytest.mark.parametrize(
    ("sdl", "code"),
    [
        ("schema { query: Q }\ntype Q { a: Int }\ntype Query { b: Int }", "ROOT_QUERY_USED"),
        ("schema { query: Query mutation: M }\ntype Query { a: Int }\ntype M { b: Int }\ntype Mutation { b: Int }",
         "ROOT_MUTATION_USED"),
        ("extend schema { subscription: S }\ntype S { a: Int }\ntype Subscription { b: Int }", "ROOT_SUBSCRIPTION_USED"),
    ],
)  # fmt: skip
def test_the_usual_name_of_a_root_type_is_for_the_root_type(sdl: str, code: str) -> None:
    (finding,) = findings_of(sdl)

    assert finding.code == code


def test_a_url_in_text_that_does_not_parse_is_not_repeated() -> None:
    (finding,) = findings_of('type Query { a: Int } "https://user:secret@example.org"')

    assert "secret" not in str(finding)


def test_a_source_that_cannot_be_read_is_not_missed_by_the_others() -> None:
    findings: list[Finding] = []
    texts = {
        "broken": 'type T @key(fields: "id") { id: IDD }',
        "older": 'type Query { t: T }\nextend type T @key(fields: "id") { id: ID! @external }',
        "newer": linked('type V @key(fields: "nope") { id: ID! }'),
    }
    read_sources([SourceText(name, "", sdl) for name, sdl in texts.items()], findings, [])

    assert [(finding.code, finding.file) for finding in findings] == [
        ("INVALID_GRAPHQL", "broken"),
        ("KEY_INVALID_FIELDS", "newer"),
    ]


def test_a_wrong_default_is_told_where_it_stands() -> None:
    (finding,) = findings_of("type Query {\n  a(of: I = {\n    b: [true]\n  }): Int }\ninput I { b: [ID] }")

    assert finding.line in (2, 3)
