"""Composed SDL that Huitong writes says what was merged: our reader reads the same model from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import (
    ConstArgumentNode,
    ConstDirectiveNode,
    ConstValueNode,
    NameNode,
    StringValueNode,
    parse,
    parse_const_value,
    print_ast,
    strip_ignored_characters,
)
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.supergraph.join import ComposedSupergraph, read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from gateway.supergraph.merge.model import Feature, Merged, MergedMarks
from tests.supergraph.composed import written
from tests.supergraph.merged import merged_of

FEDERATION = Path(__file__).parents[1] / "federation" / "cases"
OLDEST = re.compile(r"join/v0\.[12]\b")  # these versions say less than a merged schema does
COMPOSED = [
    file for file in sorted(FEDERATION.glob("*/supergraph.graphql")) if not OLDEST.search(file.read_text())
]
EVERYTHING = written(
    """
    type Query @join__type(graph: A) @join__type(graph: B) {
      \"\"\"A thing.\"\"\" t(first: Int = 3, \"\"\"which\"\"\" of: [In!] = [{e: X}], none: ID = null): [T!]! @join__field(graph: A)
      u: U @join__field(graph: B, provides: "... on T { n }") @deprecated(reason: "say \\"t\\"")
    }
    type Mutation @join__type(graph: B) { m: Int @join__directive(graphs: [B], name: "federation__cacheTag", args: {format: "m"}) }
    type Subscription @join__type(graph: C) { s: Int }
    interface N @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) {
      id: ID!
      n: String @join__field(graph: A)
      more: Int @join__field(graph: B)
    }
    interface P implements N @join__implements(graph: A, interface: "N") @join__type(graph: A) {
      id: ID! n: String more: Int @join__field
    }
    type T implements N @join__implements(graph: A, interface: "N") @join__type(graph: A, key: "id")
      @join__type(graph: A, key: "n other { id }", resolvable: false) @join__type(graph: C, key: "id", extension: true) {
      id: ID!
      n: String @join__field(graph: A) @join__field(graph: C, external: true)
      more: Int @join__field
      old: Int @join__field(graph: C, override: "a-source", overrideLabel: "LABEL") @join__field(graph: A, usedOverridden: true)
      r: Int @join__field(graph: C, requires: "n")
      other: T @join__field(graph: A, type: "T!") @join__field(graph: C)
    }
    union U @join__type(graph: A) @join__type(graph: B) @join__unionMember(graph: A, member: "T")
      @join__unionMember(graph: B, member: "V") = T | V
    type V @join__type(graph: A) @join__type(graph: B)
      @join__directive(graphs: [A, B], name: "federation__cacheTag", args: {format: "v", of: [{a: 1}]}) { x: D }
    enum E @join__type(graph: A) @join__type(graph: B) {
      \"\"\"the first\"\"\" X @join__enumValue(graph: A) @join__enumValue(graph: B)
      Y @join__enumValue(graph: A) @deprecated
    }
    scalar D @join__type(graph: A) @specifiedBy(url: "https://example.org/d")
    input In @join__type(graph: A) @join__type(graph: B) @oneOf { e: E @join__field(graph: A) @tag(name: "a") f: Int @join__field(graph: A, type: "Int!") }
    directive @tag(name: String!) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
    directive @mine(a: [Int!]! = [1]) on FIELD
    """,
    links='@link(url: "https://specs.apollo.dev/tag/v0.3") '
    '@link(url: "https://my.example/mine/v1.0", as: "ours", import: ["@mine", {name: "@it", as: "@their"}])',
    roots="mutation: Mutation subscription: Subscription",
)  # fmt: skip


def read(sdl: str) -> ComposedSupergraph:
    return read_supergraph(sdl, "supergraph.graphql")


def said(sdl: str) -> list[str]:
    """Each definition on its own, without regard to order and layout: what a document says."""
    return sorted(strip_ignored_characters(print_ast(node)) for node in parse(sdl).definitions)


@pytest.mark.parametrize("file", COMPOSED, ids=lambda file: file.parent.name)
def test_a_supergraph_that_is_written_again_is_the_same(file: Path) -> None:
    sdl = file.read_text()
    before, after = read(sdl), read(write_supergraph(merged_of(sdl)))
    assert after.supergraph.types == before.supergraph.types
    assert after.supergraph.sources == before.supergraph.sources
    assert after.supergraph.sdl == before.supergraph.sdl
    assert after.supergraph.hints == before.supergraph.hints
    assert after.source_sdl == before.source_sdl


def test_there_are_supergraphs_to_write_again() -> None:
    assert len(COMPOSED) > 20


def test_every_word_of_the_join_specification_is_written() -> None:
    text = write_supergraph(merged_of(EVERYTHING))
    machinery = r"directive@(join|link)|(enum|scalar) (join|link)__(?!Graph)"
    known = {definition for definition in said(EVERYTHING) if not re.match(machinery, definition)}
    assert known - set(said(text)) == set()
    assert read(text).supergraph.types == read(EVERYTHING).supergraph.types


def test_one_of_is_defined_where_it_is_used_alone() -> None:
    assert "directive @oneOf on INPUT_OBJECT\n" in write_supergraph(merged_of(EVERYTHING))
    assert "oneOf" not in write_supergraph(merged_of(EVERYTHING.replace("@oneOf", "")))


def test_what_is_default_is_left_unsaid() -> None:
    text = write_supergraph(merged_of(EVERYTHING))
    body = text.split("\ninterface ", 1)[1]
    for silence in (
        "resolvable: true",
        "extension: false",
        "external: false",
        "isInterfaceObject: false",
        "null,",
    ):
        assert silence not in body


def test_the_text_depends_on_no_order_of_types() -> None:
    merged = merged_of(EVERYTHING)
    turned = replace(
        merged,
        types=dict(reversed(list(merged.types.items()))),
        graphs=dict(reversed(list(merged.graphs.items()))),
        directives=dict(reversed(list(merged.directives.items()))),
    )
    assert write_supergraph(turned) == write_supergraph(merged)


def test_a_written_supergraph_links_what_it_uses_for_what_it_is() -> None:
    features = (
        Feature("https://specs.apollo.dev/inaccessible", "v0.2", purpose="SECURITY"),
        Feature("https://my.example/mine", "v1.0", "ours", {"@mine": "@mine", "@it": "@their"}),
    )
    text = write_supergraph(replace(merged_of(EVERYTHING), features=features))
    assert text.startswith("""schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)
  @link(url: "https://my.example/mine/v1.0", as: "ours", import: ["@mine", {name: "@it", as: "@their"}])
{
  query: Query
  mutation: Mutation
  subscription: Subscription
}
""")  # fmt: skip


def test_what_is_said_of_the_schema_stands_on_it() -> None:
    tag = ConstDirectiveNode(
        name=NameNode(value="tag"),
        arguments=(ConstArgumentNode(name=NameNode(value="name"), value=StringValueNode(value="open")),),
    )
    marks = MergedMarks("All that is known.", directives=(tag,))
    text = write_supergraph(replace(merged_of(EVERYTHING), features=(), marks=marks))
    assert text.startswith('''"""All that is known."""
schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @tag(name: "open")
{
''')  # fmt: skip


def test_a_source_name_is_a_string_whatever_stands_in_it() -> None:
    merged = merged_of(EVERYTHING)
    name = 'quo"te \\ 部门\n'
    renamed = replace(
        merged, graphs={key: replace(graph, name=name + key) for key, graph in merged.graphs.items()}
    )
    assert {name + key for key in merged.graphs} == set(merged_of(write_supergraph(renamed)).graphs)


TEXTS = st.text(
    st.sampled_from('a "\\\n\t\r\0é，\u2028#{') | st.characters(exclude_categories=["Cs"]), min_size=1
)


def _described(merged: Merged, text: str) -> Merged:
    """`text` as the description of a type, a field, an argument and a value of an enum."""
    marks = MergedMarks(text)
    query, number = merged.types["Query"], merged.types["E"]
    field = query.fields["t"]
    argument = replace(field.arguments["first"], marks=marks)
    field = replace(field, marks=marks, arguments={**field.arguments, "first": argument})
    value = replace(number.values["X"], marks=marks)
    types = {
        "Query": replace(query, marks=marks, fields={**query.fields, "t": field}),
        "E": replace(number, values={**number.values, "X": value}),
    }
    return replace(merged, types={**merged.types, **types})


def _descriptions(merged: Merged) -> Mapping[str, str]:
    query = merged.types["Query"]
    return {
        "type": query.marks.description,
        "field": query.fields["t"].marks.description,
        "argument": query.fields["t"].arguments["first"].marks.description,
        "value": merged.types["E"].values["X"].marks.description,
    }


@given(text=TEXTS)
@example(text=" one line that begins with a space, and is longer than seventy characters altogether")
@example(text="  both\n  indented")
@example(text='three """ quotes """ and an end\\')
@example(text="\u3000\n\u3000 wide")
@example(text='ends in a quote"')
def test_any_description_survives_at_any_depth(text: str) -> None:
    again = merged_of(write_supergraph(_described(merged_of(EVERYTHING), text)))
    assert set(_descriptions(again).values()) == {text}


VALUES = st.recursive(
    st.one_of(
        st.integers(-(2**70), 2**70).map(str),
        st.sampled_from(["null", "true", "X", "1.5e3", '"""\n block\n"""']),
        TEXTS.map(lambda text: print_ast(parse_const_value(json.dumps(text)))),
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"{{a: {item}}}")
    ),
    max_leaves=6,
)


@given(value=VALUES)
def test_any_default_survives(value: str) -> None:
    merged = merged_of(EVERYTHING)
    given_value: ConstValueNode = parse_const_value(value)
    query = merged.types["Query"]
    field = query.fields["t"]
    argument = replace(field.arguments["first"], default=given_value)
    field = replace(field, arguments={**field.arguments, "first": argument})
    query = replace(query, fields={**query.fields, "t": field})
    again = merged_of(write_supergraph(replace(merged, types={**merged.types, "Query": query})))
    default = again.types["Query"].fields["t"].arguments["first"].default
    assert default is not None
    assert strip_ignored_characters(print_ast(default)) == strip_ignored_characters(value)
