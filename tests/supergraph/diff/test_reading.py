"""Files of schemas that can be compared: what clients see, or a composed supergraph."""

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.diff import compare, read_schema
from tests.supergraph.composed import written


def test_a_supergraph_is_what_clients_see_of_it() -> None:
    composed = written(
        'type T @join__type(graph: A, key: "id") { id: ID! secret: Int @inaccessible }'
        " type Query @join__type(graph: A) { t: T }"
    )
    public = "type Query { t: T } type T { id: ID! }"
    assert compare(read_schema(public, "old"), read_schema(composed, "new")) == ()
    shown = composed.replace("@inaccessible", "")
    assert [str(change) for change in compare(read_schema(public, "old"), read_schema(shown, "new"))] == [
        "safe T.secret FIELD_ADDED: was added: Int"
    ]


def test_directives_that_a_file_does_not_define_are_read_past() -> None:
    assert read_schema("type Query @cached(for: 3) { a: Int @owner }", "a.graphql").query_type is not None


@pytest.mark.parametrize(
    ("sdl", "says"),
    [
        ("type Query {", "INVALID_GRAPHQL a.graphql:1:13 "),
        ("type Query { a: Gone }\n", "INVALID_GRAPHQL a.graphql:1:17 "),
        ("type Query { a: Int }\ntype Query { b: Int }", "INVALID_GRAPHQL a.graphql:"),
        ("input I { a: Query } type Query { a: I }", "INVALID_GRAPHQL a.graphql:1:14 "),
        ("type Other { a: Int }", "INVALID_GRAPHQL a.graphql "),
        ("{ a }", "INVALID_GRAPHQL a.graphql:1:1 "),
        ("type Query { a: " + "[" * 300 + "Int" + "]" * 300 + " }", "INVALID_GRAPHQL a.graphql:1:"),
        ("type Query { a: " + "[" * 90_000 + "Int" + "]" * 90_000 + " }", "INVALID_GRAPHQL a.graphql"),
        ("enum join__Graph { A }", "SUPERGRAPH_INVALID a.graphql"),
    ],
    ids=range(9),
)
def test_what_is_no_schema_is_told_where(sdl: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_schema(sdl, "a.graphql")
    assert str(raised.value.findings[0]).startswith(says)
