"""A schema's links say which specifications it follows; one that says it wrongly is told."""

import pytest

from gateway.supergraph.source.specification import NEWEST, federation_directives
from tests.supergraph.source.reading import findings_of, linked, read, told

FEDERATION = "https://specs.apollo.dev/federation"


def link(arguments: str) -> str:
    return f"extend schema @link({arguments})\ntype Query {{ a: Int }}"


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (link(f'url: "{FEDERATION}/v2.99"'), "UNKNOWN_FEDERATION_LINK_VERSION"),
        (link(f'url: "{FEDERATION}/v3.0"'), "UNKNOWN_FEDERATION_LINK_VERSION"),
        (link(f'url: "{FEDERATION}/v1.0"'), "UNKNOWN_FEDERATION_LINK_VERSION"),
        (link('url: "https://specs.apollo.dev/link/v2.0"'), "UNKNOWN_LINK_VERSION"),
        (link(f'url: "{FEDERATION}"'), "INVALID_LINK_IDENTIFIER"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "mine"'), "INVALID_LINK_IDENTIFIER"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "https://example.org/mine/v1.x"'), "INVALID_LINK_IDENTIFIER"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "https://example.org/v1.0"'), "INVALID_LINK_IDENTIFIER"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "https://[example/mine/v1.0"'), "INVALID_LINK_IDENTIFIER"),
        (link('url: "https://specs.apollo.dev/connect/v0.1", import: ["@source"]'), "UNSUPPORTED_FEATURE"),
        (link(f'url: "{FEDERATION}/v2.3", import: ["@nope"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: ["key"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.0", import: ["@composeDirective"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link('url: "https://specs.apollo.dev/cost/v0.1", import: ["@tag"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: [1]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: [{{as: "@key"}}]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: [{{name: "@key", to: "@k"}}]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: [{{name: "@key", as: "k"}}]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link('url: "https://example.org/x/v1.0", as: "a__b"'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link('url: "https://example.org/x/v1.0", as: "a b"'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link('url: "https://example.org/x/v1.0", for: FUN'), "INVALID_GRAPHQL"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "{FEDERATION}/v2.4", as: "other"'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3") @link(url: "https://example.org/federation/v1.0"'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: ["@key"]) @link(url: "https://example.org/x/v1.0", import: ["@key"]'),
         "INVALID_LINK_DIRECTIVE_USAGE"),
    ],
)  # fmt: skip
def test_a_wrong_link_is_told(sdl: str, expected: str) -> None:
    assert [line.split()[0] for line in told(sdl)] == [expected]


MINE = "https://example.org/mine/v1.0"
GUARD = "https://specs.apollo.dev/authenticated/v0.1"
CLASHES = {
    "an import that another specification's name means": (
        'import: [{name: "@key", as: "@mine"}]',
        f'"{MINE}"',
    ),
    "an import that may be another specification's": (
        'import: [{name: "@key", as: "@mine__key"}]',
        f'"{MINE}"',
    ),
    "a type that may be another specification's": (
        'import: [{name: "FieldSet", as: "mine__Set"}]',
        f'"{MINE}"',
    ),
    "a directive of the federation, and its own specification": ('import: ["@authenticated"]', f'"{GUARD}"'),
    "one name for two elements": ('import: ["@key", {name: "@tag", as: "@key"}]', None),
    "two names for one element": ('import: ["@key", {name: "@key", as: "@id"}]', None),
    "the full name of another element": ('import: [{name: "@tag", as: "@federation__key"}]', None),
    "the name of the specification": ('import: [{name: "@tag", as: "@federation"}]', None),
    "the name of @link": ('import: [{name: "@tag", as: "@link"}]', None),
    "a name that is the link specification's": ('import: [{name: "@tag", as: "@link__tag"}]', None),
    "a name with two underscores": ('as: "a__b"', None),
    "a name with an underscore at its end": ('as: "a_"', None),
    "a name after which nothing can be called": ('as: "a-b"', None),
}


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("clash", CLASHES)
def test_a_name_that_may_mean_two_things_is_told(clash: str, first: bool) -> None:
    imports, other = CLASHES[clash]
    links = [f'@link(url: "{FEDERATION}/v2.5", {imports})']
    if other is not None:
        links.append(f"@link(url: {other})")
    sdl = f"extend schema {' '.join(links if first else links[::-1])}\ntype Query {{ a: Int }}"
    assert [line.split()[0] for line in told(sdl)] == ["INVALID_LINK_DIRECTIVE_USAGE"]


@pytest.mark.parametrize("minor", range(NEWEST[1] + 1))
def test_every_version_knows_its_directives(minor: int) -> None:
    imports = ", ".join(f'"@{name}"' for name in federation_directives((2, minor)))

    assert read(linked("type Query { a: Int }", f"v2.{minor}", imports)).federation == (2, minor)


def test_a_specification_that_is_not_known_may_be_linked() -> None:
    schema = read(link('url: "https://example.org/x/v1.0", import: ["@a", {name: "@b", as: "@c"}]'))

    assert schema.federation == (1, 0)
    assert (schema.links[0].version, schema.links[0].namespace) == ("v1.0", "x")
    assert schema.links[0].imports == {"@a": "@a", "@b": "@c"}


@pytest.mark.parametrize(
    ("sdl", "remedy"),
    [
        (linked("type T @shareable { a: Int }", imports=""), '"@shareable" to the `import`'),
        ("type T @shareable { a: Int }", "extend schema @link("),
        (linked("type T @interfaceObject { a: Int }", "v2.1"), "link federation v2.3 or newer"),
        (linked("type T @nobody { a: Int }"), "define it, or correct its name"),
        (linked("type T @sharaeble { a: Int }"), "write @shareable, or define it"),
        (linked("type T { a: string }"), "write String, or define the type"),
        (linked("type Person { a: Int } type T { a: Persn }"), "write Person, or define the type"),
        (linked("type Person { a: Int } type T { a: Parcel }"), "define the type, or correct its name"),
    ],
)
def test_what_is_unknown_is_told_with_the_way_to_know_it(sdl: str, remedy: str) -> None:
    (finding,) = findings_of(sdl)

    assert finding.code == "INVALID_GRAPHQL"
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    "links",
    [
        'import: ["@key", "@key"]',
        'import: [{name: "@tag", as: "@federation__tag"}]',
        'import: [{name: "@tag", as: "@other__tag"}, {name: "@key", as: "@_key"}]',
        f'import: ["@key"]) @link(url: "{MINE}", import: ["@mine"]',
        f'import: ["@key"]) @link(url: "{MINE}", as: "_other", import: [{{name: "@mine", as: "@_other"}}]',
        f'import: ["@key"]) @link(url: "{MINE}", as: "m.n"',
        'import: ["@key"]) @link(url: "https://example.org/my-spec/v1.0"',
        'import: ["@key"]) @link(url: "https://specs.apollo.dev/tag/v0.3"',
        'import: ["@key"]) @link(url: "https://specs.apollo.dev/tag/v0.3", as: "federation__tag"',
        'import: [{name: "@tag", as: "@mark"}]) @link(url: "https://specs.apollo.dev/tag/v0.3"',
    ],
)
def test_names_that_mean_one_thing_pass(links: str) -> None:
    assert told(f'extend schema @link(url: "{FEDERATION}/v2.5", {links})\ntype Query {{ a: Int }}') == []


def test_a_directive_that_the_federation_has_too_is_linked_once() -> None:
    (finding,) = findings_of(
        f'extend schema @link(url: "{FEDERATION}/v2.5", import: ["@authenticated"]) @link(url: "{GUARD}")\n'
        "type Query { a: Int }"
    )
    assert finding.remedy == (
        f"take the link to https://specs.apollo.dev/authenticated out, and import what it defines from {FEDERATION}"
    )


@pytest.mark.parametrize(
    "other",
    [
        '"https://specs.apollo.dev/inaccessible/v0.2"',
        f'"{MINE}", import: ["@key"]',
        f'"{MINE}", import: [{{name: "@mark", as: "@federation__mark"}}]',
        '"https://example.org/federation/v1.0"',
    ],
)
def test_names_of_the_federation_are_taken_in_federation_1_too(other: str) -> None:
    sdl = f'extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: {other})\ntype Query {{ a: Int }}'
    assert [line.split()[0] for line in told(sdl)] == ["INVALID_LINK_DIRECTIVE_USAGE"]


IMPORTED = 'type T @federation__key(fields: "id") { id: ID! }'
DEFINED = "directive @federation__key(fields: String) on OBJECT\n"


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked(IMPORTED), ("INVALID_GRAPHQL", "write @key, as it is imported")),
        (linked(IMPORTED, imports='{name: "@key", as: "@id"}'), ("INVALID_GRAPHQL", "write @id, as it is imported")),
        (linked("directive @d(a: federation__FieldSet) on OBJECT", imports='"FieldSet"'),
         ("INVALID_GRAPHQL", "write FieldSet")),
        (linked(DEFINED + IMPORTED),
         ("INVALID_LINK_DIRECTIVE_USAGE", "write @key in its place, and leave the definition out")),
        (linked("scalar federation__FieldSet\ndirective @d(a: federation__FieldSet) on OBJECT", imports='"FieldSet"'),
         ("INVALID_LINK_DIRECTIVE_USAGE", "write FieldSet in its place, and leave the definition out")),
    ],
)  # fmt: skip
def test_what_is_imported_is_not_called_by_its_full_name(sdl: str, expected: tuple[str, str]) -> None:
    (finding,) = findings_of(sdl)

    assert (finding.code, finding.remedy) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T @federation__key(fields: "id") { id: ID! }', imports='"@tag"'),
        linked(DEFINED + 'type T @key(fields: "id") { id: ID! }'),
        linked(f"scalar federation__FieldSet\n{DEFINED.replace('String', 'federation__FieldSet')}"
               'type T @key(fields: "id") { id: ID! }', imports='"@key", "FieldSet"'),
    ],
)  # fmt: skip
def test_a_full_name_is_for_what_is_not_imported(sdl: str) -> None:
    assert told(sdl) == []


def test_the_types_of_a_specification_follow_its_name() -> None:
    schema = read(
        'extend schema @at(url: "https://specs.apollo.dev/link/v1.0", as: "at")'
        f' @at(url: "{FEDERATION}/v2.0", import: ["@key"])\n'
        "directive @at(url: String!, as: String, import: [at__Import]) repeatable on SCHEMA\n"
        'scalar at__Import\ntype T @key(fields: "id") { id: ID! }'
    )

    assert schema.federation == (2, 0)
    assert list(schema.types) == ["T"]


def test_a_url_that_says_nothing_is_no_matter_in_federation_1() -> None:
    assert read(link('url: "mine"')).federation == (1, 0)
