"""`huitong serve --supergraph FILE --open`: what it takes, and what it says when it cannot."""

from pathlib import Path
from typing import Any  # what a command ended with

import pytest

SUPERGRAPH = """
schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
directive @join__field(
  graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean
) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(
  graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true
) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
enum join__Graph {
  BOOKS @join__graph(name: "books", url: "URL")
}
type Query @join__type(graph: BOOKS) { book: Book }
type Book @join__type(graph: BOOKS) { id: ID! }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "supergraph.graphql"


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        ("--supergraph FILE", "--supergraph needs --open"),
        ("--open", "--open needs --supergraph FILE"),
        ("--supergraph FILE --open --dev", "--supergraph goes without --dev"),
        ("--supergraph FILE --open --config gateway.yaml", "--supergraph goes without --config"),
    ],
)
def test_halves_of_an_open_deployment_are_wrong_usage(
    huitong: Any, file: Path, arguments: str, remedy: str
) -> None:
    ended = huitong("serve", *arguments.replace("FILE", str(file)).split())
    assert ended.status == 64
    assert ended.line.startswith("USAGE ")
    assert remedy in ended.line


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "the file cannot be read"),
        (b"\xff\xfe", "the file is not UTF-8 text"),
        (b"# " + b"x" * 20_000_001, "the file is larger than"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_with_a_remedy(
    huitong: Any, file: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        file.write_bytes(content)
    ended = huitong("serve", "--supergraph", file, "--open", "--port", "0")
    assert ended.status == 1
    assert ended.line.startswith(f"SUPERGRAPH_INVALID {file}")
    assert says in ended.line
    assert "; " in ended.line


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "is no HTTP address"),
        ("ftp://books.example/", "is no HTTP address"),
        ("https://", "is no HTTP address"),
        ("https://books.example:port/", "is no HTTP address"),
        ("https://me:secret-word@books.example/", "holds credentials"),
        ("http://books.example/?token=secret-word", "is not encrypted"),
        ("http://localhost.books.example/", "is not encrypted"),
    ],
)
def test_a_source_is_asked_only_at_a_fit_address_and_none_is_printed(
    huitong: Any, file: Path, url: str, says: str
) -> None:
    file.write_text(SUPERGRAPH.replace("URL", url))
    ended = huitong("serve", "--supergraph", file, "--open", "--port", "0")
    assert ended.status == 1
    assert ended.line.startswith(f"SOURCE_ADDRESS {file} the address of books {says}; ")
    assert "secret-word" not in ended.err


@pytest.mark.parametrize(
    ("form", "says"), [("text", "books: the root"), ("mermaid", "flowchart")], ids=["text", "mermaid"]
)
def test_a_plan_is_shown_wherever_the_sources_answer(huitong: Any, file: Path, form: str, says: str) -> None:
    file.write_text(SUPERGRAPH.replace("URL", ""))
    ended = huitong("plan", "--supergraph", file, "--format", form, "{ book { id } }")
    assert (ended.status, ended.err) == (0, "")
    assert says in ended.out


def test_a_query_that_does_not_fit_is_told(huitong: Any, file: Path) -> None:
    file.write_text(SUPERGRAPH)
    ended = huitong("plan", "--supergraph", file, "{ film { id } }")
    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith("GRAPHQL_VALIDATION_FAILED ")


def test_the_public_schema_is_printed_without_what_composition_added(huitong: Any, file: Path) -> None:
    file.write_text(SUPERGRAPH)
    ended = huitong("schema", "print", "--supergraph", file)
    assert (ended.status, ended.err) == (0, "")
    assert "type Book {\n  id: ID!\n}" in ended.out
    assert "join__" not in ended.out
    assert "@link" not in ended.out


@pytest.mark.parametrize(
    "arguments",
    ["plan {x} --supergraph FILE --as clerk", "plan {x} --supergraph FILE --purpose open",
     "plan {x} --supergraph FILE --config gateway.yaml", "schema print --supergraph FILE --config gateway.yaml",
     "plan {x} --supergraph FILE --format svg"],
)  # fmt: skip
def test_what_belongs_to_a_policy_is_wrong_usage_beside_a_supergraph(
    huitong: Any, file: Path, arguments: str
) -> None:
    ended = huitong(*arguments.replace("FILE", str(file)).split())
    assert ended.status == 64
    assert ended.line.startswith("USAGE ")
