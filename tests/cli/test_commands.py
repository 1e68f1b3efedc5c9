"""Wrong usage, missing demos, gateways out of reach: one clear line each, and the right exit status."""

import json
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any  # what a command ended with, and JSON

import pytest

from gateway.cli import commands
from gateway.cli.places import Persona, read_personas, write_personas, write_state

PERSONAS = [
    Persona("anonymous", {"zh": "任何人", "en": "Anybody"}, None, "open", {"present": "1"}),
    Persona("clerk", {"zh": "窗口", "en": "Clerk"}, "a.b.c", "service.household_move", {"present": "33"}),
]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A folder in which the demo has once run."""
    write_personas(tmp_path, PERSONAS)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("fly", "No such command"),
        ("demo --people many", "--people"),
        ("demo --people 0", "--people"),
        ("serve --port 70000", "--port"),
        ("query", "QUERY"),
        ("token", "--as"),
        ("plan --fast x", "--fast"),
    ],
)
def test_wrong_usage_is_64_and_names_the_help(huitong: Any, arguments: str, says: str) -> None:
    ended = huitong(*arguments.split())
    assert ended.status == 64
    assert ended.line.startswith("USAGE ")
    assert says in ended.line
    assert "--help`" in ended.line


@pytest.mark.parametrize("arguments", [(), ("schema",)])
def test_without_a_command_the_help_is_shown(huitong: Any, arguments: tuple[str, ...]) -> None:
    ended = huitong(*arguments)
    assert (ended.status, ended.out) == (64, "")
    assert "Commands:" in ended.err


def test_help_is_bilingual_and_fine(huitong: Any) -> None:
    ended = huitong("--help")
    assert ended.status == 0
    assert "启动演示城市 / Start the example city" in ended.out


def test_a_token_is_printed_bare(huitong: Any, demo: Path) -> None:
    assert huitong("token", "--as", "clerk", "--dir", demo) == (0, "a.b.c\n", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("token --as anonymous", "NO_TOKEN"),
        ("token --as mayor", "PERSONA_UNKNOWN"),
        ("query {x} --as mayor", "PERSONA_UNKNOWN"),
        ("query {x}", "NOT_RUNNING"),
        ("query nowhere.graphql", "QUERY_NOT_FOUND"),
        (f"query {'x' * 5_000}", "QUERY_NOT_FOUND"),
        ("query /", "QUERY_NOT_FOUND"),
        (f"query {sys.executable}", "QUERY_NOT_FOUND"),
        ("query {x} --variables [1]", "VARIABLES_INVALID"),
        ("query {x} --variables {", "VARIABLES_INVALID"),
        ("query {x} --url http://127.0.0.1:1", "GATEWAY_UNREACHABLE"),
        ("query {x} --url nonsense", "GATEWAY_UNREACHABLE"),
    ],
)
def test_what_cannot_be_done_is_1_and_one_line_with_a_remedy(
    huitong: Any, demo: Path, arguments: str, code: str
) -> None:
    ended = huitong(*arguments.split(), "--dir", demo)
    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith(f"{code} ")
    assert "; " in ended.line


def test_without_a_demo_its_personas_are_unknown(huitong: Any, tmp_path: Path) -> None:
    assert huitong("token", "--as", "clerk", "--dir", tmp_path).line.startswith("NOT_PREPARED ")


def test_files_with_tokens_are_the_owners_alone(demo: Path) -> None:
    assert stat.S_IMODE((demo / "personas.json").stat().st_mode) == 0o600
    assert read_personas(demo) == PERSONAS
    [_, clerk] = json.loads((demo / "personas.json").read_text())
    assert {"name", "token", "purpose", "ids"} <= set(clerk)


def test_a_port_in_use_is_one_line(huitong: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = huitong("demo", "--port", port, "--dir", tmp_path / "city")
    assert ended.status == 1
    assert ended.line.startswith(f"ADDRESS_UNAVAILABLE port {port} of 127.0.0.1")
    assert not (tmp_path / "city").exists()


def test_settings_that_are_wrong_are_told_line_by_line(huitong: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.yaml"
    file.write_text("departments: nowhere\nlimits:\n  tokens: many\n")
    ended = huitong("serve", "--config", file)
    assert ended.status == 1
    assert all(line.startswith(f"SETTINGS_INVALID {file}:") for line in ended.err.splitlines())
    assert f"{file}:3:11 tokens is not a whole number" in ended.err


def test_a_fault_of_ours_has_an_id_and_no_trace(
    huitong: Any, demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> int:
        raise KeyError("330203199001011236")

    monkeypatch.delenv("HUITONG_TRACE", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("gateway.cli.asking.token_command", fail)
    ended = huitong("token", "--as", "clerk")
    assert ended.status == 1
    assert ended.line.startswith("INTERNAL something went wrong inside huitong (KeyError, id ")
    assert "330203199001011236" not in ended.err
    [log] = tmp_path.glob("huitong-*.log")
    assert "KeyError" in log.read_text()
    monkeypatch.setenv("HUITONG_TRACE", "1")
    assert "Traceback" in huitong("token", "--as", "clerk").err


@pytest.fixture
def answering(demo: Path) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """A gateway that gives fixed answers and remembers what it was asked."""
    servers: list[HTTPServer] = []

    def answer(status: int, body: dict[str, Any]) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                asked.append({**json.loads(self.rfile.read(length)), "headers": dict(self.headers)})
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever).start()
        write_state(demo, {"url": f"http://127.0.0.1:{server.server_port}"})
        return asked

    yield answer
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_query_is_asked_as_the_persona_about_its_ids(
    huitong: Any, demo: Path, answering: Callable[..., list[dict[str, Any]]]
) -> None:
    denied = {"message": "Access denied.", "extensions": {"code": "ACCESS_DENIED", "coordinate": "A.b"}}
    asked = answering(200, {"data": {"person": {"name": "王芳"}}, "errors": [denied]})
    ended = huitong("query", "move-house", "--as", "clerk", "--dir", demo)
    assert ended.status == 0
    assert json.loads(ended.out)["data"] == {"person": {"name": "王芳"}}
    assert "王芳" in ended.out
    assert ended.line == "ACCESS_DENIED A.b Access denied."
    [request] = asked
    assert request["variables"] == {"id": "33"}
    assert request["headers"]["Authorization"] == "Bearer a.b.c"
    assert request["headers"]["Huitong-Purpose"] == "service.household_move"


def test_a_refused_query_is_a_failure(
    huitong: Any, demo: Path, answering: Callable[..., list[dict[str, Any]]]
) -> None:
    asked = answering(400, {"errors": [{"message": "No.", "extensions": {"code": "BAD_USER_INPUT"}}]})
    ended = huitong("query", "{ x }", "--dir", demo, "--variables", '{"a": "$present", "b": "$nobody"}')
    assert (ended.status, ended.line) == (1, "BAD_USER_INPUT No.")
    assert asked[0]["variables"] == {"a": "1", "b": "$nobody"}
    assert "Authorization" not in asked[0]["headers"]


def test_a_query_can_come_from_a_file(
    huitong: Any, demo: Path, answering: Callable[..., list[dict[str, Any]]]
) -> None:
    asked = answering(200, {"data": {}})
    (demo / "q.graphql").write_text("{ y }")
    assert huitong("query", demo / "q.graphql", "--dir", demo).status == 0
    assert asked[0]["query"] == "{ y }"
    assert commands.run(["query", str(demo / "none.graphql"), "--dir", str(demo)]) == 1
