"""What fields take from contexts is composed for gateways that carry it, and clients are not asked for it."""

from gateway.supergraph.composing import compose_sources
from gateway.supergraph.source.model import SourceText
from tests.supergraph.merge.sources import LINK, fields_of, hinted, told, written

PERSON = 'type Query { p: Person }\ntype Person @key(fields: "id") @context(name: "reader") { id: ID! language: String letter: Letter }'
LETTER = 'type Letter @key(fields: "id") { id: ID! text(in: String @fromContext(field: "$reader { language }") max: Int): String }'
LETTERS = f"{PERSON}\n{LETTER}"


def test_a_context_has_a_name_that_tells_whose_it_is() -> None:
    assert written("Person", letters=LETTERS) == [
        "type Person",
        '@join__type(graph: LETTERS, key: "id")',
        '@context(name: "letters__reader")',
        "id: ID!",
        "language: String",
        "letter: Letter",
    ]


def test_clients_do_not_give_what_a_source_takes_from_a_context() -> None:
    assert fields_of("Letter", letters=LETTERS) == [
        "id: ID!",
        'text(max: Int): String @join__field(graph: LETTERS, contextArguments: [{context: "letters__reader", name: "in",'
        ' type: "String", selection: " { language }"}])',
    ]


def test_each_source_keeps_its_own_context_of_the_same_name() -> None:
    mail = 'type Person @key(fields: "id") @context(name: "reader") { id: ID! post: Letter city: String } type Letter @key(fields: "id") { id: ID! stamp(city: String @fromContext(field: "$reader { city }")): Int }'
    assert written("Person", letters=LETTERS, mail=mail)[3:5] == [
        '@context(name: "letters__reader")',
        '@context(name: "mail__reader")',
    ]


def test_a_context_that_is_set_twice_is_written_once() -> None:
    sdl = 'type Query { t: T } type T @context(name: "c") { a: Int } extend type T @context(name: "c") @context(name: "d")'
    assert [line for line in written("T", a=sdl) if "@context" in line] == [
        '@context(name: "a__c")',
        '@context(name: "a__d")',
    ]


def test_unions_and_interfaces_set_contexts_too() -> None:
    sdl = 'type Query { u: U i: I } union U @context(name: "c") = T type T implements I { a: Int } interface I @context(name: "d") { a: Int }'
    assert '@context(name: "a__c")' in written("U", a=sdl)
    assert '@context(name: "a__d")' in written("I", a=sdl)


def test_the_specification_is_linked_and_defined_by_the_name_that_sources_give_it() -> None:
    link = (
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", '
        '{name: "@context", as: "@sets"}, {name: "@fromContext", as: "@takes"}])\n'
    )
    sdl = link + LETTERS.replace("@context", "@sets").replace("@fromContext", "@takes")
    composed = compose_sources([SourceText("letters", "", sdl)]).sdl
    assert (
        '@link(url: "https://specs.apollo.dev/context/v0.1", import: [{name: "@context", as: "@sets"}], for: SECURITY)'
        in composed
    )
    assert "directive @sets(name: String!) repeatable on INTERFACE | OBJECT | UNION" in composed
    assert (
        "directive @context__fromContext(field: context__ContextFieldValue) on ARGUMENT_DEFINITION"
        in composed
    )
    assert "scalar context__ContextFieldValue" in composed
    assert '@sets(name: "letters__reader")' in composed


def test_a_composed_schema_that_sets_no_context_does_not_link_them() -> None:
    assert "/context/" not in compose_sources([SourceText("a", "", f"{LINK}\ntype Query {{ a: Int }}")]).sdl


def test_another_source_may_do_without_the_argument() -> None:
    shared = LETTERS.replace("): String }", "): String @shareable }")
    other = 'type Letter @key(fields: "id") { id: ID! text(max: Int): String @shareable }'
    assert fields_of("Letter", letters=shared, other=other)[1].startswith(
        "text(max: Int): String @join__field("
    )
    assert hinted("INCONSISTENT_ARGUMENT_PRESENCE", letters=shared, other=other) == []


def test_who_never_gets_what_another_source_takes_from_a_context_is_told() -> None:
    shared = LETTERS.replace("): String }", "): String @shareable }")
    other = 'type Letter @key(fields: "id") { id: ID! text(in: String, max: Int): String @shareable }'
    assert hinted("CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS", letters=shared, other=other) == [
        "other:2:47 Letter.text(in:) is taken from a context elsewhere, so that clients do not see it, and other (Bureau"
        " OTHER) at other:2:47 never gets it; take it from a context there too, or out"
    ]


def test_an_enum_that_only_contexts_pass_on_is_not_one_that_clients_send() -> None:
    sdl = LETTERS.replace("String", "Language")
    assert (
        told(
            letters=f"{sdl} enum Language {{ ZH EN }}",
            mail="enum Language { ZH FR }",
        )
        == []
    )


def test_a_field_that_has_moved_is_still_needed_where_a_context_takes_it() -> None:
    mover = 'type Person @key(fields: "id") { id: ID! language: String @override(from: "letters") }'
    assert fields_of("Person", letters=LETTERS, mover=mover)[2] == (
        'language: String @join__field(graph: LETTERS, usedOverridden: true) @join__field(graph: MOVER, override: "letters")'
    )
