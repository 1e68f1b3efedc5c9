"""Whatever text is registered as a source: reading ends with a schema or with findings, and soon."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.report import MAX_FINDINGS
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.source.reading import findings_of, linked

SEEDS = [
    linked(
        """
        schema { query: Query mutation: Change }
        type Query implements Root { me(id: ID! = "1", of: Search = {text: "x"}): Person @provides(fields: "... on Person { name }") }
        interface Root { me(id: ID! = "1", of: Search): Node }
        interface Node @key(fields: "id") { id: ID! @tag(name: "a") }
        type Person implements Node @key(fields: "id tax { number }") @key(fields: "id", resolvable: false) {
          id: ID! tax: Tax name: String @external old: [Int!] @deprecated(reason: "x") @inaccessible
          price(in: Unit = EUR): Float @requires(fields: "name") @override(from: "shops") @label(level: "A", categories: ["b"])
        }
        extend type Tax @shareable { number: Int }
        union Any = Person | Tax
        enum Unit { EUR USD @tag(name: "b") }
        input Search @oneOf { text: String deeper: Search }
        scalar Date @specifiedBy(url: "https://example.org")
        directive @mine(a: [Int!]! = [1]) repeatable on FIELD_DEFINITION | OBJECT
        type Change @mine { do: Boolean @mine(a: 2) }
        """
    ),
    """
    extend type Query { me: Person! @provides(fields: ["name", id]) }
    extend type Person @key(fields: "id") @key(fields: name) { id: ID! @external name: String @external
      age: Int @requires(fields: "name friend { id ... on Person { name } }") friend: Person @external }
    type Person2 @extends @key(fields: "id") @external { id: ID @external }
    interface I @key(fields: "id") { id: ID @external }
    directive @key(fields: _FieldSet!) repeatable on OBJECT | INTERFACE
    scalar _FieldSet scalar _Any union _Entity = Person type _Service { sdl: String }
    """,
    linked(
        """
        type Query { me: Person }
        interface Node @context(name: "node") { id: ID! }
        union Any @context(name: "any") = Person | Letter
        type Person implements Node @key(fields: "id") @context(name: "reader") { id: ID! names: [Name] letter: Letter }
        type Name { given: String! family: String }
        type Letter @key(fields: "id") { id: ID! text(in: [String] @fromContext(field: "$reader { names { given } }")
          by: ID @fromContext(field: "$any ... on Person { id } ... on Letter { id }") of: ID @fromContext(field: "$node id")): String }
        """,
        "v2.8",
        '"@key", "@context", "@fromContext"',
    ),
]  # fmt: skip

PIECES = [
    *sorted({piece for seed in SEEDS for piece in seed.replace("(", " ( ").replace("{", " { ").split()}),
    '"id { id }"', '"id @x"', '"..."', "null", "[[", "]]", "extend", "@federation__key", "__typename", "$a", "&", "|",
    '"\\ud800"', "1e999", "-1", "@link", "url:", '"https://specs.apollo.dev/federation/v2.99"', "import:", "as:", "repeatable",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A schema with a few of its words left out, doubled, exchanged or replaced."""
    words = draw(st.sampled_from(SEEDS)).split(" ")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(words) - 1))
        change = draw(st.integers(0, 3))
        if change == 0:
            words[at] = ""
        elif change == 1:
            words[at] = words[at] + " " + words[at]
        elif change == 2:
            other = draw(st.integers(0, len(words) - 1))
            words[at], words[other] = words[other], words[at]
        else:
            words[at] = draw(st.sampled_from(PIECES))
    return " ".join(words)


@settings(max_examples=300, deadline=None)
@given(st.lists(mutated(), min_size=1, max_size=3))
def test_no_mutated_schema_breaks_the_reader(sources: list[str]) -> None:
    findings: list[Finding] = []

    schemas = read_sources(
        [SourceText(f"s{index}", "", sdl) for index, sdl in enumerate(sources)], findings, []
    )

    assert findings or len(schemas) == len(sources)
    assert all(finding.code and finding.remedy for finding in findings)
    assert "\n" not in "".join(str(finding) for finding in findings)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    findings_of(text)
    findings_of(linked(text))
    findings_of(linked(f'type T @key(fields: """{text}""") {{ id: ID }}'))


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: " + "[" * 5_000 + "Int" + "]" * 5_000 + " }",
        "type Query { a(b: I = " + "{b: " * 5_000 + "1" + "}" * 5_000 + "): Int }",
        linked('type T @key(fields: "' + "a { " * 400 + "a" + " }" * 400 + '") { a: T }'),
        linked('type T @key(fields: "' + "a { " * 40 + "a" + " }" * 40 + '") { a: T }'),
        linked('type T @key(fields: "' + "... { " * 300 + "a" + " }" * 300 + '") { a: Int }'),
        linked('type T @key(fields: "' + "a " * 2_000 + '") { a: Int }'),
        linked("type T " + '@key(fields: "a") ' * 101 + "{ a: Int }"),
        "\n".join(
            f'extend schema @link(url: "https://example.com/s{i}/v1.0", import: ["@d{i}"])'
            for i in range(201)
        ),
        " ".join(
            f"interface I{i} implements {' & '.join(f'I{j}' for j in range(140) if j != i)} {{ a: Int }}"
            for i in range(140)
        ),
    ],
)
def test_what_is_too_deep_or_too_long_is_told(sdl: str) -> None:
    assert findings_of(sdl)


def test_an_extension_may_be_written_in_any_number_of_pieces() -> None:
    pieces = "\n".join(f"extend type T{i % 7} {{ f{i}: Int }}" for i in range(1_000))

    assert findings_of(linked(pieces)) == []


def test_only_so_many_findings_are_told() -> None:
    found = findings_of(
        "type Query {\n" + "\n".join(f"f{index}: Type{index}" for index in range(3_000)) + "\n}"
    )

    assert len(found) == MAX_FINDINGS + 1
    assert "only the first" in found[-1].message


def test_values_from_contexts_that_multiply_out_to_too_many_are_refused() -> None:
    setters = (f'type T{number} @context(name: "c") {{ n: Int }}' for number in range(101))
    takers = (f'x{number}(n: Int @fromContext(field: "$c n")): Int' for number in range(100))
    sdl = f'{" ".join(setters)} type U @key(fields: "id") {{ id: ID! {" ".join(takers)} }}'
    (finding,) = findings_of(linked(sdl, "v2.8", '"@key", "@context", "@fromContext"'))

    assert "more than 10,000 values from contexts" in finding.message
