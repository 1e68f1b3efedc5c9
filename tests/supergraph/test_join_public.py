"""What clients see of a composed supergraph: nothing inaccessible, no machinery, everything else as composed."""

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_introspection_query,
    graphql_sync,
    parse,
    validate,
)

from gateway.errors import ConfigurationError
from gateway.supergraph.join import all_nullable, read_supergraph
from tests.supergraph.composed import IN_A_AND_B, SPECS, supergraph, written

HIDDEN = """
type Query @join__type(graph: A) { t: T n: N u: U x(i: I, hidden: Int @inaccessible): E hidden: S @inaccessible }
type T implements N & H @join__type(graph: A) { id: ID! secret: Int @inaccessible }
type Gone implements N @join__type(graph: A) @inaccessible { id: ID! }
interface N @join__type(graph: A) { id: ID! }
interface H @join__type(graph: A) @inaccessible { id: ID! }
union U @join__type(graph: A) = T | Gone
input I @join__type(graph: A) { a: Int b: Int @inaccessible }
enum E @join__type(graph: A) { X Y @inaccessible }
scalar S @join__type(graph: A) @inaccessible
"""
INACCESSIBLE = f'@link(url: "{SPECS}/inaccessible/v0.2", for: SECURITY)'


def test_clients_see_nothing_inaccessible() -> None:
    assert supergraph(HIDDEN, INACCESSIBLE).sdl.split() == [
        "enum",
        "E",
        "{",
        "X",
        "}",
        "input",
        "I",
        "{",
        "a:",
        "Int",
        "}",
        "interface",
        "N",
        "{",
        "id:",
        "ID!",
        "}",
        "type",
        "Query",
        "{",
        "t:",
        "T",
        "n:",
        "N",
        "u:",
        "U",
        "x(i:",
        "I):",
        "E",
        "}",
        "type",
        "T",
        "implements",
        "N",
        "{",
        "id:",
        "ID!",
        "}",
        "union",
        "U",
        "=",
        "T",
    ]


def test_what_is_inaccessible_stays_known_to_the_gateway() -> None:
    found = supergraph(HIDDEN, INACCESSIBLE)
    assert found.field("T", "secret").inaccessible
    assert found.field("Gone", "id").inaccessible
    assert not found.field("T", "id").inaccessible
    assert found.types["U"].possible == found.types["N"].possible == {"T", "Gone"}
    assert found.types["H"].possible == {"T"}


SEEN = '''
"""About
all of it"""
directive @live(rate: Int, hidden: Int @inaccessible) on QUERY | OBJECT

directive @mine on OBJECT

directive @defer(label: String) on FRAGMENT_SPREAD

"""The queries"""
type Query @join__type(graph: A) @mine {
  """One \\\\ two"""
  t(
    """First"""
    a: Int = 1
    b: I = {k: "x"} @deprecated(reason: "b")
  ): [T!]! @deprecated(reason: "no \\"more\\"") @tag(name: "x")
}

input I @join__type(graph: A) @oneOf { k: String n: Int }

scalar S @join__type(graph: A) @specifiedBy(url: "https://example.org/s")

type T @join__type(graph: A) { id: ID! s: S e: E }

enum E @join__type(graph: A) { X @deprecated Y @join__enumValue(graph: A) }

type link__Thing { x: Int }
scalar federation__FieldSet
'''


def test_clients_see_the_schema_that_was_composed_without_its_machinery() -> None:
    assert (
        supergraph(SEEN, f'@link(url: "{SPECS}/tag/v0.3")').sdl
        == '''"""
About
all of it
"""
directive @live(rate: Int) on QUERY | OBJECT

enum E {
  X @deprecated
  Y
}

input I @oneOf {
  k: String
  n: Int
}

"""The queries"""
type Query {
  """One \\\\ two"""
  t(
    """First"""
    a: Int = 1
    b: I = { k: "x" } @deprecated(reason: "b")
  ): [T!]! @deprecated(reason: "no \\"more\\"")
}

scalar S @specifiedBy(url: "https://example.org/s")

type T {
  id: ID!
  s: S
  e: E
}
'''
    )


def test_the_description_of_the_schema_stays() -> None:
    text = written(f"type T {IN_A_AND_B} {{ id: ID! }}").replace(
        "schema @link", '"""What there is"""\nschema @link'
    )
    found = read_supergraph(text, "supergraph.graphql").supergraph
    assert found.sdl.startswith('"""What there is"""\nschema {\n  query: Query\n}\n')


def test_the_public_schema_answers_introspection() -> None:
    answer = graphql_sync(supergraph(HIDDEN, INACCESSIBLE).schema, get_introspection_query())
    assert answer.errors is None


def test_under_a_policy_every_output_field_and_list_item_may_be_null() -> None:
    body = f"type T {IN_A_AND_B} {{ id: ID! xs(of: [ID!]!): [[Int!]!]! }} input I @join__type(graph: A) {{ a: Int! }}"
    found = all_nullable(supergraph(body))
    kind = found.schema.type_map["T"]
    assert isinstance(kind, GraphQLObjectType)
    assert {name: str(field.type) for name, field in kind.fields.items()} == {"id": "ID", "xs": "[[Int]]"}
    assert str(kind.fields["xs"].args["of"].type) == "[ID!]!"
    given = found.schema.type_map["I"]
    assert isinstance(given, GraphQLInputObjectType)
    assert str(given.fields["a"].type) == "Int!"
    assert "xs(of: [ID!]!): [[Int]]" in found.sdl


def test_a_field_may_be_deprecated_where_its_interface_does_not_say_so() -> None:
    body = """
    type Query @join__type(graph: A) { n: N t: T }
    interface N @join__type(graph: A) { id: ID! }
    type T implements N @join__implements(graph: A, interface: "N") @join__type(graph: A) { id: ID! @deprecated(reason: "old") }
    """
    found = supergraph(body)
    assert 'id: ID! @deprecated(reason: "old")' in found.sdl
    for schema in (found.schema, all_nullable(found).schema):
        assert graphql_sync(schema, "{ n { id } t { id } }").errors is None
        assert validate(schema, parse("{ n { id } t { id } }")) == []
        assert validate(schema, parse("{ t { other } }"))


def test_what_else_graphql_says_of_deprecation_is_found() -> None:
    body = "type Query @join__type(graph: A) { x(a: Int! @deprecated): Int }"
    with pytest.raises(ConfigurationError, match=r"Required argument .* cannot be deprecated"):
        supergraph(body)


CUSTOM = """
directive @access(scope: E! = X) on FIELD | OBJECT
directive @access__inner(of: access__Thing) on FIELD
directive @shown on OBJECT
scalar access__Thing
type Query @join__type(graph: A) { t: T }
type T @join__type(graph: A) @shown { id: ID! e: E }
enum E @join__type(graph: A) { X Y }
"""


def test_clients_apply_composed_directives_whose_arguments_they_can_give() -> None:
    links = '@link(url: "https://example.org/access/v1.0", import: ["@access", "@shown"])'
    found = supergraph(CUSTOM, links)
    assert [
        item.name for item in found.schema.directives if item.name in {"access", "access__inner", "shown"}
    ] == ["access"]
    assert validate(found.schema, parse("{ t @access { id @access(scope: Y) } }")) == []
    assert validate(found.schema, parse("{ t @access(scope: Z) { id } }")) != []
