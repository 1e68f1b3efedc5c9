"""Whatever sources hold, merging ends, in little time, with an outcome or with findings."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from gateway.errors import Finding
from gateway.supergraph.merge.access import required_elsewhere
from gateway.supergraph.merge.merging import MAX_TOLD, merge
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.merge.sources import LINK, merged

WRITINGS = (
    (
        "type Query { i: I t(a: E = A, n: In): T @shareable u: U @shareable }",
        "type Query { t(a: E, n: In!): T! @shareable u: T @shareable s: S }",
        "type Query @shareable { i: I v(e: [E!] = [A]): [V!] t: I u: S }",
        'type Query { t: T @override(from: "a") i: I @override(from: "b") }',
    ),
    (
        'interface I @key(fields: "id") { id: ID! a: Int }',
        'type I @interfaceObject @key(fields: "id") { id: ID! c(e: E): E @tag(name: "x") a: Int }',
        "interface I { id: ID! v: V @inaccessible }",
        'interface I @key(fields: "id", resolvable: false) { id: ID! a: Int! }',
    ),
    (
        'type T @key(fields: "id") { id: ID! a: Int! v: V @shareable }',
        'type T @key(fields: "id") { id: ID! a: Int @external b(x: Int = 1): [T!]! @requires(fields: "a") v: V }',
        'type T @key(fields: "id") @authenticated { id: ID! a: Int! @override(from: "b") b(x: Int!): [T] v: V }',
        'extend type T @key(fields: "id") { id: ID! a: String! v: V @policy(policies: [["p"], ["q"]]) c: U }',
        'type T @shareable { id: ID! a: Int! v: V @external r: S @requires(fields: "v { n }") }',
    ),
    ("union U = T | V", "union U = V", "extend union U = T", "union U @inaccessible = T | V"),
    (
        "type V @shareable { n: Int @authenticated e: E }",
        'type V { n: Int! e: E! @deprecated(reason: "d") }',
        'type V @shareable { n: Int @requiresScopes(scopes: [["s"], ["t", "u"]]) @override(from: "c") m: U }',
    ),
    ("enum E { A B @inaccessible C }", "enum E { A C }", "enum E @inaccessible { A }"),
    (
        "input In { a: Int! = 1 in: In e: [E!] = [A] }",
        "input In @oneOf { a: Int in: In }",
        "input In { in: [In!]! b: Int e: E }",
        "input In { a: Int = 2 @inaccessible c: ID! }",
    ),
    ("scalar S", 'scalar S @specifiedBy(url: "https://example.com") @authenticated', "type S { s: Int }"),
    ("directive @d(a: In = {in: null}) repeatable on FIELD | QUERY", "directive @d(a: Int!) on FIELD", ""),
)
"""Ways to write each of a few types: those of several sources seldom fit together."""


@st.composite
def sources(draw: st.DrawFn) -> list[SourceText]:
    """Two or three sources, each with a way to write every type."""
    names = draw(st.sampled_from([("a", "b"), ("a", "b", "c")]))
    written = {name: "\n".join(draw(st.sampled_from(ways)) for ways in WRITINGS) for name in names}
    return [SourceText(name, name, f"{LINK}\n{sdl}") for name, sdl in written.items()]


@settings(max_examples=60, deadline=None)
@given(sources())
def test_any_sources_merge_or_are_told_why_not(texts: list[SourceText]) -> None:
    unread: list[Finding] = []
    schemas = read_sources(texts, unread, [])
    event(f"{len(schemas)} of {len(texts)} sources read")
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
    assert list(outcome.merged.types["T0"].fields) == ["id"]


def test_what_secures_a_field_is_asked_of_the_interfaces_that_have_it_alone() -> None:
    every = range(300)
    interfaces = "\n".join(f"interface I{number} {{ f{number}: Int }}" for number in every)
    implemented = " & ".join(f"I{number}" for number in every)
    fields = " ".join(f"f{number}: Int @authenticated" for number in every)
    outcome = merged(a=f"type Query {{ o: O }}\n{interfaces}\ntype O implements {implemented} {{ {fields} }}")
    assert outcome.findings == []
    assert required_elsewhere(outcome.merged.types).keys() == {f"I{number}.f{number}" for number in every}


def test_lists_as_deep_as_a_source_may_write_them_merge() -> None:
    deep = "[" * 40 + "Int" + "]" * 40
    outcome = merged(a=f"type Query {{ x: {deep} @shareable }}", b=f"type Query {{ x: {deep}! @shareable }}")
    assert outcome.findings == []
