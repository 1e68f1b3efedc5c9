"""The directives and specifications of the composed schema: those in use, under the names that sources give them."""

import pytest
from graphql import print_ast

from gateway.supergraph.source.model import SourceText
from tests.supergraph.merge.sources import fields_of, merged, merged_texts, written

SHARED = "type Query { x: Int @shareable }"
LINKED = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"{imports}])\n'
SEALS = '@link(url: "https://example.com/seals/{version}", import: [{imports}]) {composed}\n'


def custom(version: str, imports: str, names: list[str], sdl: str) -> str:
    """SDL with directives of a specification of its own, some of them composed."""
    composed = " ".join(f'@composeDirective(name: "@{name}")' for name in names)
    links = SEALS.format(version=version, imports=imports, composed=composed)
    return LINKED.format(imports="") + links + sdl


def definitions(**sources: str) -> list[str]:
    """Every definition of a directive in the composed schema, but those of link and join."""
    outcome = merged(**sources)
    assert outcome.findings == [], [str(finding) for finding in outcome.findings]
    return [print_ast(node) for node in outcome.merged.directives.values()]


def links(**sources: str) -> list[tuple[str, dict[str, str], str | None]]:
    """The links of the composed schema: URL, imports and purpose."""
    outcome = merged(**sources)
    assert outcome.findings == [], [str(finding) for finding in outcome.findings]
    return [(feature.url, dict(feature.imports), feature.purpose) for feature in outcome.merged.features]


def test_what_nobody_applies_is_not_linked() -> None:
    assert links(a=SHARED) == []
    assert definitions(a=SHARED) == []


def test_what_is_applied_is_linked_for_its_purpose() -> None:
    assert links(a='type Query { x: Int @tag(name: "t") y: Int @inaccessible z: Int @authenticated }') == [
        ("https://specs.apollo.dev/tag/v0.3", {}, None),
        ("https://specs.apollo.dev/inaccessible/v0.2", {}, "SECURITY"),
        ("https://specs.apollo.dev/authenticated/v0.1", {}, "SECURITY"),
    ]


def test_a_directive_keeps_the_name_that_its_sources_give_it() -> None:
    sdl = (
        LINKED.format(imports=', {name: "@inaccessible", as: "@hidden"}')
        + "type Query { x: Int @hidden y: Int }"
    )
    assert links(a=sdl) == [
        ("https://specs.apollo.dev/inaccessible/v0.2", {"@inaccessible": "@hidden"}, "SECURITY")
    ]
    assert [definition.split(" ")[1] for definition in definitions(a=sdl)] == ["@hidden"]


@pytest.mark.parametrize(
    ("identity", "imports", "composed", "protected", "expected"),
    [
        pytest.param("https://a.example/seals", '"@seal"', "seal", "@tag(name: \"x\")", [None, None], id="one's own"),
        pytest.param("https://a.example/tag", '"@seal"', "seal", "@tag(name: \"x\")", [None, "_0tag"], id="taken by the federation"),
        pytest.param("https://a.example/tag", '"@seal"', "seal", "", [None], id="not taken by what nobody applies"),
        pytest.param("https://a.example/join", '"@seal"', "seal", "", ["_0join"], id="taken by composition"),
        pytest.param("https://a.example/my-seals", '"@seal"', "seal", "", ["_0myseals"], id="no name"),
        pytest.param("https://a.example/seal", '"@seal"', "seal", "", [None], id="that of its directive"),
        pytest.param("https://a.example/wax", '{name: "@seal", as: "@wax"}', "wax", "", ["_0wax"], id="of another of its directives"),
        pytest.param("https://a.example/seals", '{name: "@seal", as: "@policy"}', "policy", '@guarded(policies: [["p"]])', ["_0policy", None], id="of another's directive"),
    ],
)  # fmt: skip
def test_each_specification_is_linked_by_a_name_that_means_nothing_else(
    identity: str, imports: str, composed: str, protected: str, expected: list[str | None]
) -> None:
    sdl = (
        LINKED.format(imports=', "@tag", {name: "@policy", as: "@guarded"}')
        + f'@link(url: "{identity}/v1.0", as: "own", import: [{imports}])'
        + f' @composeDirective(name: "@{composed}")\ndirective @{composed} on FIELD_DEFINITION\n'
        + f"type Query {{ x: Int @{composed} {protected} }}"
    )
    assert [feature.alias for feature in merged(a=sdl).merged.features] == expected


def test_scalars_are_called_by_the_name_of_their_specification() -> None:
    sdl = custom(
        "v1.0", '{name: "@seal", as: "@policy"}', ["policy"], "directive @policy on FIELD_DEFINITION\n"
    )
    sdl = sdl.replace('"@composeDirective"', '"@composeDirective", {name: "@policy", as: "@guarded"}')
    outcome = merged(a=sdl + 'type Query { x: Int @policy @guarded(policies: [["p"]]) }')
    assert list(outcome.merged.scalars) == ["_0policy__Policy"]
    assert "policies: [[_0policy__Policy!]!]!" in print_ast(outcome.merged.directives["guarded"])


def test_no_other_name_begins_like_that_of_a_specification() -> None:
    sdl = custom(
        "v1.0",
        '"@seal"',
        ["seal"],
        "directive @seal on FIELD_DEFINITION\n type Query { x: _0seals2 @seal } type _0seals2 { a: Int }",
    )
    sdl = sdl.replace("/seals/", "/se-als/")
    assert [feature.alias for feature in merged(a=sdl).merged.features] == ["_1seals"]


def test_costs_stand_under_one_specification() -> None:
    assert links(a="type Query { x: [Int] @cost(weight: 1) @listSize(assumedSize: 2) }") == [
        ("https://specs.apollo.dev/cost/v0.1", {"@listSize": "@listSize"}, None)
    ]


CACHED = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable", "@interfaceObject", "@cacheTag"])\n'


def test_tags_for_caches_are_kept_source_by_source() -> None:
    sources = {
        "a": CACHED + 'type Query { x: T @shareable @cacheTag(format: "x") @cacheTag(format: "a") }\ntype T @key(fields: "id") @cacheTag(format: "t") { id: ID! }',
        "b": CACHED + 'type Query { x: T @shareable @cacheTag(format: "x") }\ntype T @key(fields: "id") { id: ID! }',
    }  # fmt: skip
    assert fields_of("Query", **sources) == [
        'x: T @join__directive(graphs: [A, B], name: "federation__cacheTag", args: {format: "x"})'
        ' @join__directive(graphs: [A], name: "federation__cacheTag", args: {format: "a"})',
    ]
    assert '@join__directive(graphs: [A], name: "federation__cacheTag", args: {format: "t"})' in written(
        "T", **sources
    )
    assert links(**sources) == [("https://specs.apollo.dev/cacheTag/v0.1", {}, "EXECUTION")]


def test_tags_for_caches_on_an_interface_object_stay_there() -> None:
    sources = {
        "a": CACHED + 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
        "b": CACHED + 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int @cacheTag(format: "m") }',
    }  # fmt: skip
    assert fields_of("T", **sources) == ["id: ID!", "more: Int @join__field"]
    assert fields_of("I", **sources)[1].endswith('name: "federation__cacheTag", args: {format: "m"})')


def test_what_federation_1_calls_like_a_later_directive_is_its_own() -> None:
    sdl = "directive @cost(complexity: Int) on FIELD_DEFINITION\ntype Query { x: Int @cost(complexity: 3) }"
    outcome = merged_texts([SourceText("a", "a", sdl)])
    assert (outcome.findings, outcome.merged.features) == ([], ())
    assert outcome.merged.types["Query"].fields["x"].marks.directives == ()


def test_scalars_come_with_the_directives_that_need_them() -> None:
    outcome = merged(a='type Query { x: Int @requiresScopes(scopes: [["s"]]) }')
    assert list(outcome.merged.scalars) == ["requiresScopes__Scope"]


def test_composed_directives_are_kept_in_their_newest_version() -> None:
    old = 'directive @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable @seal(by: "a") }'
    new = "directive @seal(by: String, on: String) on FIELD_DEFINITION\n" + SHARED
    sources = {"a": custom("v1.0", '"@seal"', ["seal"], old), "b": custom("v1.2", '"@seal"', ["seal"], new)}
    assert links(**sources) == [("https://example.com/seals/v1.2", {"@seal": "@seal"}, None)]
    assert definitions(**sources) == ["directive @seal(by: String, on: String) on FIELD_DEFINITION"]
    field = merged(**sources).merged.types["Query"].fields["x"]
    assert [print_ast(node) for node in field.marks.directives] == ['@seal(by: "a")']


def test_a_composed_directive_has_one_name_whatever_the_newest_version_calls_it() -> None:
    old = "directive @seal(by: Int) on FIELD_DEFINITION\ntype Query { x: Int @seal }"
    new = (
        "directive @mark(by: Int, on: Int) on FIELD_DEFINITION\ndirective @wax on FIELD_DEFINITION\n"
        + SHARED.replace("x", "y")
    )
    sources = {
        "a": custom("v1.0", '"@seal"', ["seal"], old),
        "b": custom("v1.1", '{name: "@seal", as: "@mark"}, "@wax"', ["wax"], new),
    }
    assert definitions(**sources) == [
        "directive @seal(by: Int, on: Int) on FIELD_DEFINITION",
        "directive @wax on FIELD_DEFINITION",
    ]


def test_a_composed_directive_for_operations_is_what_its_source_says() -> None:
    sdl = "directive @seal(by: Int @deprecated) on FIELD | FIELD_DEFINITION\ntype Query { x: Int @seal }"
    sources = {
        "a": custom("v1.0", '"@seal"', ["seal"], sdl),
        "b": "directive @seal(by: Int!) repeatable on FIELD | QUERY\ntype Query { y: Int }",
    }
    assert definitions(**sources) == ["directive @seal(by: Int @deprecated) on FIELD | FIELD_DEFINITION"]
    assert merged(**sources).hints == []


def test_of_equal_versions_the_last_definition_stands_whoever_composes_it() -> None:
    sdl = "directive @seal(in_{}: Int) on FIELD_DEFINITION\n"
    sources = {
        "a": custom("v1.0", '"@seal"', ["seal"], sdl.format("a") + SHARED),
        "b": custom("v1.0", '"@seal"', [], sdl.format("b") + SHARED),
        "c": custom("v1.1", '"@seal"', [], sdl.format("c") + SHARED),
        "d": custom("v1.0", '"@seal"', [], SHARED),
    }
    assert definitions(**sources) == ["directive @seal(in_b: Int) on FIELD_DEFINITION"]


def test_other_custom_directives_are_left_out() -> None:
    sdl = "directive @note on FIELD_DEFINITION\ntype Query { x: Int @note }"
    assert definitions(a=sdl) == []
    assert merged(a=sdl).merged.types["Query"].fields["x"].marks.directives == ()


def test_repeatable_directives_are_kept_from_all_sources_and_of_others_what_most_sources_say() -> None:
    sdl = (
        "directive @seal(by: String) repeatable on FIELD_DEFINITION\n"
        'directive @once(by: String = "b") on FIELD_DEFINITION\n'
        'type Query {{ x: Int @shareable @seal(by: "{name}") @seal(by: "both") {once} }}'
    )
    once = {"a": '@once(by: "a")', "b": '@once(by: "b")', "c": "@once"}
    sources = {
        name: custom("v1.0", '"@seal", "@once"', ["seal", "once"], sdl.format(name=name, once=once[name]))
        for name in once
    }
    field = merged(**sources).merged.types["Query"].fields["x"]
    assert [print_ast(node) for node in field.marks.directives] == [
        '@seal(by: "a")',
        '@seal(by: "both")',
        '@seal(by: "b")',
        '@seal(by: "c")',
        '@once(by: "b")',
    ]


def test_who_composes_a_directive_keeps_it_on_its_own_elements() -> None:
    sdl = (
        "directive @seal(by: String) repeatable on FIELD_DEFINITION\n"
        'type Query {{ x: Int @shareable @seal(by: "{name}") {own}: Int @seal }}'
    )
    sources = {
        "a": custom("v1.0", '"@seal"', ["seal"], sdl.format(name="a", own="y")),
        "b": custom("v1.0", '"@seal"', [], sdl.format(name="b", own="z")),
    }
    fields = merged(**sources).merged.types["Query"].fields
    kept = {name: [print_ast(node) for node in field.marks.directives] for name, field in fields.items()}
    assert kept == {"x": ['@seal(by: "a")', '@seal(by: "b")'], "y": ["@seal"], "z": []}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("directive @d on FIELD", "", []),
        ("directive @stream on FIELD", "directive @stream on FIELD", []),
        ("directive @d on FIELD", "directive @d on QUERY", []),
        ("directive @d on FIELD | QUERY", "directive @d on FIELD", ["directive @d on FIELD"]),
        ("directive @d on QUERY | FIELD", "directive @d on QUERY | FIELD", ["directive @d on FIELD | QUERY"]),
        ("directive @d repeatable on FIELD", "directive @d on FIELD", ["directive @d on FIELD"]),
        ("directive @d repeatable on FIELD", "directive @d repeatable on FIELD", ["directive @d repeatable on FIELD"]),
        ("directive @d(a: Int, b: Int = 1) on FIELD", "directive @d(b: Int! = 1) on FIELD", ["directive @d(b: Int! = 1) on FIELD"]),
        ('directive @d(a: Int @deprecated(reason: "old")) on FIELD', "directive @d(a: Int) on FIELD", ['directive @d(a: Int @deprecated(reason: "old")) on FIELD']),
        ('directive @d(a: Int @tag(name: "t")) on FIELD', "directive @d(a: Int) on FIELD", ["directive @tag(name: String!) repeatable", 'directive @d(a: Int @tag(name: "t")) on FIELD']),
        ("directive @d(a: Int @inaccessible) on FIELD", "directive @d(a: Int) on FIELD", ["directive @inaccessible", "directive @d(a: Int @inaccessible) on FIELD"]),
    ],
)  # fmt: skip
def test_clients_use_a_directive_as_all_sources_have_it(a: str, b: str, expected: list[str]) -> None:
    found = definitions(a=f"{a}\n{SHARED}", b=f"{b}\n{SHARED}")
    assert sorted(text.split(" on FIELD_DEFINITION")[0] for text in found) == sorted(expected)


def test_a_directive_for_operations_is_described_as_most_sources_do() -> None:
    said = {"a": "one", "b": "two", "c": "two"}
    sources = {name: f'"{text}" directive @d on FIELD\n{SHARED}' for name, text in said.items()}
    assert definitions(**sources) == ['"two"\ndirective @d on FIELD']


def test_what_sources_say_of_the_schema_is_kept() -> None:
    sdl = '"{}" schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"]) @tag(name: "{}") {{ query: Query }}'
    marks = merged(
        a=sdl.format("one", "a") + "type Query { x: Int }",
        b=sdl.format("two", "b") + "type Query { y: Int }",
        c=sdl.format("two", "b") + "type Query { z: Int }",
    ).merged.marks
    assert marks.description == "two"
    assert [print_ast(node) for node in marks.directives] == ['@tag(name: "a")', '@tag(name: "b")']


def test_labels_are_kept_by_source() -> None:
    sdl = 'type Query { x: Int @shareable @label(level: "secret", categories: ["health"]) }'
    labels = merged(a=sdl, b=sdl.replace("secret", "open")).merged.types["Query"].fields["x"].marks.labels
    assert [(source, label.level, sorted(label.categories)) for source, label in labels] == [
        ("a", "secret", ["health"]),
        ("b", "open", ["health"]),
    ]


def test_names_of_sources_become_legal_and_stay_apart() -> None:
    names = ["tax", "a-b", "a_b", "0x", "v_2", "V_2_"]
    graphs = merged(**dict.fromkeys(names, SHARED)).merged.graphs
    assert {name: graph.value for name, graph in graphs.items()} == {
        "0x": "_0X",
        "V_2_": "V_2__1",
        "a-b": "A_B_1",
        "a_b": "A_B_2",
        "tax": "TAX",
        "v_2": "V_2__2",
    }
