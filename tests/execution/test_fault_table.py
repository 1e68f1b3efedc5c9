"""docs/faults.md, line by line: what a source does wrong over HTTP, and what the client of the gateway sees."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import anyio.lowlevel
import httpx
import pytest

from gateway.registry import composed
from gateway.server.deployment import deployed_open
from gateway.server.running import bind, serving, url_of
from gateway.settings import Limits
from tests.execution.composed import composed_text
from tests.execution.misbehaving import (
    GRAPHQL,
    Talk,
    broken_off,
    endless,
    entities,
    hang_up,
    late,
    misbehaving,
    packed,
    reply,
    silent,
)

pytestmark = pytest.mark.anyio

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
BODY = """
type Query @join__type(graph: LIST) @join__type(graph: FACTS) { people: [Person] @join__field(graph: LIST) }
type Person @join__type(graph: LIST, key: "id") @join__type(graph: FACTS, key: "id") {
  id: ID!
  name: String @join__field(graph: FACTS)
  age: Int! @join__field(graph: FACTS)
  weight: Float @join__field(graph: FACTS)
  tags: [String] @join__field(graph: FACTS)
  grid: [[Int]] @join__field(graph: FACTS)
  colour: Colour @join__field(graph: FACTS)
  pet: Pet @join__field(graph: FACTS)
  notes: Notes @join__field(graph: FACTS)
}
enum Colour @join__type(graph: FACTS) {
  RED @join__enumValue(graph: FACTS)
  BLUE @join__enumValue(graph: FACTS)
}
type Cat @join__type(graph: FACTS) { name: String }
type Dog @join__type(graph: FACTS) { name: String }
union Pet @join__type(graph: FACTS) @join__unionMember(graph: FACTS, member: "Cat")
  @join__unionMember(graph: FACTS, member: "Dog") = Cat | Dog
scalar Notes @join__type(graph: FACTS)
"""
PEOPLE = reply('{"data": {"people": [{"id": "1"}, {"id": "2"}]}}')
ANNA, BEN = {"name": "Anna"}, {"name": "Ben"}
WHOLE = json.dumps({"data": {"_entities": [ANNA, BEN]}})
ERROR = {"message": "secret: row 7 of t_rkxx"}
AT_BEN = {**ERROR, "path": ["_entities", 1, "name"]}

# What a line of the page says, done.
FAULTS: Mapping[str, Talk] = {
    "answers as it promised": entities(ANNA, BEN),
    "answers what is not JSON": reply("<html>busy</html>"),
    "answers `NaN`, which JSON does not have": reply('{"data": {"_entities": [{"name": NaN}, {"name": "Ben"}]}}'),
    "answers a text that is no Unicode": reply('{"data": {"_entities": [{"name": "\\ud800"}, {"name": "Ben"}]}}'),
    "answers a list in place of an object": reply("[]"),
    "answers nothing at all, with status 200": reply(""),
    "answers an endless body": endless,
    "answers a small body that unpacks to 64 MB": packed(64 * 1024 * 1024),
    "answers brackets without end": reply("[" * 1_000_000),
    "cuts the connection in the middle of its answer": broken_off(WHOLE),
    "closes the connection without an answer": hang_up,
    "says nothing until the time is over": silent,
    "redirects to another address": reply("", "307 Temporary Redirect", "text/plain", "location: /elsewhere"),
    "answers HTTP 500 and a page": reply("<html>secret</html>", "500 Internal Server Error", "text/html"),
    "answers HTTP 503": reply("", "503 Service Unavailable", "text/plain"),
    "answers HTTP 500 and a GraphQL answer with a part missing": reply(
        json.dumps({"data": {"_entities": [ANNA, {"name": None}]}, "errors": [AT_BEN]}),
        "500 Internal Server Error",
        GRAPHQL,
    ),
    "reports an error and no data": reply(json.dumps({"errors": [ERROR]})),
    "reports an error and `data: null`": reply(json.dumps({"errors": [ERROR], "data": None})),
    "reports an error for one entity": entities(ANNA, None, errors=[{**ERROR, "path": ["_entities", 1]}]),
    "reports an error for one field": entities(ANNA, {"name": None}, errors=[AT_BEN]),
    "reports an error for an item of a list": entities(
        {"tags": ["a", None]}, {"tags": [None]}, errors=[{**ERROR, "path": ["_entities", 0, "tags", 1]}]
    ),
    "reports an error that does not say where": entities(ANNA, {"name": None}, errors=[ERROR]),
    "answers fewer entities than were asked for": entities(ANNA),
    "answers more entities than were asked for": entities(ANNA, BEN, ANNA),
    "does not know one of the entities": entities(ANNA, None),
    "does not know an entity of which a value may not be null": entities({"age": 31}, None),
    "answers a number in place of a text": entities({"name": 5}, BEN),
    "answers an object in place of a text": entities({"name": {"first": "Anna"}}, BEN),
    "answers null where it promised a value": entities({"age": 31}, {"age": None}),
    "answers a number larger than Int": entities({"age": 31}, {"age": 2**31}),
    "answers a number larger than JSON's readers take": reply(
        '{"data": {"_entities": [{"age": 31}, {"age": 1%s}]}}' % ("0" * 400)
    ),
    "answers a whole number of forty digits for a Float": reply(
        '{"data": {"_entities": [{"weight": 1%s}, {"weight": 60}]}}' % ("0" * 40)
    ),
    "answers an enum value that nobody knows": entities({"colour": "RED"}, {"colour": "MAUVE"}),
    "answers a type that nobody knows": entities({"pet": {"__typename": "Dragon", "name": "Puff"}}, {"pet": None}),
    "answers an object without its type": entities({"pet": {"name": "Puff"}}, {"pet": None}),
    "answers one list where it promised lists in a list": entities({"grid": [1, 2]}, {"grid": [[1, None], None]}),
    "answers a text where it promised a list": entities({"tags": "a"}, {"tags": ["b"]}),
    "answers a text where it promised an object": entities({"pet": "Puff"}, {"pet": None}),
    "leaves out a field that was asked for": entities({}, BEN),
    "answers fields that nobody asked for": entities({**ANNA, "__typename": "Robot", "secret": 1}, BEN),
    "answers a scalar of its own, nine hundred levels deep": reply(
        '{"data": {"_entities": [{"notes": DEEP}, {"notes": {"a": [1]}}]}}'.replace("DEEP", "[" * 900 + "]" * 900)
    ),
}  # fmt: skip


class Line(NamedTuple):
    """One line of the page: what the source does, what was asked, what the client saw."""

    fault: str
    asked: str
    data: Any  # JSON
    errors: list[tuple[str, str]]  # code, path ("": none)


def lines() -> dict[str, Line]:
    found = {}
    for row in re.findall(r"^\| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[2:]:
        fault, asked, data, errors = row.split(" | ")
        told = re.findall(r"`(SOURCE_\w+)` (?:at ([\w.]+)|without a path)", errors)
        found[fault] = Line(fault, asked.strip("`"), json.loads(data.strip("`")), told)
    return found


LINES = lines()


def test_the_page_has_a_line_for_each_fault() -> None:
    assert list(LINES) == list(FAULTS)


@asynccontextmanager
async def gateway(
    facts: str, people: str, folder: Path, seconds: float = 10.0
) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway that is served openly over HTTP, before two sources."""
    file = folder / "supergraph.graphql"
    file.write_text(composed_text(BODY, {"list": people, "facts": facts}), encoding="utf-8")
    async with AsyncExitStack() as stack:
        deployment = await stack.enter_async_context(deployed_open(file, Limits()))
        listener = bind("127.0.0.1", 0)
        await stack.enter_async_context(serving(deployment.application, listener))
        client = httpx.AsyncClient(base_url=url_of(listener), trust_env=False, timeout=60)
        yield await stack.enter_async_context(client)


async def post(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    response = await client.post("/graphql", json={"query": query})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_client_sees_what_the_page_says(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = LINES[fault]
    if FAULTS[fault] is silent:  # the only one for which the time has to pass
        monkeypatch.setattr(composed, "SOURCE_LIMITS", replace(composed.SOURCE_LIMITS, timeout=0.3))
    async with misbehaving(FAULTS[fault]) as facts, misbehaving(PEOPLE) as people:
        async with gateway(facts.address, people.address, tmp_path) as client:
            answer = await post(client, line.asked)
            assert answer["data"] == line.data
            assert [
                (error["extensions"]["code"], ".".join(str(key) for key in error.get("path", ())))
                for error in answer.get("errors", [])
            ] == line.errors
            assert all(
                error["extensions"]["source"] == error["extensions"]["department"] == "facts"
                for error in answer.get("errors", [])
            )
            assert "secret" not in json.dumps(answer) and "127.0.0.1" not in json.dumps(answer)
            # Whatever it was, the gateway lives, and one fault does not make the source an outcast.
            facts.talk = entities(ANNA, BEN)
            assert await post(client, "{ people { name } }") == {"data": {"people": [ANNA, BEN]}}
        assert not facts.elsewhere


async def test_a_client_that_leaves_takes_its_request_along(tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    async with (
        misbehaving(late(entities(ANNA, BEN))) as facts,
        misbehaving(PEOPLE) as people,
        gateway(facts.address, people.address, tmp_path) as client,
    ):
        leaving = asyncio.create_task(post(client, "{ people { name } }"))
        await facts.reached.wait()
        assert running("run_fetches")
        leaving.cancel()
        await asyncio.wait([leaving])
        with anyio.fail_after(20):
            while running("run_fetches"):
                await anyio.lowlevel.checkpoint()
        # The reply comes after all, to nobody.
        facts.released.set()
        facts.talk = entities(ANNA, BEN)
        assert await post(client, "{ people { name } }") == {"data": {"people": [ANNA, BEN]}}
    assert asyncio.all_tasks() <= before


def running(name: str) -> bool:
    """Whether some task is inside a coroutine of this name."""
    return any(
        frame.f_code.co_name == name for task in asyncio.all_tasks() for frame in frames(task.get_coro())
    )


def frames(coroutine: Any) -> list[Any]:  # Any: a coroutine and what it awaits have no common type
    found = []
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None)
        found += [frame] if frame is not None else []
        coroutine = getattr(coroutine, "cr_await", None)
    return found
