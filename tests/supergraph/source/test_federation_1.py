"""Sources written for Federation 1 take part unchanged."""

import pytest

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema, SourceText
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.source.reading import linked

OWNER = (
    'type Query { t: T }\ntype T @key(fields: "id") { id: ID! x: Int y: Int o: O }\ntype O { q: Int w: Int }'
)


def upgraded(*sources: str) -> list[SourceSchema]:
    findings: list[Finding] = []
    schemas = read_sources([SourceText(f"s{i}", "", sdl) for i, sdl in enumerate(sources)], findings, [])
    assert not findings, [str(finding) for finding in findings]
    return schemas


def external(schema: SourceSchema, type_name: str = "T") -> list[str]:
    return [name for name, field in schema.types[type_name].fields.items() if field.external is not None]


@pytest.mark.parametrize(
    "extension",
    [
        'extend type T @key(fields: "id") { id: ID! @external z: Int }',
        'type T @extends @key(fields: "id") { id: ID! @external z: Int }',
        "extend type T { id: ID! @external z: Int }",
    ],
)
def test_an_extension_resolves_its_key_fields(extension: str) -> None:
    _, other = upgraded(OWNER, extension)

    assert external(other) == []
    assert list(other.types["T"].fields) == ["id", "z"]


def test_a_key_field_that_a_definition_marks_external_stays_external() -> None:
    _, other = upgraded(OWNER, 'type T @key(fields: "id") { id: ID! @external z: Int }')

    assert external(other) == ["id"]


def test_the_same_holds_for_extensions_in_federation_2() -> None:
    _, other = upgraded(OWNER, linked('extend type T @key(fields: "id o { q }") { id: ID! @external o: O @external }\n'
                                      "extend type O { q: Int @external }"))  # fmt: skip

    assert external(other) == external(other, "O") == []


def test_externals_that_nothing_uses_go() -> None:
    _, other = upgraded(
        OWNER,
        'extend type T @key(fields: "id") { id: ID! @external x: Int @external y: Int @external z: Int @requires(fields: "x") }',
    )

    assert list(other.types["T"].fields) == ["id", "x", "z"]
    assert external(other) == ["x"]


@pytest.mark.parametrize("root", ["Mutation", "Subscription"])
def test_a_root_type_of_which_nothing_is_left_is_told(root: str) -> None:
    findings: list[Finding] = []
    read_sources(
        [SourceText("a", "", f"type Query {{ q: Int }}\ntype {root} {{ v: Int @external }}")], findings, []
    )

    assert [(finding.code, finding.line) for finding in findings] == [("TYPE_WITH_ONLY_UNUSED_EXTERNAL", 2)]


def test_a_type_of_which_nothing_is_left_is_told() -> None:
    findings: list[Finding] = []
    sources = [
        SourceText("a", "", OWNER),
        SourceText("b", "", "type Query { q: O }\nextend type O { q: Int @external }"),
    ]
    read_sources(sources, findings, [])

    assert [(finding.code, finding.file, finding.line) for finding in findings] == [
        ("TYPE_WITH_ONLY_UNUSED_EXTERNAL", "b", 2)
    ]


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("x", "x"),
        ("id x", "x"),
        ("id", None),
        ("x o { q w }", "x o { q }"),
        ("o { q }", "o { q }"),
    ],
)
def test_what_the_source_resolves_itself_need_not_be_provided(fields: str, left: str | None) -> None:
    _, other = upgraded(
        OWNER,
        f'extend type Query {{ u: T @provides(fields: "{fields}") all: T @provides(fields: "x o {{ q }}") }}\n'
        'extend type T @key(fields: "id") { id: ID! @external x: Int @external o: O }\n'
        "type O { q: Int @external w: Int }",
    )
    provides = other.types["Query"].fields["u"].provides

    assert (" ".join(provides.text.split()) if provides else None) == left


def test_what_the_source_resolves_itself_need_not_be_required() -> None:
    _, other = upgraded(
        OWNER,
        'extend type T @key(fields: "id") { id: ID! @external x: Int @external'
        ' z: Int @requires(fields: "id x") n: Int @requires(fields: "id") }',
    )
    fields = other.types["T"].fields

    assert fields["z"].requires is not None and fields["z"].requires.text == "x"
    assert fields["n"].requires is None


def test_fields_of_several_sources_are_shared() -> None:
    one, other = upgraded(
        "type Query { v: V }\ntype V { x: Int y: Int }\ntype Subscription { s: Int }",
        "type Query { v: V w: V }\ntype V { x: Int }\ntype Subscription { s: Int }",
    )

    assert [name for name, field in one.types["V"].fields.items() if field.shareable] == ["x"]
    assert [name for name, field in other.types["Query"].fields.items() if field.shareable] == ["v"]
    assert not one.types["Subscription"].fields["s"].shareable


def test_a_source_of_federation_2_shares_what_it_says() -> None:
    one, other = upgraded(
        "type Query { v: V }\ntype V { x: Int }", linked("type Query { w: V }\ntype V { x: Int }")
    )

    assert one.types["V"].fields["x"].shareable
    assert not other.types["V"].fields["x"].shareable


def test_a_definition_that_is_called_an_extension_is_one_to_itself_and_a_base_to_others() -> None:
    one, other = upgraded(
        'type Query { t: T }\ntype T @extends @key(fields: "id") { id: ID! @external x: Int }',
        'type T @extends @key(fields: "id") { id: ID! @external y: Int }',
    )

    assert external(one) == external(other) == []


def test_an_extension_without_a_key_resolves_the_first_keys_of_the_others() -> None:
    *_, third = upgraded(
        'type Query { t: T }\ntype T @key(fields: "id") @key(fields: "no") { id: ID! no: ID! }',
        'type T @key(fields: "nr") { nr: ID! }',
        'extend type T { id: ID! @external no: ID! @external nr: ID! @external z: Int @requires(fields: "no") }',
    )

    assert external(third) == ["no"]


def test_an_extension_resolves_the_fields_of_its_keys_however_deep() -> None:
    _, other = upgraded(
        'type Query { t: T }\ntype T @key(fields: "t { id }") { t: T id: ID! }',
        'extend type T @key(fields: "t { id }") { t: T @external id: ID! @external z: Int }',
    )

    assert external(other) == []


@pytest.mark.parametrize("fields", ['"n"', '"{{{"', "3"])
def test_what_fields_of_an_interface_require_and_provide_means_nothing(fields: str) -> None:
    (schema,) = upgraded(
        f"type Query {{ i: I }}\ninterface I {{ t: T @provides(fields: {fields}) m: Int @requires(fields: {fields}) }}\n"
        'type T implements I @key(fields: "id") { id: ID! t: T m: Int x: Int @external }'
    )

    assert [(field.requires, field.provides) for field in schema.types["I"].fields.values()] == [
        (None, None)
    ] * 2


def test_what_means_nothing_in_federation_1_is_dropped() -> None:
    (schema,) = upgraded(
        'interface I @key(fields: "id") { id: ID! @external }\n'
        'type Query { n: Int @provides(fields: "x") t: [T] }\n'
        'type T @external @key(fields: ["id", "x"]) @key(fields: id) { id: ID! x: Int }'
    )

    assert not schema.types["I"].keys
    assert external(schema, "I") == external(schema) == []
    assert schema.types["Query"].fields["n"].provides is None
    assert [key.fields.text for key in schema.types["T"].keys] == ["id x", "id"]


def test_an_external_field_loses_the_tags_that_its_owner_gives_it() -> None:
    _, other = upgraded(
        'type Query { t: T }\ntype T @key(fields: "id") { id: ID! x: Int @tag(name: "a") }',
        'extend type T @key(fields: "id") { id: ID! @external x: Int @external @tag(name: "a") @tag(name: "b")'
        ' z: Int @requires(fields: "x") }',
    )

    assert other.types["T"].fields["x"].marks.tags == ("b",)


def test_a_type_that_nothing_refers_to_goes_with_its_externals() -> None:
    _, other = upgraded(OWNER, "type Query { u: Int }\nextend type T { x: Int @external }")

    assert list(other.types) == ["Query"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["type Query { a: Int }", 'extend type T @key(fields: "id") { id: ID! @external z: Int }'],
         ["EXTENSION_WITH_NO_BASE s1 1"]),
        (['type Query { t: T }\ntype T @extends @key(fields: "id") { id: ID! }'], ["EXTENSION_WITH_NO_BASE s0 2"]),
        (['type Query { t: T }\nextend type T { id: ID! }', "extend type T { id: ID! }"],
         ["EXTENSION_WITH_NO_BASE s0 2", "EXTENSION_WITH_NO_BASE s1 1"]),
        (['type Query { t: T }\ntype T @extends { id: ID! }', "extend type T { id: ID! }"],
         ["EXTENSION_WITH_NO_BASE s0 2"]),
        (["type Query { i: I }\ninterface I @key(fields: \"id\") { id: ID! }\ntype T implements I { id: ID! }",
          linked('type I @interfaceObject @key(fields: "id") { id: ID! a: Int }', "v2.3", '"@key", "@interfaceObject"')],
         ["INTERFACE_OBJECT_USAGE_ERROR s1 2"]),
    ],
)  # fmt: skip
def test_what_sources_of_two_versions_cannot_give_each_other_is_told(
    sources: list[str], expected: list[str]
) -> None:
    findings: list[Finding] = []
    read_sources([SourceText(f"s{i}", "", sdl) for i, sdl in enumerate(sources)], findings, [])

    assert [f"{finding.code} {finding.file} {finding.line}" for finding in findings] == expected
