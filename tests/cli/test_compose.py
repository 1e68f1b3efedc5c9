"""`huitong compose` and `huitong schema diff`: what they take, write and say."""

import errno
import io
import json
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any  # what a command ended with; what a list of sources wrongly holds

import pytest
from graphql import build_schema, introspection_from_schema

from gateway.supergraph.join import read_supergraph

LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n'
)
BOOKS = LINK + 'type Query { books: [Book!] }\ntype Book @key(fields: "id") { id: ID! title: String! }\n'
STARS = LINK + 'type Book @key(fields: "id") { id: ID! stars: Int }\n'
BOTH = [
    {"name": "books", "url": "https://books.example/graphql", "sdl": BOOKS},
    {"name": "stars", "url": "https://stars.example/graphql", "sdl": STARS},
]


@pytest.fixture
def sources(tmp_path: Path) -> Callable[[Any], Path]:
    def write(listed: Any) -> Path:
        file = tmp_path / "sources.json"
        file.write_text(listed if isinstance(listed, str) else json.dumps(listed), encoding="utf-8")
        return file

    return write


def test_what_is_composed_is_served_as_any_supergraph(huitong: Any, sources: Any, tmp_path: Path) -> None:
    out = tmp_path / "supergraph.graphql"
    ended = huitong("compose", sources(BOTH), "--out", out)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    supergraph = read_supergraph(out.read_text(), out).supergraph
    assert {name: source.url for name, source in supergraph.sources.items()} == {
        "books": "https://books.example/graphql",
        "stars": "https://stars.example/graphql",
    }
    plan = huitong("plan", "--supergraph", out, "{ books { title stars } }")
    assert (plan.status, plan.err) == (0, "")
    assert "stars: Book by id" in plan.out
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_without_out_the_same_is_printed(huitong: Any, sources: Any, tmp_path: Path) -> None:
    out = tmp_path / "supergraph.graphql"
    huitong("compose", sources(BOTH), "--out", out)
    printed = huitong("compose", sources(BOTH))
    assert (printed.status, printed.out, printed.err) == (0, out.read_text(), "")


def test_the_order_of_sources_says_nothing(huitong: Any, sources: Any) -> None:
    assert huitong("compose", sources(BOTH)).out == huitong("compose", sources(BOTH[::-1])).out


def test_findings_are_one_a_line_and_the_file_stays(huitong: Any, sources: Any, tmp_path: Path) -> None:
    out = tmp_path / "supergraph.graphql"
    out.write_text("as it was")
    wrong = [
        {"name": "books", "url": "", "sdl": BOOKS + "type Query {"},
        {"name": "stars", "url": "", "sdl": STARS + "type Star { of: Gone }"},
    ]
    ended = huitong("compose", sources(wrong), "--out", out)
    assert (ended.status, ended.out, out.read_text()) == (1, "", "as it was")
    first, second = ended.err.splitlines()
    assert first.startswith("INVALID_GRAPHQL books:4:13 ")
    assert second.startswith("INVALID_GRAPHQL stars:3:17 ")
    assert all("; " in line for line in (first, second))


def test_hints_are_told_and_the_file_is_written(huitong: Any, sources: Any, tmp_path: Path) -> None:
    out = tmp_path / "supergraph.graphql"
    doubtful = [BOTH[0] | {"sdl": BOOKS.replace("type Book", '"A book."\ntype Book')},
                BOTH[1] | {"sdl": STARS.replace("type Book", '"Many\\nlines."\ntype Book')}]  # fmt: skip
    ended = huitong("compose", sources(doubtful), "--out", out)
    assert (ended.status, ended.out) == (0, "")
    assert ended.line.startswith("INCONSISTENT_DESCRIPTION ")
    assert out.exists()


def test_what_sources_write_is_no_command_to_the_terminal(huitong: Any, sources: Any) -> None:
    named = BOTH[0] | {"name": "books书\n\x1b[31m\u202e"}
    refused = huitong("compose", sources([named | {"sdl": BOOKS + "type Query {"}]))
    assert refused.line.startswith("INVALID_GRAPHQL books书 \\x1b[31m\\u202e:4:13 ")
    described = [named | {"sdl": BOOKS.replace("type Book", '"A book."\ntype Book')},
                 BOTH[1] | {"sdl": STARS.replace("type Book", '"Stars."\ntype Book')}]  # fmt: skip
    hinted = huitong("compose", sources(described))
    assert hinted.status == 0
    assert "books书 \\x1b[31m\\u202e" in hinted.line and "\x1b" not in hinted.line


def test_a_file_is_replaced_as_a_whole_and_keeps_who_may_read_it(
    huitong: Any, sources: Any, tmp_path: Path
) -> None:
    real = tmp_path / "real.graphql"
    real.write_text("as it was")
    real.chmod(0o640)
    link = tmp_path / "link.graphql"
    link.symlink_to(real)
    before = real.stat().st_ino
    assert huitong("compose", sources(BOTH), "--out", link).status == 0
    assert link.is_symlink()
    assert "join__Graph" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.stat().st_ino != before


def test_a_pipe_is_written_and_not_replaced(huitong: Any, sources: Any, tmp_path: Path) -> None:
    pipe = (
        tmp_path / "pipe"
    )  # stands for devices too: a test must not be able to replace one of the machine's
    os.mkfifo(pipe)
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as reader:
        assert huitong("compose", sources(BOTH), "--out", pipe).status == 0
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert "join__Graph" in reader.read()


def test_a_file_that_cannot_be_written_is_told(huitong: Any, sources: Any, tmp_path: Path) -> None:
    ended = huitong("compose", sources(BOTH), "--out", tmp_path / "nowhere" / "supergraph.graphql")
    assert ended.status == 1
    assert ended.line.startswith("FILE_UNWRITABLE ")


class Full(io.StringIO):
    """A file on a disk that has no room."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_behind_the_output_is_told(
    huitong: Any, sources: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    ended = huitong("compose", sources(BOTH))
    assert ended.status == 1
    assert ended.line.startswith(
        "FILE_UNWRITABLE the supergraph cannot be printed (No space left on device); "
    )


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ("[", "the file is not JSON"),
        ('{"name": "a"}', "the file is not a list of sources"),
        ([3], "source 1 is not an object"),
        ([{"name": "a", "sdl": ""}, {"sdl": ""}], "source 2 has no `name`"),
        ([{"name": "", "sdl": ""}], "source 1 has no `name`"),
        ([{"name": "a", "sdl": 3}], "source 1 has a `sdl` that is not a string"),
        ([{"name": "a", "url": ["x"], "sdl": ""}], "source 1 has a `url` that is not a string"),
        ([{"name": "a"}], "source 1 has neither `sdl` nor `file` nor a `url`"),
        ([{"name": "a", "sdl": None, "url": ""}], "source 1 has neither `sdl` nor `file` nor a `url`"),
        ([{"name": "a", "file": True}], "source 1 has a `file` that is not a string"),
        ([{"name": "a", "file": "a.graphql", "sdl": ""}], "source 1 has both `sdl` and `file`"),
        ([{"name": "a", "sdl": ""}] * 1001, "there are more than 1000 sources"),
        ("[" * 2000 + "]" * 2000, "the file is not JSON"),
    ],
    ids=range(13),
)
def test_a_list_that_is_none_is_told(huitong: Any, sources: Any, listed: Any, says: str) -> None:
    file = sources(listed)
    ended = huitong("compose", file)
    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith(f"SOURCES_INVALID {file}")
    assert says in ended.line


def test_schemas_in_files_stand_beside_the_list(huitong: Any, sources: Any, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "stars.graphql").write_text(STARS, encoding="utf-8")
    in_file = {"name": "stars", "url": BOTH[1]["url"], "file": "schemas/stars.graphql"}
    as_text = huitong("compose", sources(BOTH)).out
    assert huitong("compose", sources([BOTH[0], in_file])).out == as_text


def test_every_file_that_cannot_be_read_is_told(huitong: Any, sources: Any, tmp_path: Path) -> None:
    (tmp_path / "picture.graphql").write_bytes(b"\x89PNG\xff")
    files = ("gone.graphql", "picture.graphql", "no\0name")
    ended = huitong("compose", sources([{"name": file[0], "file": file} for file in files]))
    assert (ended.status, ended.out) == (1, "")
    gone, picture, unnameable = ended.err.splitlines()
    assert gone.startswith(f"SOURCES_INVALID {tmp_path / 'gone.graphql'} the file cannot be read")
    assert picture.startswith(f"SOURCES_INVALID {tmp_path / 'picture.graphql'} the file is not UTF-8 text")
    assert unnameable.startswith(f"SOURCES_INVALID {tmp_path}/no\\x00name no file can have this name")


def test_a_list_that_is_not_there_is_told(huitong: Any, tmp_path: Path) -> None:
    ended = huitong("compose", tmp_path / "nowhere.json")
    assert ended.status == 1
    assert ended.line.startswith(f"SOURCES_INVALID {tmp_path / 'nowhere.json'} the file cannot be read")
    assert ended.line.endswith("; name a list of sources in JSON")


def test_a_byte_order_mark_and_lines_of_windows_are_read_past(huitong: Any, sources: Any) -> None:
    text = json.dumps([BOTH[0] | {"sdl": "\ufeff" + BOOKS.replace("\n", "\r\n")}, BOTH[1]])
    ended = huitong("compose", sources("\ufeff" + text))
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == huitong("compose", sources(BOTH)).out


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], "NO_QUERIES "),
        (["a", "a"], "INVALID_SUBGRAPH_NAME two sources are called 'a'"),
        (["_"], "INVALID_SUBGRAPH_NAME '_' "),
        (["-(x)"], "INVALID_SUBGRAPH_NAME '-(x)' "),
    ],
)
def test_names_that_cannot_be_told_apart_are_findings(
    huitong: Any, sources: Any, names: list[str], says: str
) -> None:
    ended = huitong("compose", sources([{"name": name, "sdl": BOOKS} for name in names]))
    assert ended.status == 1
    assert ended.line.startswith(says)


@contextmanager
def told_by(answers: Mapping[str, bytes]) -> Iterator[str]:
    """A service that answers each path with its bytes, or 404. Gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            assert asked["query"] == "{ _service { sdl } }"
            body = answers.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_source_that_states_no_schema_is_asked_for_it(huitong: Any, sources: Any) -> None:
    with told_by({"/stars": json.dumps({"data": {"_service": {"sdl": STARS}}}).encode()}) as url:
        ended = huitong("compose", sources([BOTH[0], {"name": "stars", "url": f"{url}/stars"}]))
        asked = huitong("compose", sources([BOTH[0], {"name": "stars", "url": f"{url}/stars", "sdl": None}]))
    assert (ended.status, ended.err) == (0, "")
    assert asked.out == ended.out
    assert "stars: Int @join__field(graph: STARS)" in ended.out


def test_sources_that_do_not_tell_their_schemas_are_all_named(huitong: Any, sources: Any) -> None:
    answers = {"/rubbish": b"<html>", "/other": b'{"data": {"_service": {"sdl": 3}}}'}
    with told_by(answers) as url:
        listed = [{"name": name, "url": f"{url}/{name}"} for name in ("gone", "rubbish", "other")]
        ended = huitong("compose", sources(listed))
    assert ended.status == 1
    lines = ended.err.splitlines()
    assert [line.split()[0] for line in lines] == ["SCHEMA_NOT_TOLD"] * 3
    for line, name in zip(lines, ("gone", "rubbish", "other"), strict=True):
        assert f" {name}: the source does not tell its schema" in line
        assert line.endswith("; let it answer `{ _service { sdl } }`, or state its schema by `sdl` or `file`")


@pytest.mark.parametrize(
    ("url", "says"),
    [("ftp://x/", "is no HTTP address"), ("http://x.example/", "is not encrypted"),
     ("https://me:secret-word@x.example/", "holds credentials")],
)  # fmt: skip
def test_no_source_is_asked_at_an_unfit_address(huitong: Any, sources: Any, url: str, says: str) -> None:
    ended = huitong("compose", sources([{"name": "x", "url": url}]))
    assert ended.status == 1
    assert ended.line.startswith("SOURCE_ADDRESS ")
    assert says in ended.line
    assert "secret-word" not in ended.err


def test_a_schema_with_an_address_is_composed_wherever_that_is(huitong: Any, sources: Any) -> None:
    ended = huitong("compose", sources([{"name": "x", "url": "http://x.example/", "sdl": BOOKS}]))
    assert ended.status == 0
    assert 'url: "http://x.example/"' in ended.out


@pytest.fixture
def schemas(tmp_path: Path) -> Callable[[str, str], tuple[Path, Path]]:
    def write(old: str, new: str) -> tuple[Path, Path]:
        files = tmp_path / "old.graphql", tmp_path / "new.graphql"
        for file, text in zip(files, (old, new), strict=True):
            file.write_text(text)
        return files

    return write


NO_CHANGE = "没有变化 / nothing that clients see has changed\n"
OLD = "type Query { book: Book }\ntype Book { title: String pages: Int }\nenum E { A }\n"
NEW = "type Query { book: Book }\ntype Book { title: String! stars: Int }\nenum E { A B }\n"


def test_what_breaks_comes_first_and_is_a_failure(huitong: Any, schemas: Any) -> None:
    ended = huitong("schema", "diff", *schemas(OLD, NEW))
    assert (ended.status, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "breaking Book.pages FIELD_REMOVED: was removed",
        "dangerous E.B VALUE_ADDED_TO_ENUM: was added",
        "safe Book.stars FIELD_ADDED: was added: Int",
        "safe Book.title FIELD_CHANGED_KIND_SAFE: changed its type from String to String!",
    ]


def test_what_breaks_nothing_is_none(huitong: Any, schemas: Any) -> None:
    assert huitong("schema", "diff", *schemas(OLD, OLD + "scalar New")).status == 0
    same = huitong("schema", "diff", *schemas(OLD, OLD))
    assert (same.status, same.out) == (0, NO_CHANGE)


def test_programs_read_changes_as_json(huitong: Any, schemas: Any) -> None:
    ended = huitong("schema", "diff", "--format", "json", *schemas(OLD, NEW))
    assert ended.status == 1
    assert json.loads(ended.out)[0] == {
        "severity": "breaking",
        "kind": "FIELD_REMOVED",
        "coordinate": "Book.pages",
        "message": "was removed",
    }
    assert huitong("schema", "diff", "--format", "json", *schemas(OLD, OLD)).out == "[]\n"


def test_any_form_of_a_schema_is_compared_with_any(
    huitong: Any, schemas: Any, sources: Any, tmp_path: Path
) -> None:
    composed = tmp_path / "supergraph.graphql"
    huitong("compose", sources(BOTH), "--out", composed)
    printed = huitong("schema", "print", "--supergraph", composed).out
    answer = json.dumps({"data": introspection_from_schema(build_schema(printed))})
    for other in schemas("\ufeff" + printed.replace("\n", "\r\n"), "\ufeff" + answer):
        assert huitong("schema", "diff", composed, other).out == NO_CHANGE
        assert huitong("schema", "diff", other, composed).out == NO_CHANGE


def test_supergraphs_are_compared_by_what_clients_see(huitong: Any, sources: Any, tmp_path: Path) -> None:
    old, new = tmp_path / "old.graphql", tmp_path / "new.graphql"
    huitong("compose", sources(BOTH[:1]), "--out", old)
    huitong("compose", sources(BOTH), "--out", new)
    forwards, backwards = huitong("schema", "diff", old, new), huitong("schema", "diff", new, old)
    assert (forwards.status, forwards.out) == (0, "safe Book.stars FIELD_ADDED: was added: Int\n")
    assert (backwards.status, backwards.out) == (1, "breaking Book.stars FIELD_REMOVED: was removed\n")


@pytest.mark.parametrize(("text", "code"), [("type Query {", "INVALID_GRAPHQL"), (None, "INVALID_GRAPHQL")])
def test_a_file_that_is_no_schema_is_told(huitong: Any, schemas: Any, text: str | None, code: str) -> None:
    old, new = schemas(OLD, text or "")
    if text is None:
        new.unlink()
    ended = huitong("schema", "diff", old, new)
    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith(f"{code} {new}")
