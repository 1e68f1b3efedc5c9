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
        (link(f'url: "{FEDERATION}/v2.3", import: ["@nope"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.3", import: ["key"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
        (link(f'url: "{FEDERATION}/v2.0", import: ["@composeDirective"]'), "INVALID_LINK_DIRECTIVE_USAGE"),
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
        (linked("type T { a: string }"), "write String"),
    ],
)
def test_what_is_unknown_is_told_with_the_way_to_know_it(sdl: str, remedy: str) -> None:
    (finding,) = findings_of(sdl)

    assert finding.code == "INVALID_GRAPHQL"
    assert remedy in finding.remedy


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
