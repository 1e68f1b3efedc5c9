"""A source's schema is read whatever names it gives to the federation's directives, and in whichever version."""

import pytest
from graphql import print_ast

from gateway.errors import Finding
from gateway.supergraph.model import Kind, Label
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.reading import read_source
from tests.supergraph.source.reading import linked, read


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type Person @key(fields: "id") { id: ID! }'),
        linked('type Person @federation__key(fields: "id") { id: ID! }', imports=""),
        linked('type Person @primary(fields: "id") { id: ID! }', imports='{name: "@key", as: "@primary"}'),
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", as: "fed")\n'
        'type Person @fed__key(fields: "id") { id: ID! }',
        'schema @link(url: "https://specs.apollo.dev/link/v1.0")'
        ' @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"]) { query: Query }\n'
        'type Query { me: Person } type Person @key(fields: "id") { id: ID! }',
        'extend schema @uses(url: "https://specs.apollo.dev/link/v1.0", import: [{name: "@link", as: "@uses"}])'
        ' @uses(url: "https://specs.apollo.dev/federation/v2.1", import: ["@key"])\n'
        'type Person @key(fields: "id") { id: ID! }',
        linked('directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT\n'
               'scalar federation__FieldSet\n type Person @key(fields: "id") { id: ID! }'),
        'type Person @key(fields: "id") { id: ID! }',
        'directive @key(fields: _FieldSet!) on OBJECT\n scalar _FieldSet\n type Person @key(fields: "id") { id: ID! }',
    ],
)  # fmt: skip
def test_a_key_is_known_under_every_name(sdl: str) -> None:
    person = read(sdl).types["Person"]

    assert [key.fields.text for key in person.keys] == ["id"]
    assert not person.marks.applied


def test_the_version_is_that_of_the_link() -> None:
    assert read(linked("type Query { a: Int }", "v2.7")).federation == (2, 7)
    assert read("type Query { a: Int }").federation == (1, 0)


def test_everything_said_of_a_field_is_read() -> None:
    schema = read(linked(
        """
        type Person @key(fields: "id") @key(fields: "tax { number }", resolvable: false) {
          id: ID!
          tax: Tax
          "How it is called"
          name(short: Boolean = false @tag(name: "form")): [String!]! @tag(name: "a") @tag(name: "b") @shareable
          old: Int @deprecated @inaccessible
          weight: Float @external
          price: Float @requires(fields: "weight") @override(from: "shops", label: "percent(5)")
          friend: Person @provides(fields: "weight") @label(level: "SECRET", categories: ["health"])
        }
        type Tax { number: String }
        """,
        "v2.7",
    ))  # fmt: skip
    person = schema.types["Person"]
    name = person.fields["name"]

    assert [(key.fields.text, key.resolvable) for key in person.keys] == [
        ("id", True),
        ("tax { number }", False),
    ]
    assert (print_ast(name.type), name.marks.description, name.marks.tags) == (
        "[String!]!",
        "How it is called",
        ("a", "b"),
    )
    assert name.shareable
    short = name.arguments["short"]
    assert short.default is not None
    assert (print_ast(short.type), print_ast(short.default), short.marks.tags) == (
        "Boolean",
        "false",
        ("form",),
    )
    assert person.fields["old"].marks.deprecated == "No longer supported"
    assert person.fields["old"].marks.inaccessible
    assert str(person.fields["weight"].external) == "people:9:25"
    price = person.fields["price"]
    assert price.requires is not None and price.requires.text == "weight"
    assert price.override is not None
    assert (price.override.source, price.override.label, price.external) == ("shops", "percent(5)", None)
    friend = person.fields["friend"]
    assert friend.provides is not None and friend.provides.text == "weight"
    assert friend.marks.labels == (Label("SECRET", frozenset({"health"})),)


def test_every_kind_of_type_is_read_with_its_extensions() -> None:
    schema = read(linked(
        """
        type Query { a: A }
        interface Node { id: ID! }
        extend type A implements Node { id: ID! }
        type A @shareable { x: Int }
        union U = A
        extend union U = B
        type B { y: Int }
        enum Colour { RED }
        extend enum Colour { BLUE @inaccessible }
        input Search @oneOf { text: String }
        extend input Search { number: Int }
        scalar Date @specifiedBy(url: "https://example.org/date")
        """
    ))  # fmt: skip
    types = schema.types

    assert {name: found.kind for name, found in types.items()} == {
        "Query": Kind.OBJECT, "Node": Kind.INTERFACE, "A": Kind.OBJECT, "U": Kind.UNION, "B": Kind.OBJECT,
        "Colour": Kind.ENUM, "Search": Kind.INPUT, "Date": Kind.SCALAR,
    }  # fmt: skip
    assert list(types["A"].interfaces) == ["Node"]
    assert {name: field.shareable for name, field in types["A"].fields.items()} == {"id": False, "x": True}
    assert list(types["U"].members) == ["A", "B"]
    assert {name: value.marks.inaccessible for name, value in types["Colour"].values.items()} == {
        "RED": False,
        "BLUE": True,
    }
    assert types["Search"].one_of and list(types["Search"].inputs) == ["text", "number"]
    assert types["Date"].specified_by == "https://example.org/date"


@pytest.mark.parametrize(
    ("sdl", "extension", "defined"),
    [
        ('extend type Person @key(fields: "id") { id: ID! }', True, False),
        ('type Person @extends @key(fields: "id") { id: ID! }', True, True),
        ('type Person @key(fields: "id") { id: ID! } extend type Person @extends { a: Int }', True, True),
        ('type Person @key(fields: "id") { id: ID! }', False, True),
        ('type Person @key(fields: "id") { id: ID! } extend type Person { a: Int }', False, True),
    ],
)
def test_a_type_that_is_only_extended_or_called_so_is_an_extension(
    sdl: str, extension: bool, defined: bool
) -> None:
    person = read(linked(sdl)).types["Person"]

    assert person.extension is extension
    assert person.keys[0].extension is extension
    assert person.defined is defined


def test_root_types_are_called_by_their_usual_names() -> None:
    schema = read(linked(
        """
        extend schema { query: Asking mutation: Telling }
        type Asking implements Root { again: [Asking!]! one: Any }
        type Telling { tell: Asking }
        union Any = Asking
        interface Root { again: [Root!]! }
        """
    ))  # fmt: skip

    assert list(schema.types) == ["Query", "Mutation", "Any", "Root"]
    assert print_ast(schema.types["Query"].fields["again"].type) == "[Query!]!"
    assert print_ast(schema.types["Mutation"].fields["tell"].type) == "Query"
    assert list(schema.types["Any"].members) == ["Query"]


def test_what_libraries_add_to_a_schema_is_left_out() -> None:
    schema = read(linked(
        """
        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
        scalar link__Import
        enum link__Purpose { SECURITY EXECUTION }
        scalar federation__FieldSet
        directive @external on FIELD_DEFINITION
        type Query { me: Person _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
        union _Entity = Person
        scalar _Any
        type _Service { sdl: String }
        type Person @key(fields: "id") { id: ID! }
        """
    ))  # fmt: skip

    assert list(schema.types) == ["Query", "Person"]
    assert list(schema.types["Query"].fields) == ["me"]
    assert not schema.definitions


def test_a_query_of_nothing_but_machinery_is_no_type() -> None:
    schema = read(
        linked("type Query { _service: _Service! } type _Service { sdl: String } type A { b: Int }")
    )

    assert list(schema.types) == ["A"]


def test_what_is_said_of_the_schema_itself_is_read_from_all_its_parts() -> None:
    schema = read(
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@tag"]) @tag(name: "a") @own
        "All that is known." schema @tag(name: "b") { query: Query }
        directive @own on SCHEMA
        type Query { a: Int }
        """
    )

    assert schema.marks is not None
    assert (schema.marks.description, schema.marks.tags) == ("All that is known.", ("a", "b"))
    assert [print_ast(item) for item in schema.marks.applied] == ["@own"]


def test_directives_of_its_own_are_kept_as_they_are_written() -> None:
    schema = read(linked(
        """
        extend schema @composeDirective(name: "@audited") @link(url: "https://example.org/audit/v1.0", import: ["@audited"])
        directive @audited(by: String) on FIELD_DEFINITION
        type Query { a: Int @audited(by: "x") @tag(name: "t") }
        """,
        imports='"@composeDirective", "@tag"',
    ))  # fmt: skip

    assert [print_ast(item) for item in schema.types["Query"].fields["a"].marks.applied] == [
        '@audited(by: "x")'
    ]
    assert list(schema.definitions) == ["audited"]
    assert {name: str(place) for name, place in schema.composed.items()} == {"audited": "people:3:23"}
    assert [link.identity for link in schema.links] == [
        "https://specs.apollo.dev/federation",
        "https://example.org/audit",
    ]


@pytest.mark.parametrize(
    ("link", "guard"),
    [
        ('@link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@authenticated"])', "@authenticated"),
        ('@link(url: "https://specs.apollo.dev/federation/v2.6")', "@federation__authenticated"),
        ('@link(url: "https://specs.apollo.dev/federation/v2.6", import: [{name: "@authenticated", as: "@a"}])', "@a"),
        ('@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)', "@authenticated"),
        ('@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login", for: SECURITY)', "@login"),
        ('@link(url: "https://specs.apollo.dev/authenticated/v0.1",'
         ' import: [{name: "@authenticated", as: "@in"}], for: SECURITY)', "@in"),
    ],
)  # fmt: skip
def test_a_guard_is_known_by_the_identity_of_its_link(link: str, guard: str) -> None:
    field = read(f"extend schema {link}\ntype Query {{ a: Int {guard} }}").types["Query"].fields["a"]

    assert field.marks.authenticated
    assert not field.marks.applied


def test_requirements_are_read_as_alternatives() -> None:
    schema = read(linked(
        'type Query @requiresScopes(scopes: [["a"], ["b"]]) { a: Int @policy(policies: [["p", "q"], "r"]) }'
        ' type Person @requiresScopes(scopes: "c") { b: Int }',
        "v2.6",
        '"@requiresScopes", "@policy"',
    ))  # fmt: skip
    query = schema.types["Query"]

    assert query.fields["a"].marks.policies == (("p", "q"), ("r",))
    assert query.marks.scopes == (("a",), ("b",))
    assert query.fields["a"].marks.scopes is None
    assert schema.types["Person"].marks.scopes == (("c",),)


def test_lines_of_derived_sdl_are_those_of_the_manifest() -> None:
    findings: list[Finding] = []
    source = SourceText("people", "Interior", "type Query {\n a: Nothing }", places={2: ("people.yaml", 17)})
    read_source(source, findings)

    assert [(finding.file, finding.line, finding.column) for finding in findings] == [
        ("people.yaml", 17, None)
    ]
