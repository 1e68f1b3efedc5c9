"""Files of schemas that can be compared: what clients see, or a composed supergraph."""

import json

import pytest
from graphql import build_schema, introspection_from_schema

from gateway.errors import ConfigurationError
from gateway.supergraph.diff import compare, read_schema
from tests.supergraph.composed import written

NO_INT = """{"__schema": {"queryType": {"name": "Q"}, "types": [
  {"kind": "OBJECT", "name": "Q", "interfaces": [], "fields": [
    {"name": "a", "args": [], "type": {"kind": "SCALAR", "name": "Int"}}]}]}}"""


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


def test_an_introspection_is_the_schema_that_it_tells() -> None:
    sdl = 'type Query { a(n: In = {b: [1], c: "x"}): Int @deprecated(reason: "old") } input In { b: [Int!] c: String }'
    answer = introspection_from_schema(build_schema(sdl))
    for form in (answer, {"data": answer}):
        introspected = read_schema(f"\n {json.dumps(form)}", "new.json")
        assert compare(read_schema(sdl, "old.graphql"), introspected) == ()


def test_a_field_may_be_deprecated_where_its_interface_is_not() -> None:
    sdl = "type Query { n: N } interface N { a: Int } type T implements N { a: Int @deprecated }"
    assert read_schema(sdl, "a.graphql").query_type is not None


def test_directives_that_a_file_does_not_define_are_read_past() -> None:
    assert read_schema("type Query @cached(for: 3) { a: Int @owner }", "a.graphql").query_type is not None


def test_a_source_may_extend_what_others_define() -> None:
    source = 'extend schema @link(url: "x") extend type Query { a: A } extend type A @key(fields: "id") { id: ID! }'
    whole = "type Query { a: A } type A { id: ID! }"
    assert compare(read_schema(whole, "old"), read_schema(source, "new")) == ()
    renamed = source.replace("extend schema", "extend schema { query: Q } extend schema").replace(
        "Query", "Q"
    )
    assert [change.kind for change in compare(read_schema(source, "old"), read_schema(renamed, "new"))] == [
        "TYPE_REMOVED",
        "ROOT_CHANGED",
        "TYPE_ADDED",
    ]


@pytest.mark.parametrize(
    ("sdl", "says"),
    [
        ("type Query {", "INVALID_GRAPHQL a.graphql:1:13 "),
        ("type Query { a: Gone }\n", "INVALID_GRAPHQL a.graphql:1:17 "),
        ("type Query { a: Int }\ntype Query { b: Int }", "INVALID_GRAPHQL a.graphql:"),
        ("input I { a: Query } type Query { a: I }", "INVALID_GRAPHQL a.graphql:1:14 "),
        ("type Other { a: Int }", "INVALID_GRAPHQL a.graphql "),
        ("{ a }", "INVALID_GRAPHQL a.graphql:1:1 "),
        (" \n", "INVALID_GRAPHQL a.graphql:1:1 a.graphql: the schema is empty"),
        ("{}", "INVALID_GRAPHQL a.graphql the file is JSON and holds no introspection"),
        (
            '[{"name": "a", "sdl": ""}]',
            "INVALID_GRAPHQL a.graphql the file is JSON and holds no introspection",
        ),
        ('{"data": null}', "INVALID_GRAPHQL a.graphql the file is JSON and holds no introspection"),
        (
            '{"errors": [], "data": {"__schema": {}}}',
            "INVALID_GRAPHQL a.graphql the introspection has no 'types'",
        ),
        (NO_INT, "INVALID_GRAPHQL a.graphql the introspection tells no whole schema: Q fields"),
        (NO_INT.replace("[]", "3"), "INVALID_GRAPHQL a.graphql the introspection tells no whole schema: "),
        ("type Query { a: " + "[" * 300 + "Int" + "]" * 300 + " }", "INVALID_GRAPHQL a.graphql:1:"),
        ("type Query { a: " + "[" * 90_000 + "Int" + "]" * 90_000 + " }", "INVALID_GRAPHQL a.graphql"),
        ("enum join__Graph { A }", "SUPERGRAPH_INVALID a.graphql"),
    ],
    ids=range(16),
)
def test_what_is_no_schema_is_told_where(sdl: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_schema(sdl, "a.graphql")
    assert str(raised.value.findings[0]).startswith(says)
