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
        ("--override-label night", "--override-label needs --supergraph FILE"),
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


MOVING = """
enum join__Graph { OLD @join__graph(name: "old", url: "") NEW @join__graph(name: "new", url: "") }
type Query @join__type(graph: OLD) @join__type(graph: NEW) {
  fee: Int @join__field(graph: OLD, overrideLabel: "percent(5)")
    @join__field(graph: NEW, override: "old", overrideLabel: "percent(5)")
  rate: Int @join__field(graph: OLD, overrideLabel: "night")
    @join__field(graph: NEW, override: "old", overrideLabel: "night")
}
"""


@pytest.fixture
def moving(file: Path) -> Path:
    file.write_text(SUPERGRAPH.partition("enum join__Graph")[0] + MOVING)
    return file


@pytest.mark.parametrize(
    ("labels", "asked"),
    [
        ([], {"old: the root": "{ fee rate }"}),
        (["night"], {"old: the root": "{ fee }", "new: the root": "{ rate }"}),
        (["percent(5)"], {"old: the root": "{ rate }", "new: the root": "{ fee }"}),
        (["night", "percent(5)"], {"new: the root": "{ fee rate }"}),
    ],
)
def test_a_plan_is_that_of_the_labels_that_are_named(
    huitong: Any, moving: Path, labels: list[str], asked: dict[str, str]
) -> None:
    named = [word for label in labels for word in ("--override-label", label)]
    ended = huitong("plan", "--supergraph", moving, *named, "{ fee rate }")
    assert (ended.status, ended.err) == (0, "")
    lines = [line.strip("│├└─ #0123456789") for line in ended.out.splitlines()[1:]]
    assert dict(zip(lines[::2], lines[1::2], strict=True)) == asked


def test_a_plan_for_a_label_by_which_nothing_moves_is_refused(huitong: Any, moving: Path, file: Path) -> None:
    ended = huitong("plan", "--supergraph", moving, "--override-label", "day", "{ fee }")
    assert (ended.status, ended.out) == (1, "")
    assert ended.line == (
        "OVERRIDE_LABEL_UNKNOWN no field moves by the label 'day'; the labels are night, percent(5)"
    )


def test_labels_of_a_plan_with_settings_are_wrong_usage(huitong: Any) -> None:
    ended = huitong("plan", "--override-label", "night", "{ x }")
    assert ended.status == 64
    assert "--override-label needs --supergraph FILE" in ended.line


def test_a_query_that_does_not_fit_is_told(huitong: Any, file: Path) -> None:
    file.write_text(SUPERGRAPH)
    ended = huitong("plan", "--supergraph", file, "{ film { id } }")
    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith("GRAPHQL_VALIDATION_FAILED ")


def test_what_a_supergraph_promises_in_vain_is_told(huitong: Any, file: Path) -> None:
    lost = "\ntype Lost @join__type(graph: BOOKS) { x: Int @join__field(graph: BOOKS, external: true) }\n"
    file.write_text(SUPERGRAPH.replace("book: Book", "book: Book lost: Lost") + lost)
    ended = huitong("plan", "--supergraph", file, "{ book { id } lost { here: x } }")
    assert (ended.status, ended.out) == (1, "")
    assert (
        ended.line == "UNANSWERABLE No source can answer Lost.x at lost.here.; compose the supergraph again"
    )


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
