"""A composed directive is applied as the newest version of its specification has it."""

import pytest

from tests.supergraph.merge.sources import told

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@shareable"]) '
SEALS = '@link(url: "https://example.com/seals/{}", import: ["@seal"]) @composeDirective(name: "@seal")\n'


def sources(old: str, new: str, applied: str) -> dict[str, str]:
    """A source with an older version of a directive, applied, and one with the newest, which applies nothing."""
    return {
        "a": LINK + SEALS.format("v1.0") + f"directive @seal{old}\n{applied}",
        "b": LINK + SEALS.format("v1.1") + f"directive @seal{new}\ntype Query {{ y: Int }}\nenum E {{ A }}",
    }


@pytest.mark.parametrize(
    ("old", "new", "applied", "expected"),
    [
        (
            " on FIELD_DEFINITION | OBJECT",
            " on FIELD_DEFINITION",
            "type Query { t: T }\ntype T @seal { a: Int }",
            "a:4:1 a (Bureau A) at a:4:1 has @seal on T, which may stand on FIELD_DEFINITION alone",
        ),
        (
            " on SCHEMA",
            " on OBJECT",
            "type Query { x: Int }\nextend schema @seal",
            "a:1:1 a (Bureau A) at a:1:1 has @seal on the schema, which may stand on OBJECT alone",
        ),
        (
            " repeatable on FIELD_DEFINITION",
            " on FIELD_DEFINITION",
            "type Query { x: Int @seal @seal }",
            "a:3:14 a (Bureau A) at a:3:14 has @seal on Query.x, which may stand once",
        ),
        (
            "(by: Int) on FIELD_DEFINITION",
            " on FIELD_DEFINITION",
            "type Query { x: Int @seal(by: 1) }",
            "a:3:14 a (Bureau A) at a:3:14 has @seal on Query.x, which has no argument by",
        ),
        (
            " on FIELD_DEFINITION",
            "(by: Int!) on FIELD_DEFINITION",
            "type Query { x: Int @seal }",
            "a:3:14 a (Bureau A) at a:3:14 has @seal on Query.x, which needs the argument by",
        ),
        (
            "(by: Int) on ENUM_VALUE",
            "(by: [String!]) on ENUM_VALUE",
            "type Query { x: F }\nenum F { A @seal(by: 1) }",
            "a:4:10 a (Bureau A) at a:4:10 has @seal on F.A, which takes by as `[String!]`, and not as 1",
        ),
        (
            "(by: E) on ARGUMENT_DEFINITION",
            "(by: E) on ARGUMENT_DEFINITION",
            "type Query { x(e: E @seal(by: B)): Int }\nenum E { A B }",
            "a:3:16 a (Bureau A) at a:3:16 has @seal on Query.x(e:), which takes by as `E`, and not as B",
        ),
    ],
)
def test_what_breaks_the_rule_is_found(old: str, new: str, applied: str, expected: str) -> None:
    assert told(**sources(old, new, applied)) == [f"INVALID_GRAPHQL {expected}, as b defines it"]


@pytest.mark.parametrize(
    ("old", "new", "applied"),
    [
        ("(by: Int) on FIELD_DEFINITION", "(by: Float, n: Int! = 1) on FIELD_DEFINITION", "@seal(by: 1)"),
        ("(by: Int!) on FIELD_DEFINITION", "(by: Int) repeatable on FIELD_DEFINITION", "@seal(by: 1)"),
        ("(by: Int) on FIELD_DEFINITION", "(by: Int) on FIELD_DEFINITION", "@seal(by: null)"),
        ("(by: E) on FIELD_DEFINITION", "(by: E = A) on FIELD_DEFINITION", "@seal"),
        ("(by: E) on FIELD_DEFINITION", "(by: E) on FIELD_DEFINITION", "@seal"),
        (
            "(by: Int) repeatable on FIELD_DEFINITION",
            "(by: Int) repeatable on FIELD_DEFINITION",
            "@seal(by: 1) @seal(by: 2)",
        ),
    ],
)
def test_what_keeps_the_rule_passes(old: str, new: str, applied: str) -> None:
    assert told(**sources(old, new, f"type Query {{ x: Int {applied} }}\nenum E {{ A }}")) == []
