"""Each source's own schema, taken out of the supergraph: what it can be asked, in its own words."""

import pytest
from graphql import GraphQLUnionType, parse, validate

from connectors.graphql.schema import read_schema
from tests.supergraph.composed import read

BODY = """
directive @live(every: [Int!] = [1], as: E) repeatable on FIELD | FIELD_DEFINITION
directive @note on FIELD_DEFINITION
type Query @join__type(graph: A) @join__type(graph: B) @join__type(graph: C) {
  t(in: I, e: E = X): T @join__field(graph: A)
  media: [Media!] @join__field(graph: A)
  lost: Int @join__field(graph: A) @join__field(graph: C, usedOverridden: true)
}
interface Media @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true)
  { id: ID! title: String @join__field(graph: A) stars: Int @join__field(graph: B) }
type Film implements Media @join__implements(graph: A, interface: "Media") @join__type(graph: A, key: "id")
  { id: ID! title: String @join__field(graph: A) stars: Int @join__field }
type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", resolvable: false) @join__type(graph: C, key: "id o{k}")
  {
    id: ID!
    o: O @join__field(graph: A, type: "O!") @join__field(graph: C)
    x(a: Int = 3, b: [String] = ["\\"", "é"]): Int @join__field(graph: C, requires: "o { k }") @join__field(graph: A)
    y: Any @join__field(graph: A, provides: "... on O { k }")
    z: Int @join__field(graph: C, external: true) @join__field(graph: A)
    hidden: Int @inaccessible @join__field(graph: A)
  }
type O @join__type(graph: A) @join__type(graph: C)
  { k: Int @join__field(graph: A, override: "c", overrideLabel: "percent(5)") @join__field(graph: C, overrideLabel: "percent(5)") }
type Bare @join__type(graph: A) @join__type(graph: C) { gone: Int @join__field(graph: A, override: "c") }
union Any @join__type(graph: A) @join__type(graph: C) @join__unionMember(graph: A, member: "O")
  @join__unionMember(graph: A, member: "T") @join__unionMember(graph: C, member: "T") = O | T
enum E @join__type(graph: A) @join__type(graph: C)
  { X @join__enumValue(graph: A) @join__enumValue(graph: C) Y @join__enumValue(graph: C) }
input I @join__type(graph: A) @join__type(graph: C) { a: Int! = 1 b: I @join__field(graph: C) }
scalar S @join__type(graph: C) @specifiedBy(url: "https://example.org")
"""
SDL = read(BODY).source_sdl


def test_a_source_has_its_types_and_fields_alone() -> None:
    head, *definitions = SDL["a-source"].strip().split("\n\n")
    assert "https://specs.apollo.dev/federation/v2.3" in head
    assert definitions == [
        "directive @live(every: [Int!] = [1], as: E) repeatable on FIELD | FIELD_DEFINITION",
        "union Any = O | T",
        "type Bare {\n  gone: Int\n}",
        "enum E { X }",
        'type Film implements Media @key(fields: "id") {\n  id: ID!\n  title: String\n}',
        "input I {\n  a: Int! = 1\n}",
        'interface Media @key(fields: "id") {\n  id: ID!\n  title: String\n}',
        "type O {\n  k: Int\n}",
        "type Query {\n  t(in: I, e: E = X): T\n  media: [Media!]\n  lost: Int\n}",
        'type T @key(fields: "id") {\n  id: ID!\n  o: O!\n  x(a: Int = 3, b: [String] = ["\\"", "é"]): Int\n'
        '  y: Any @provides(fields: "... on O { k }")\n  z: Int\n  hidden: Int\n}',
    ]


def test_a_source_without_the_type_of_an_argument_has_no_such_directive() -> None:
    assert "directive" not in SDL["b"]


def test_a_source_says_what_it_cannot_do_alone() -> None:
    assert 'type T @key(fields: "id o{k}") {\n  id: ID!\n  o: O\n' in SDL["c"]
    assert (
        'x(a: Int = 3, b: [String] = ["\\"", "é"]): Int @requires(fields: "o { k }")\n  z: Int @external'
        in SDL["c"]
    )
    assert 'type T @key(fields: "id", resolvable: false) {' in SDL["b"]
    assert "enum E { X Y }" in SDL["c"]
    assert "union Any = T\n" in SDL["c"]
    assert "scalar S\n" in SDL["c"]
    assert "lost: Int @external" in SDL["c"]


def test_an_interface_object_is_an_object_in_its_own_source() -> None:
    assert 'type Media @key(fields: "id") @interfaceObject {\n  id: ID!\n  stars: Int\n}' in SDL["b"]
    union = read_schema(SDL["b"]).type_map["_Entity"]
    assert isinstance(union, GraphQLUnionType)
    assert {known.name for known in union.types} == {"Media", "T"}


def test_a_source_without_root_fields_is_asked_for_entities_alone() -> None:
    assert "type Query" not in SDL["b"]
    query = read_schema(SDL["b"]).query_type
    assert query is not None and set(query.fields) == {"_entities", "_service"}


def test_both_sources_of_a_move_by_label_resolve_the_field() -> None:
    assert ["type O {\n  k: Int\n}" in SDL[source] for source in ("a-source", "c")] == [True, True]


def test_a_type_that_lost_its_fields_to_an_override_is_still_there() -> None:
    assert "\ntype Bare\n" in SDL["c"]


ASKED = {
    "an entity by an interface": ("a-source", "{ _entities(representations: []) { ... on Media { title } } }"),
    "a root field with a value of an input type": ("a-source", "{ t(in: {a: 2}, e: X) { hidden o { k } y { ... on O { k } } } }"),
    "an interface object": ("b", "{ _entities(representations: []) { ... on Media { stars } } }"),
    "inputs of a requirement": ("c", "{ _entities(representations: []) { ... on T { x(b: null) } } }"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "query"), ASKED.values(), ids=ASKED)
def test_what_the_source_has_can_be_asked(source: str, query: str) -> None:
    assert validate(read_schema(SDL[source]), parse(query)) == []


NOT_ASKED = {
    "a value that the source does not know": ("a-source", "{ t(e: Y) { id } }"),
    "an input field that the source does not know": ("a-source", "{ t(in: {b: {}}) { id } }"),
    "a field of another source": ("b", "{ _entities(representations: []) { ... on Media { title } } }"),
    "a type of another source": ("b", "{ _entities(representations: []) { ... on Film { id } } }"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "query"), NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_the_source_does_not_have_cannot_be_asked(source: str, query: str) -> None:
    assert validate(read_schema(SDL[source]), parse(query))
