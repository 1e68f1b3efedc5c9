"""Whatever sources hold, merging ends, in little time, with an outcome or with findings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.errors import Finding
from gateway.supergraph.merge.merging import MAX_TOLD, merge
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.merge.sources import LINK, merged

PIECES = (
    'type Query { i: I t(a: E = A, n: In): T @shareable u: U @provides(fields: "a") }',
    'interface I @key(fields: "id") { id: ID! a: Int }',
    'type T implements I @key(fields: "id") { id: ID! a: Int @external b(x: Int = 1): [T!]! @requires(fields: "a") }',
    'type T @key(fields: "id") { id: ID! a: Int @override(from: "b") b: [T] @shareable c: U @inaccessible }',
    'type I @interfaceObject @key(fields: "id") { id: ID! c(e: E): E @tag(name: "x") a: Int }',
    'extend type T @key(fields: "id a") { id: ID! a: Int! u: U }',
    "union U = T | V",
    "type V @shareable { n: Int @authenticated e: E }",
    "enum E { A B @inaccessible C }",
    "enum E { C }",
    "input In { a: Int! = 1 in: In e: [E!] = [A, C] }",
    "input In @oneOf { a: Int in: In }",
    "scalar U",
    "directive @d(a: In = {a: 2}) repeatable on FIELD | QUERY",
    'type Query { i: I @override(from: "a") x: T! }',
)
CHANGES = (
    ("Int", "Int!"),
    ("T", "I"),
    ("id", "a"),
    ("@shareable", "@external"),
    ("A", "B"),
    ("b", "c"),
    ("!", ""),
)


@st.composite
def sources(draw: st.DrawFn) -> list[SourceText]:
    """Two or three sources of the pieces, some of them changed."""
    texts = []
    for name in draw(st.sampled_from([("a", "b"), ("a", "b", "c")])):
        pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9, unique=True))
        for old, new in draw(st.lists(st.sampled_from(CHANGES), max_size=2)):
            place = draw(st.integers(0, len(pieces) - 1))
            pieces[place] = pieces[place].replace(old, new, draw(st.integers(1, 3)))
        texts.append(SourceText(name, name, LINK + "\n" + "\n".join(pieces)))
    return texts


@settings(max_examples=150, deadline=None)
@given(sources())
def test_any_sources_merge_or_are_told_why_not(texts: list[SourceText]) -> None:
    unread: list[Finding] = []
    schemas = read_sources(texts, unread, [])
    findings: list[Finding] = []
    hints: list[str] = []
    outcome = merge(schemas, findings, hints)
    assert all(finding.code and finding.message and finding.remedy for finding in findings)
    assert list(outcome.graphs) == sorted(schema.source.name for schema in schemas)
    again: list[Finding] = []
    merge(list(reversed(schemas)), again, [])
    assert again == findings  # in whatever order sources come


def test_of_very_many_findings_the_first_are_told_and_that_there_are_more() -> None:
    fields = " ".join(f"f{number}: Int" for number in range(MAX_TOLD + 500))
    outcome = merged(a=f"type Query {{ {fields} }}", b=f"type Query {{ {fields} }}")
    assert len(outcome.findings) == MAX_TOLD + 1
    assert "more findings" in outcome.findings[-1].message


def test_interface_objects_that_would_add_millions_of_fields_are_refused() -> None:
    fields = " ".join(f"f{number}: Int" for number in range(600))
    types = "\n".join(
        f'type T{number} implements I @key(fields: "id") {{ id: ID! }}' for number in range(600)
    )
    outcome = merged(
        a=f'type Query {{ i: I }}\ninterface I @key(fields: "id") {{ id: ID! }}\n{types}',
        b=f'type I @interfaceObject @key(fields: "id") {{ id: ID! {fields} }}',
    )
    assert [finding.code for finding in outcome.findings] == ["UNSUPPORTED_FEATURE"]


def test_lists_as_deep_as_a_source_may_write_them_merge() -> None:
    deep = "[" * 40 + "Int" + "]" * 40
    outcome = merged(a=f"type Query {{ x: {deep} @shareable }}", b=f"type Query {{ x: {deep}! @shareable }}")
    assert outcome.findings == []
