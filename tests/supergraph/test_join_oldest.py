"""Supergraphs of join v0.1, as Federation 1 composed them, and of v0.2: what they leave unsaid is concluded."""

import pytest

from connectors.graphql.schema import read_schema
from gateway.supergraph.join import ComposedSupergraph, read_supergraph

SPECS = "https://specs.apollo.dev"
OLDEST = f"""
schema
  @core(feature: "{SPECS}/core/v0.2"),
  @core(feature: "{SPECS}/join/v0.1", for: EXECUTION)
{{
  query: Query
}}

directive @core(as: String, feature: String!, for: core__Purpose) repeatable on SCHEMA

directive @join__owner(graph: join__Graph!) on INTERFACE | OBJECT

enum core__Purpose {{
  EXECUTION
  SECURITY
}}

scalar join__FieldSet

enum join__Graph {{
  PEOPLE @join__graph(name: "people" url: "http://people.example")
  POSTS @join__graph(name: "posts" url: "http://posts.example")
}}

type Query {{
  me: Person @join__field(graph: PEOPLE)
  found: Found @join__field(graph: PEOPLE)
  named: Named @join__field(graph: PEOPLE)
  posts(of: Filter): [Post!] @join__field(graph: POSTS)
}}

type Person implements Named
  @join__owner(graph: PEOPLE)
  @join__type(graph: PEOPLE, key: "id")
  @join__type(graph: PEOPLE, key: "office{{code}}")
  @join__type(graph: POSTS, key: "id")
{{
  id: ID! @join__field(graph: PEOPLE)
  name: String @join__field(graph: PEOPLE)
  office: Office @join__field(graph: PEOPLE)
  age: Int
  home: Building @join__field(graph: PEOPLE)
  mood: Mood @join__field(graph: POSTS, requires: "name office {{ floor {{ number }} }} home {{ height }}")
}}

type Building
  @join__owner(graph: PEOPLE)
  @join__type(graph: PEOPLE, key: "number")
  @join__type(graph: POSTS, key: "number")
{{
  number: Int @join__field(graph: PEOPLE)
  height: Int @join__field(graph: PEOPLE)
}}

type Post {{
  text: String
  author: Person @join__field(graph: POSTS, provides: "age")
  place: Place
}}

interface Named {{
  name: String
}}

union Found = Person | Thing

type Thing {{
  x: Int
}}

type Office {{
  code: ID!
  floor: Floor
}}

type Floor {{
  number: Int
}}

type Place {{
  x: Int
}}

enum Mood {{
  GOOD
}}

input Filter {{
  moods: [Mood!]
  near: Near
}}

input Near {{
  x: Int
}}
"""


@pytest.fixture(scope="module")
def oldest() -> ComposedSupergraph:
    return read_supergraph(OLDEST, "supergraph.graphql")


RESOLVERS = {
    "a field of a type without keys, wherever the type is": ("Place", "x", ("posts",)),
    "a field of an entity that says nothing, by the owner": ("Person", "age", ("people",)),
    "a key field, by the sources that have the key": ("Person", "id", ("people", "posts")),
    "a field that says so": ("Person", "mood", ("posts",)),
    "a root field": ("Query", "posts", ("posts",)),
    "a field of a type that two sources lead to": ("Floor", "number", ("people", "posts")),
}


@pytest.mark.parametrize(("type_name", "field", "resolvers"), RESOLVERS.values(), ids=RESOLVERS)
def test_who_resolves_a_field(
    oldest: ComposedSupergraph, type_name: str, field: str, resolvers: tuple[str, ...]
) -> None:
    assert oldest.supergraph.field(type_name, field).resolvers == resolvers


@pytest.mark.parametrize(
    "coordinate", ["Person.name", "Person.office", "Person.age", "Person.home", "Building.height"]
)
def test_what_a_source_requires_or_provides_is_external_there(
    oldest: ComposedSupergraph, coordinate: str
) -> None:
    type_name, field = coordinate.split(".")
    sources = oldest.supergraph.field(type_name, field).sources
    assert {name: said.external for name, said in sources.items()} == {"people": False, "posts": True}


def test_types_are_in_the_sources_that_lead_to_them(oldest: ComposedSupergraph) -> None:
    types = oldest.supergraph.types
    assert {name: sorted(known.sources) for name, known in types.items()} == {
        "Query": ["people", "posts"],
        "Person": ["people", "posts"],
        "Building": ["people", "posts"],
        "Thing": ["people"],
        "Post": ["posts"],
        "Named": ["people"],
        "Found": ["people"],
        "Office": ["people", "posts"],
        "Floor": ["people", "posts"],
        "Place": ["posts"],
        "Mood": ["posts"],
        "Filter": ["posts"],
        "Near": ["posts"],
    }


def test_unions_and_interfaces_have_the_types_of_their_source(oldest: ComposedSupergraph) -> None:
    types = oldest.supergraph.types
    assert types["Found"].sources["people"].possible == {"Person", "Thing"}
    assert types["Named"].sources["people"].possible == {"Person"}
    assert types["Person"].sources["people"].interfaces == ("Named",)
    assert types["Person"].sources["posts"].interfaces == ()


def test_a_source_has_a_schema_of_its_own(oldest: ComposedSupergraph) -> None:
    schema = read_schema(oldest.source_sdl["posts"])
    person = schema.type_map["Person"]
    assert set(getattr(person, "fields", ())) == {"id", "name", "office", "age", "home", "mood"}
    assert "Named" not in schema.type_map
    assert "Found" not in schema.type_map


def test_clients_see_no_machinery_of_core(oldest: ComposedSupergraph) -> None:
    assert "join__" not in oldest.supergraph.sdl
    assert "core" not in oldest.supergraph.sdl


SECOND = f"""
schema @link(url: "{SPECS}/link/v1.0") @link(url: "{SPECS}/join/v0.2", for: EXECUTION) {{ query: Query }}
enum join__Graph {{ A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }}
type Query @join__type(graph: A) @join__type(graph: B) {{ u: U @join__field(graph: A) }}
union U @join__type(graph: A) @join__type(graph: B) = T | O
type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", extension: true) {{
  id: ID! @join__field(graph: A) x: E @join__field(graph: B) y: Int @join__field(graph: A) @join__field(graph: B, external: true)
}}
type O @join__type(graph: A) {{ id: ID! }}
enum E @join__type(graph: A) @join__type(graph: B) {{ X Y }}
"""


def test_join_v0_2_says_nothing_of_members_values_and_key_fields_of_extensions() -> None:
    read = read_supergraph(SECOND, "f")
    types = read.supergraph.types
    assert {name: said.possible for name, said in types["U"].sources.items()} == {"a": {"T", "O"}, "b": {"T"}}
    assert read.supergraph.field("T", "id").resolvers == ("a", "b")
    assert read.supergraph.field("T", "y").resolvers == ("a",)
    assert "enum E { X Y }" in read.source_sdl["b"]
