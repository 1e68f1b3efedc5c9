"""What composes, what does not, and what departments are told."""

import pytest
from graphql import parse

from gateway.errors import ConfigurationError
from gateway.supergraph.model import Kind, ProgressiveOverride, Supergraph, TypeInSource
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.unified import compose

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external"])\n'
BASE = LINK + 'type A @key(fields: "id") { id: ID! name: String }'


def composed(*sdl: str, record: dict[str, str] | None = None, unified: str = "") -> Supergraph:
    sources = [SourceText(f"s{number}", f"部门{number}", text) for number, text in enumerate(sdl)]
    return compose(sources, unified, record or {"A": "s0"})


UNIFIED = 'type A @key(fields: "id") { id: ID! name: String tags: [String] } enum E { X }'
REFUSED = {
    "text that does not parse": ([LINK + "type A {"], "INVALID_GRAPHQL"),
    "a unified type of another kind": ([BASE, LINK + "type E { id: ID }"], "TYPE_KIND_MISMATCH"),
    "a unified field of another type": (
        [LINK + 'type A @key(fields: "id") { id: ID! name: Int }'],
        "FIELD_TYPE_MISMATCH",
    ),
    "a unified list that is none": (
        [LINK + 'type A @key(fields: "id") { id: ID! tags: String }'],
        "FIELD_TYPE_MISMATCH",
    ),
    "what composition refuses": ([BASE, BASE], "INVALID_FIELD_SHARING"),
    "a field that cannot be reached": (
        [
            LINK + 'type A @key(fields: "id") { id: ID! b: B } type B { id: ID! @shareable }',
            LINK + 'type B @key(fields: "code") { code: ID! more: Int }',
        ],
        "SATISFIABILITY_ERROR",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_compose_is_refused_with_its_code(case: str) -> None:
    sdl, code = REFUSED[case]
    with pytest.raises(ConfigurationError) as refused:
        composed(*sdl, unified=UNIFIED)
    assert code in {finding.code for finding in refused.value.findings}, str(refused.value)
    assert all(finding.remedy for finding in refused.value.findings)


def test_a_field_that_moves_by_a_label_moves_under_the_unified_types_too() -> None:
    link = LINK.replace("v2.3", "v2.9").replace('"@key"', '"@key", "@override"')
    new = (
        link + 'type A @key(fields: "id") { id: ID! name: String @override(from: "s0", label: "percent(5)") }'
    )
    name = composed(BASE, new).field("A", "name")
    assert name.moves == (ProgressiveOverride("percent(5)", "s0", "s1"),)
    assert (name.resolvers, sorted(name.ever_resolvers)) == (("s0",), ["s0", "s1"])


def test_all_findings_come_at_once_and_name_the_places() -> None:
    with pytest.raises(ConfigurationError) as refused:
        composed(
            LINK + 'type A @key(fields: "id") {\n id: ID!\n name: Int }',
            LINK + 'type A @key(fields: "id") {\n id: ID!\n tags: Int }',
            unified=UNIFIED,
            record={"A": "nobody"},
        )
    told = str(refused.value)
    assert "s0:4:2" in told and "s1:4:2" in told and "RECORD_WITHOUT_KEY" in told


def test_an_unreachable_field_is_shown_with_an_operation_that_asks_for_it() -> None:
    sdl, _ = REFUSED["a field that cannot be reached"]
    with pytest.raises(ConfigurationError) as refused:
        composed(*sdl)
    message = refused.value.findings[0].message
    operation = next(part for part in message.split("`") if part.startswith(("{", "query")))
    parse(operation)
    assert "b" in operation and "more" in str(refused.value)


def test_sharing_other_than_unconditional_waits_for_grants() -> None:
    source = SourceText("s0", "部门", BASE, sharing="conditional")
    with pytest.raises(ConfigurationError, match="SHARING_UNSUPPORTED"):
        compose([source], record={"A": "s0"})


def test_contexts_are_composed_for_others_and_not_served() -> None:
    sdl = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])
    type A @key(fields: "id") @context(name: "c") { id: ID! n: Int b: B }
    type B @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int }"""
    with pytest.raises(ConfigurationError) as refused:
        compose([SourceText("s0", "部门", sdl)], record={"A": "s0"})
    assert [(finding.code, finding.line) for finding in refused.value.findings] == [
        ("UNSUPPORTED_FEATURE", 2),
        ("UNSUPPORTED_FEATURE", 3),
    ]


@pytest.mark.parametrize(
    ("record", "code"),
    [({"Nobody": "s0"}, "RECORD_UNKNOWN_TYPE"), ({"A": "s9"}, "RECORD_WITHOUT_KEY"), ({}, "NO_QUERIES")],
)
def test_a_source_of_record_must_find_its_type_by_a_key(record: dict[str, str], code: str) -> None:
    with pytest.raises(ConfigurationError, match=code):
        compose([SourceText("s0", "部门", BASE)], record=record)


@pytest.mark.parametrize(
    "found", ['type T @key(fields: "ids") { ids: [ID!]! }', 'type T @key(fields: "a b") { a: ID! b: ID! }']
)
def test_a_lookup_takes_one_plain_value(found: str) -> None:
    with pytest.raises(
        ConfigurationError, match=r"RECORD_WITHOUT_KEY `record` names s0 for T, .*; let a source"
    ):
        composed(f"{BASE} {found}", record={"A": "s0", "T": "s0"})


def test_root_types_are_no_types_of_record() -> None:
    with pytest.raises(ConfigurationError, match="RECORD_WITHOUT_KEY `record` names s0 for Query, "):
        composed(BASE + ' type Query @key(fields: "x") { x: ID }', record={"A": "s0", "Query": "s0"})


def test_two_sources_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="INVALID_SUBGRAPH_NAME"):
        compose([SourceText("s0", "a", BASE), SourceText("s0", "b", BASE)], record={"A": "s0"})


def test_everything_that_leaves_is_nullable_and_a_record_makes_a_lookup() -> None:
    sdl = composed(LINK + 'type A @key(fields: "id") { id: ID! tags: [String!]! }').sdl
    assert "a(id: ID!): A" in sdl
    assert "tags: [String]" in sdl and "id: ID\n" in sdl


def test_directives_are_known_by_their_link_under_any_name() -> None:
    sdl = (
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", as: "f", '
        'import: [{name: "@key", as: "@primary"}])\n'
        'type A @primary(fields: "id") { id: ID! name: String @f__shareable }'
    )
    graph = composed(sdl, BASE.replace("name: String", "name: String @shareable"))
    assert graph.types["A"].keys.keys() == {"s0", "s1"}


def test_unified_types_label_and_describe_and_what_nobody_supplies_is_a_hint() -> None:
    unified = (
        'type A @key(fields: "id") { id: ID! "名称 / Name" name: String '
        '@label(level: "internal", categories: ["personal"]) age: Int } type Z { z: Int }'
    )
    graph = composed(BASE, unified=unified)
    assert '@label(level: "internal", categories: ["personal"])' in graph.sdl
    assert "名称 / Name" in graph.sdl and "age" not in graph.sdl
    assert any("A.age" in hint for hint in graph.hints) and any("type Z" in hint for hint in graph.hints)


@pytest.mark.parametrize(
    ("sources", "unified"),
    [
        pytest.param(
            [BASE.replace("String", 'String @label(level: "high")'),
             LINK.replace("v2.3", "v2.9").replace("@shareable", "@override")
             + 'type A @key(fields: "id") { id: ID! name: String @override(from: "s0") }'],
            "", id="a source from which the field moved away",
        ),
        pytest.param(
            [BASE, LINK.replace("@shareable", "@requires") + 'type A @key(fields: "id") { id: ID! '
             'name: String @external @label(level: "high") more: Int @requires(fields: "name") }'],
            "", id="a source that has the field from elsewhere",
        ),
        pytest.param(
            [BASE],
            'interface N { name: String @label(level: "high") } '
            'type A implements N @key(fields: "id") { id: ID! name: String @label(level: "low") }',
            id="an interface of the unified types that no source supplies",
        ),
    ],
)  # fmt: skip
def test_no_label_is_lost_whoever_gave_it(sources: list[str], unified: str) -> None:
    labels = composed(*sources, unified=unified).field("A", "name").labels
    assert "high" in {label.level for label in labels}


def test_root_fields_of_sources_and_unreachable_types_are_left_out_with_a_hint() -> None:
    graph = composed(
        BASE
        + " type Query { all: [A] _service: _Service } type _Service { sdl: String } type Lost { x: Int }"
    )
    assert "all" not in graph.sdl and "Lost" not in graph.sdl
    assert any("root field all" in hint for hint in graph.hints)
    assert any("Lost" in hint for hint in graph.hints)


def test_arguments_interfaces_inputs_and_defaults_are_kept() -> None:
    sdl = LINK + (
        'type A implements Named @key(fields: "id") { id: ID! name(how: How = {short: true}): String '
        '@deprecated(reason: "old") } interface Named { id: ID! } input How { short: Boolean = false }'
    )
    graph = composed(sdl)
    assert "name(how: How = {" in graph.sdl and 'reason: "old"' in graph.sdl
    assert graph.types["Named"].possible == {"A"}


def test_each_source_says_which_types_it_has_and_what_they_can_be() -> None:
    shared = BASE.replace("name: String", "name: String @shareable")
    graph = composed(
        shared.replace("type A", "type A implements N")
        + " interface N { id: ID! } type Lost implements N { id: ID! }",
        shared.replace("name", "u: U name") + " type B { x: Int } union U = A | B",
    )
    said = {name: known.sources for name, known in graph.types.items()}
    assert {name: sorted(sources) for name, sources in said.items()} == {
        "A": ["s0", "s1"], "B": ["s1"], "N": ["s0"], "U": ["s1"],
    }  # fmt: skip
    assert said["N"]["s0"] == TypeInSource(Kind.INTERFACE, frozenset({"A"}))
    assert said["U"]["s1"] == TypeInSource(Kind.UNION, frozenset({"A", "B"}))
    assert said["A"]["s0"] == TypeInSource(Kind.OBJECT, frozenset({"A"}), interfaces=("N",))
