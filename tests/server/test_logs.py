"""The log tells operators what happened, and nobody what was in it."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any  # the stand-in gateway, and JSON

import pytest

from gateway.identity import DevKey, Verifier
from gateway.server import logs

HIDDEN = "330203199001011236"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    root.handlers[:], root.level = before, level


@pytest.mark.anyio
async def test_a_request_is_one_line_without_query_variables_or_token(
    gateway: Any, lines: io.StringIO, issuer: DevKey
) -> None:
    gateway.verifier = Verifier(issuer.issuer, issuer.public_pem)
    token = issuer.sign("clerk", ["service_clerk"], ["open"])
    headers = {"Authorization": f"Bearer {token}", "Huitong-Purpose": "open"}
    body = {"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": HIDDEN}}
    async with gateway.client() as client:
        await client.post(f"/graphql?x={HIDDEN}", json=body, headers=headers)
    [line] = map(json.loads, lines.getvalue().splitlines())
    assert line.items() >= {"event": "request", "path": "/graphql", "status": 200, "purpose": "open"}.items()
    for hidden in (HIDDEN, token, "hello"):
        assert hidden not in lines.getvalue()


@pytest.mark.anyio
async def test_a_rejected_token_leaves_its_reason_and_not_itself(
    gateway: Any, lines: io.StringIO, issuer: DevKey
) -> None:
    gateway.verifier = Verifier(issuer.issuer, issuer.public_pem)
    async with gateway.client() as client:
        await client.post("/graphql", json={"query": "{ hello }"}, headers={"Authorization": "Bearer x.y.z"})
    [line] = map(json.loads, lines.getvalue().splitlines())
    assert line.items() >= {"status": 401, "codes": ["UNAUTHENTICATED"]}.items()
    assert line["reason"]
    assert "x.y.z" not in lines.getvalue()


@pytest.mark.parametrize("tracing", [False, True])
def test_an_exception_is_its_class_and_places_and_its_message_only_on_request(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, tracing: bool
) -> None:
    monkeypatch.setenv("HUITONG_TRACE", "1" if tracing else "")
    try:
        raise ValueError(f"{HIDDEN}\nsecond line")
    except ValueError as error:
        logs.LOGGER.error("internal error", exc_info=error)
    [text] = lines.getvalue().splitlines()
    line = json.loads(text)
    assert line["error"].startswith("ValueError")
    assert line["places"][-1].startswith("tests/server/test_logs.py:")
    assert (HIDDEN in text) is tracing


def test_a_log_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "gateway.log"
    with logs.to_file(path) as file:
        file.write("a\n")
    with logs.to_file(path) as file:
        file.write("b\n")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("a\nb\n", 0o600)
