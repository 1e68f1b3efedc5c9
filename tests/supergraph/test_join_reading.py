"""What a composed supergraph is read as: which source resolves what, and by which keys."""

import pytest

from connectors.base import Capabilities
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Field, Kind, Type
from tests.supergraph.composed import IN_A_AND_B, SPECS, supergraph


def said(field: Field) -> dict[str, str]:
    """What each source says of a field, in one line: its type, then what it cannot do alone."""
    lines = {}
    for source, item in field.sources.items():
        text = item.type.text + (" external" if item.external else "")
        for name, fields in (("requires", item.requires), ("provides", item.provides)):
            text += f" {name} " + " ".join(map(str, fields)) if fields else ""
        lines[source] = text
    return lines


def keys(known: Type) -> dict[str, list[str]]:
    return {source: [" ".join(map(str, key)) for key in found] for source, found in known.keys.items()}


def test_sources_are_known_by_the_names_and_urls_that_were_composed() -> None:
    sources = supergraph(f"type T {IN_A_AND_B} {{ id: ID! }}").sources
    assert {name: source.url for name, source in sources.items()} == {
        "a-source": "http://a.example/graphql", "b": "http://b.example/graphql", "c": "",
    }  # fmt: skip
    assert {source.department for source in sources.values()} == {"a-source", "b", "c"}
    assert sources["b"].capabilities == Capabilities(batch=500, mixed=True)


FIELDS = {
    "a field without join__field is resolved wherever its type is": (
        "x: Int",
        {"a-source": "Int", "b": "Int"},
    ),
    "a field is resolved where join__field says so": ("x: Int @join__field(graph: B)", {"b": "Int"}),
    "a field of an interface object is resolved by no source on the concrete type": (
        "x: Int @join__field",
        {},
    ),
    "an external field is not resolved": (
        "x: Int @join__field(graph: A, external: true) @join__field(graph: B)",
        {"a-source": "Int external", "b": "Int"},
    ),
    "a field that was overridden and is still used is not resolved": (
        'x: Int @join__field(graph: A, usedOverridden: true) @join__field(graph: B, override: "a-source")',
        {"a-source": "Int external", "b": "Int"},
    ),
    "a field that another source overrides is not resolved, whatever else is said": (
        'x: Int @join__field(graph: A) @join__field(graph: B, override: "a-source")',
        {"a-source": "Int external", "b": "Int"},
    ),
    "an override of a source that is not there changes nothing": (
        'x: Int @join__field(graph: A) @join__field(graph: B, override: "gone")',
        {"a-source": "Int", "b": "Int"},
    ),
    "a source has a type of its own for a field": (
        'x: Int @join__field(graph: A, type: "Int!") @join__field(graph: B)',
        {"a-source": "Int!", "b": "Int"},
    ),
    "an input is what a source requires": (
        'x: Int @join__field(graph: B, requires: "id y")',
        {"b": "Int requires id y"},
    ),
    "inputs may have arguments": (
        'x: Int @join__field(graph: B, requires: "z(unit: KG, at: [1, 2])")',
        {"b": "Int requires z(unit: KG, at: [1, 2])"},
    ),
    "inputs may stand in braces and commas": (
        'x: Int @join__field(graph: B, requires: " { id, y } ")',
        {"b": "Int requires id y"},
    ),
    "inputs named twice are asked for once": (
        'x: Int @join__field(graph: B, requires: "t { id } y t { y }")',
        {"b": "Int requires t { id y } y"},
    ),
    "empty sets mean nothing": ('x: Int @join__field(graph: B, requires: "", provides: " ")', {"b": "Int"}),
    "fragments are flattened to the type that narrows": (
        'x: Int @join__field(graph: B, requires: "m { id ... on M { id ... on Film { id length } } ... { id } }")',
        {"b": "Int requires m { ... on Film { id } ... on Film { length } id }"},
    ),
    "a wider fragment inside a narrower one does not widen": (
        'x: Int @join__field(graph: B, requires: "m { ... on Film { ... on M { id } } }")',
        {"b": "Int requires m { ... on Film { id } }"},
    ),
    "a fragment that overlaps is every type that it has in common": (
        'x: Int @join__field(graph: B, requires: "m { ... on Other { id } }")',
        {"b": "Int requires m { ... on Film { id } }"},
    ),
    "a fragment on the only type of an interface asks for the type's own field": (
        'x: Int @join__field(graph: B, requires: "only { id ... on Sole { own } }")',
        {"b": "Int requires only { ... on Sole { own } id }"},
    ),
    "a fragment on a wider interface asks for the field of what is there": (
        'x: Int @join__field(graph: B, requires: "only { ... on Wide { wide } }")',
        {"b": "Int requires only { ... on Sole { wide } }"},
    ),
    "of fragments that say the same, the innermost is kept": (
        'x: Int @join__field(graph: B, requires: "far { ... on Only { ... on Sole { id } } }")',
        {"b": "Int requires far { ... on Sole { id } }"},
    ),
    "a fragment that narrows and lacks the field is not the one to ask on": (
        'x: Int @join__field(graph: B, requires: "far { ... on Only { ... on Wide { wide } } }")',
        {"b": "Int requires far { ... on Sole { wide } }"},
    ),
    "fragments that have no type in common ask for nothing": (
        'x: Int @join__field(graph: B, requires: "y m { id ... on Book { ... on Film { id } } }")',
        {"b": "Int requires m { id } y"},
    ),
    "a source provides more on the way": (
        'x: M @join__field(graph: B, provides: "id ... on Film { length }")',
        {"b": "M provides ... on Film { length } id"},
    ),
}
AROUND = """
interface M @join__type(graph: A) @join__type(graph: B) { id: ID! }
interface Other @join__type(graph: A) @join__type(graph: B) { id: ID! }
type Film implements M & Other @join__type(graph: A) @join__type(graph: B) { id: ID! length: Int }
type Book implements M @join__type(graph: A) @join__type(graph: B) { id: ID! }
type Play implements Other @join__type(graph: A) @join__type(graph: B) { id: ID! }
enum Unit @join__type(graph: B) { KG }
interface Only @join__type(graph: A) @join__type(graph: B) { id: ID! }
interface Wide @join__type(graph: A) @join__type(graph: B) { wide: Int }
type Sole implements Only & Wide @join__type(graph: A) @join__type(graph: B) { id: ID! own: Int wide: Int }
type Far implements Wide @join__type(graph: A) @join__type(graph: B) { wide: Int }
"""


@pytest.mark.parametrize(("field", "expected"), FIELDS.values(), ids=FIELDS)
def test_who_resolves_a_field(field: str, expected: dict[str, str]) -> None:
    body = (
        f"type T {IN_A_AND_B} {{ id: ID! y: Int t: T m: M only: Only far: Wide z(unit: Unit, at: [Int]): Int {field} }}"
        + AROUND
    )
    assert said(supergraph(body).field("T", "x")) == expected


def test_arguments_of_a_field_are_those_of_all_its_sources() -> None:
    field = supergraph(f"type T {IN_A_AND_B} {{ id: ID! x(a: Int = 1, b: [ID!]!): Int }}").field("T", "x")
    assert set(field.sources) == {"a-source", "b"}
    assert [item.arguments for item in field.sources.values()] == [{"a": "Int", "b": "[ID!]!"}] * 2


def test_keys_are_those_that_a_source_resolves() -> None:
    body = """
    type T @join__type(graph: A, key: "id") @join__type(graph: A, key: "o { k n }") @join__type(graph: B, key: "id", resolvable: false)
      @join__type(graph: C) { id: ID! o: O }
    type O @join__type(graph: A) { n: Int k: Int }
    """
    found = supergraph(body).types["T"]
    assert keys(found) == {"a-source": ["id", "o { k n }"]}
    assert set(found.sources) == {"a-source", "b", "c"}


EXTENDED = {
    "the key of a type that is extended, as Federation 1 writes it": (
        'type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", extension: true)'
        " { id: ID! @join__field(graph: A) @join__field(graph: B, external: true) }",
        ("T", "id"),
        ("a-source", "b"),
    ),
    "a field within the key of a type that is extended": (
        'type T @join__type(graph: A) @join__type(graph: B, key: "o { k }", extension: true) { o: O }'
        " type O @join__type(graph: A) @join__type(graph: B) { k: ID @join__field(graph: A) @join__field(graph: B, external: true) }",
        ("O", "k"),
        ("a-source", "b"),
    ),
    "another field of a type that is extended": (
        'type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", extension: true)'
        " { id: ID! x: Int @join__field(graph: A) @join__field(graph: B, external: true) }",
        ("T", "x"),
        ("a-source",),
    ),
    "the external key of a type that is not extended": (
        f"type T {IN_A_AND_B} {{ id: ID! @join__field(graph: A) @join__field(graph: B, external: true) }}",
        ("T", "id"),
        ("a-source",),
    ),
}


@pytest.mark.parametrize(("body", "field", "resolvers"), EXTENDED.values(), ids=EXTENDED)
def test_external_keys(body: str, field: tuple[str, str], resolvers: tuple[str, ...]) -> None:
    assert supergraph(body).field(*field).resolvers == resolvers


MEDIA = """
type Query @join__type(graph: A) @join__type(graph: B) @join__type(graph: C) { media: Media @join__field(graph: A) any: Any @join__field(graph: C) }
interface Media @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) @join__type(graph: C)
  { id: ID! title: String @join__field(graph: A) reviews: Int @join__field(graph: B) }
type Book implements Media @join__implements(graph: A, interface: "Media") @join__implements(graph: C, interface: "Media")
  @join__type(graph: A, key: "id") @join__type(graph: C, key: "id")
  { id: ID! title: String @join__field(graph: A) reviews: Int @join__field }
type Film implements Media @join__implements(graph: A, interface: "Media") @join__type(graph: A, key: "id") @join__type(graph: C, key: "id")
  { id: ID! title: String @join__field(graph: A) reviews: Int @join__field }
union Any @join__type(graph: A) @join__type(graph: C) @join__unionMember(graph: A, member: "Book")
  @join__unionMember(graph: C, member: "Book") @join__unionMember(graph: C, member: "Film") = Book | Film
"""


def test_interfaces_and_unions_have_in_each_source_the_types_that_it_knows() -> None:
    types = supergraph(MEDIA).types
    assert types["Media"].possible == types["Any"].possible == {"Book", "Film"}
    assert {name: said.possible for name, said in types["Media"].sources.items()} == {
        "a-source": {"Book", "Film"}, "b": {"Book", "Film"}, "c": {"Book"},
    }  # fmt: skip
    assert {name: said.possible for name, said in types["Any"].sources.items()} == {
        "a-source": {"Book"}, "c": {"Book", "Film"},
    }  # fmt: skip
    assert types["Book"].sources["c"].interfaces == ("Media",)
    assert types["Film"].sources["c"].interfaces == ()


def test_a_source_implements_the_interfaces_that_it_knows() -> None:
    body = """
    type Query @join__type(graph: A) { t: T }
    interface Node @join__type(graph: B) { id: ID! }
    type T implements Node @join__type(graph: A) @join__type(graph: B)
      @join__implements(graph: A, interface: "Node") @join__implements(graph: B, interface: "Node") { id: ID! }
    """
    found = supergraph(body).types["T"].sources
    assert {name: said.interfaces for name, said in found.items()} == {"a-source": (), "b": ("Node",)}


def test_an_interface_object_is_an_object_in_its_source_and_an_interface_elsewhere() -> None:
    found = supergraph(MEDIA).types["Media"]
    assert found.kind is Kind.INTERFACE
    assert {name: (said.kind, said.interface_object) for name, said in found.sources.items()} == {
        "a-source": (Kind.INTERFACE, False), "b": (Kind.OBJECT, True), "c": (Kind.INTERFACE, False),
    }  # fmt: skip
    assert keys(found) == {"a-source": ["id"], "b": ["id"]}
    assert said(found.fields["reviews"]) == {"b": "Int"}


def test_an_interface_that_an_interface_object_implements_can_be_all_its_types() -> None:
    body = """
    type Query @join__type(graph: B) { node: Node @join__field(graph: B) }
    interface Node @join__type(graph: A) @join__type(graph: B) { id: ID! }
    interface Media implements Node @join__implements(graph: A, interface: "Node") @join__implements(graph: B, interface: "Node")
      @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) { id: ID! }
    type Book implements Media & Node @join__implements(graph: A, interface: "Media") @join__implements(graph: A, interface: "Node")
      @join__type(graph: A, key: "id") { id: ID! }
    """
    assert supergraph(body).types["Node"].sources["b"].possible == {"Book"}


SECURE = f"""
  @link(url: "{SPECS}/authenticated/v0.1", as: "signedIn", for: SECURITY)
  @link(url: "{SPECS}/requiresScopes/v0.1", import: [{{name: "@requiresScopes", as: "@scopes"}}], for: SECURITY)
  @link(url: "{SPECS}/policy/v0.1", for: SECURITY)"""
SECURED = {
    "the field itself": ("T", "x", ("authenticated",)),
    "the type that it returns": ("T", "o", ("requiresScopes",)),
    "a list of the scalar that it returns": ("T", "s", ("policy",)),
    "the enum that it returns": ("T", "e", ("authenticated",)),
    "its own type": ("O", "k", ("requiresScopes",)),
    "the interface's field that it implements": ("T", "named", ("policy",)),
    "the interface's own field": ("N", "named", ("policy",)),
    "nothing": ("T", "id", ()),
}


@pytest.mark.parametrize(("type_name", "field", "expected"), SECURED.values(), ids=SECURED)
def test_security_directives_under_any_name_secure_fields(
    type_name: str, field: str, expected: tuple[str, ...]
) -> None:
    body = f"""
    interface N @join__type(graph: A) {{ named: String @policy(policies: [["p"]]) }}
    type T implements N {IN_A_AND_B} {{ id: ID! x: Int @signedIn o: O s: [S!] e: E named: String }}
    type O {IN_A_AND_B} @scopes(scopes: [["a"]]) {{ id: ID! k: Int }}
    scalar S @join__type(graph: A) @policy(policies: [["p"]])
    enum E @join__type(graph: A) @signedIn {{ X }}
    """
    assert supergraph(body, SECURE).field(type_name, field).secured_by == expected


UP = """
type Query @join__type(graph: A) { i: I }
interface I @join__type(graph: A) @authenticated { f: Int @policy(policies: []) @requiresScopes(scopes: []) g: Int }
type One implements I @join__type(graph: A) { f: Int @policy(policies: []) g: Int }
type Two implements I @join__type(graph: A) @authenticated { f: Int g: Int }
type Three implements I @join__type(graph: A) { f: Int g: Int }
"""
COPIED = {
    "what one type says secures that type": ("One", "f", ("policy", "requiresScopes")),
    "what an interface says alone secures every type": ("Three", "f", ("requiresScopes",)),
    "what a whole type says secures that type": ("Two", "g", ("authenticated",)),
    "what secures other types secures nothing here": ("Three", "g", ()),
    "the interface keeps what it says": ("I", "g", ("authenticated",)),
    "who returns the interface is secured by it": ("Query", "i", ("authenticated",)),
}


@pytest.mark.parametrize(("type_name", "field", "expected"), COPIED.values(), ids=COPIED)
def test_what_composition_copies_up_to_interfaces_does_not_come_down_again(
    type_name: str, field: str, expected: tuple[str, ...]
) -> None:
    assert supergraph(UP).field(type_name, field).secured_by == expected


def test_security_directives_without_a_link_secure_all_the_same() -> None:
    body = f"type T {IN_A_AND_B} {{ id: ID! @authenticated secret: Int @inaccessible }}"
    found = supergraph(body)
    assert found.field("T", "id").secured_by == ("authenticated",)
    assert "secret" not in found.sdl


def test_a_directive_of_the_same_name_from_elsewhere_secures_nothing() -> None:
    link = '@link(url: "https://example.org/mine/v1.0", import: ["@policy"])'
    assert supergraph(f"type T {IN_A_AND_B} {{ id: ID! @policy }}", link).field("T", "id").secured_by == ()


HINTS = {
    "cost": (f'@link(url: "{SPECS}/cost/v0.1")', "the directives of the feature cost are read past"),
    "tags for caches": (
        f'@link(url: "{SPECS}/cacheTag/v0.1", for: EXECUTION)',
        "the directives of the feature cacheTag are read past",
    ),
    "tags": (f'@link(url: "{SPECS}/tag/v0.3")', "the directives of the feature tag are read past"),
    "directives that their users composed": (
        '@link(url: "https://example.org/mine/v1.0", import: ["@mine"])',
        "the directives of the feature mine are read past",
    ),
}


@pytest.mark.parametrize(("link", "hint"), HINTS.values(), ids=HINTS)
def test_what_is_read_past_is_told(link: str, hint: str) -> None:
    assert supergraph(f"type T {IN_A_AND_B} {{ id: ID! }}", link).hints == (hint,)


def test_subscriptions_validate_and_are_told_not_to_be_served() -> None:
    body = f"type T {IN_A_AND_B} {{ id: ID! }} type Subscription @join__type(graph: B) {{ t: T }}"
    found = supergraph(body, roots="subscription: Subscription")
    assert found.schema.subscription_type is not None
    assert found.field("Subscription", "t").resolvers == ("b",)
    assert found.hints == ("the supergraph has subscriptions, which are not served yet",)


RENAMED = f"""
schema @l(url: "{SPECS}/link/v1.0", as: "l")
  @l(url: "{SPECS}/join/v0.3", as: "j", for: EXECUTION, import: [{{name: "@field", as: "@at"}}, {{name: "Graph", as: "Places"}}])
  @l(url: "{SPECS}/inaccessible/v0.2", as: "hide", for: SECURITY) {{ query: Query }}
directive @at on FIELD_DEFINITION
directive @hide on FIELD_DEFINITION
directive @j__type on OBJECT
enum Places {{ A @j__graph(name: "a", url: "http://a") B @j__graph(name: "b", url: "http://b") }}
enum l__Purpose {{ SECURITY EXECUTION }}
type Query @j__type(graph: A) @j__type(graph: B) {{ x: Int @at(graph: A) y: Int @at(graph: B) z: Int @hide }}
"""


def test_features_are_known_by_identity_whatever_they_are_called() -> None:
    found = read_supergraph(RENAMED, "f").supergraph
    assert found.sdl == "type Query {\n  x: Int\n  y: Int\n}\n"
    assert [found.field("Query", name).resolvers for name in ("x", "y", "z")] == [("a",), ("b",), ("a", "b")]


def test_a_supergraph_that_links_nothing_is_read_by_the_usual_names() -> None:
    text = """
    enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }
    enum link__Purpose { SECURITY }
    type Query @join__type(graph: A) @join__type(graph: B) { x: Int @join__field(graph: A) }
    """
    found = read_supergraph(text, "f").supergraph
    assert found.field("Query", "x").resolvers == ("a",)
    assert found.sdl == "type Query {\n  x: Int\n}\n"
    assert len(found.hints) == 1


def test_types_may_be_extended_in_the_supergraph() -> None:
    body = f"type T {IN_A_AND_B} {{ id: ID! }} extend type T @join__type(graph: C) {{ x: Int @join__field(graph: C) }}"
    found = supergraph(body)
    assert set(found.types["T"].sources) == {"a-source", "b", "c"}
    assert found.field("T", "x").resolvers == ("c",)
