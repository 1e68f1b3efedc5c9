"""Chromium, and a gateway for it to visit: a stand-in with the four addresses that the landing page uses.

The stand-in serves the page's real files under the gateway's own security headers.
Its answers are fixed texts; that the real gateway gives them is proved elsewhere.
"""

import dataclasses
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import uvicorn
from graphql import GraphQLError, build_schema, graphql_sync
from playwright.sync_api import Browser, Page, Request, sync_playwright
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Asked
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from gateway.server.headers import SecurityHeaders

STATIC = Path(__file__).parents[2] / "gateway" / "server" / "static"
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What graphql-core resolves: JSON values, with an error in the place of a field that has none.
Tree = dict[str, Any]  # Any: JSON has no narrower type that graphql-core accepts.

SCHEMA = build_schema(
    """
    "公民标识码 Citizen identifier"
    scalar CitizenId
    type Query { person(id: CitizenId!): Person division(code: String!): Division }
    "自然人 A natural person"
    type Person {
      citizenId: CitizenId
      name: String
      birthDate: String
      division: Division
      household: Household
      creditRecords: [CreditRecord]
    }
    type Division { code: String name: String }
    type Household { id: ID address: String members: [Person] }
    type CreditRecord { id: ID kind: String level: String issuedOn: String }
    """
)

MOVE_HOUSE = """\
query MoveHouse($id: CitizenId!) {
  person(id: $id) {
    citizenId
    name
    birthDate
    division { code name }
    household { id address members { name } }
    creditRecords { id kind level issuedOn }
  }
}
"""
QUERIES: list[Tree] = [
    {
        "name": "move-house",
        "title": {"zh": "户口迁移", "en": "Moving house"},
        "query": MOVE_HOUSE,
        "variables": {"id": "$present"},
    },
    {
        "name": "division",
        "title": {"zh": "行政区划", "en": "A division"},
        "query": 'query Division {\n  division(code: "330203") { code name }\n}\n',
        "variables": {},
    },
]

IDS = {
    "present": "330203199001011236",
    "absent": "330203199912319997",
    "invisible": "330206198507152347",
    "moved": "330203197703083451",
}
PERSONAS: list[Tree] = [
    {
        "name": "anonymous",
        "title": {"zh": "匿名访客", "en": "Anonymous visitor"},
        "token": None,
        "purpose": "open",
        "ids": IDS,
    },
    {
        "name": "citizen",
        "title": {"zh": "市民本人", "en": "A citizen, herself"},
        "token": "token-of-the-citizen",
        "purpose": "service.self",
        "ids": IDS,
    },
    {
        "name": "clerk",
        "title": {"zh": "海曙区窗口办事员", "en": "Service clerk of Haishu"},
        "token": "token-of-the-clerk",
        "purpose": "service.household_move",
        "ids": IDS,
    },
    {
        "name": "registrar",
        "title": {"zh": "人口登记管理员", "en": "Population registrar"},
        "token": "token-of-the-registrar",
        "purpose": "registry.maintenance",
        "ids": IDS,
    },
]

PERSON = {
    "citizenId": IDS["present"],
    "name": "王芳",
    "birthDate": "1990-01-01",
    "division": {"code": "330203", "name": "海曙区"},
    "household": {
        "id": "H-330203-00172",
        "address": "海曙区解放南路 208 号 3 幢 502 室",
        "members": [{"name": "王芳"}, {"name": "李建国"}, {"name": "李思源"}],
    },
    "creditRecords": [{"id": "C-88012", "kind": "TAX", "level": "A", "issuedOn": "2025-04-01"}],
}


def denied(coordinate: str, reason: str, *path: str) -> GraphQLError:
    """What the gateway says where policy refuses a field."""
    extensions = {
        "code": "ACCESS_DENIED",
        "coordinate": coordinate,
        "reason": reason,
        "responsePath": list(path),
    }
    return GraphQLError(f"Access to {coordinate} is denied", extensions=extensions)


def silent(coordinate: str, department: str) -> GraphQLError:
    """What the gateway says where a department does not answer."""
    extensions = {
        "code": "SOURCE_UNAVAILABLE",
        "coordinate": coordinate,
        "source": "x",
        "department": department,
    }
    return GraphQLError(f"{department} is unavailable", extensions=extensions)


ANSWERS: dict[str, Tree] = {
    "anonymous": {"person": denied("Query.person", "purpose", "person")},
    "citizen": {"person": PERSON},
    "clerk": {
        "person": {
            **PERSON,
            "citizenId": "33**************36",
            "birthDate": "1990",
            "creditRecords": denied("Person.creditRecords", "deny", "person", "creditRecords"),
        }
    },
    "registrar": {"person": {**PERSON, "creditRecords": silent("Person.creditRecords", "信用中心")}},
}
POLICY = {
    "clerk": {"masked": ["Person.citizenId", "Person.birthDate"], "conditional": ["Person.household"]},
}


@dataclasses.dataclass
class StandIn:
    """A gateway for the browser: its `url`, what it was asked, and a gate that holds answers back."""

    dev: bool = True
    built: bool = True
    personas: list[Tree] = dataclasses.field(default_factory=lambda: PERSONAS)
    url: str = ""
    asked: list[Tree] = dataclasses.field(default_factory=list)
    gate: threading.Event = dataclasses.field(default_factory=threading.Event)
    answered: threading.Event = dataclasses.field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def app(self) -> ASGIApp:
        routes = [
            Route("/", lambda _: FileResponse(STATIC / "index.html")),
            Route("/graphql", self.graphql, methods=["POST"]),
            Route("/_dev/personas", lambda _: self.only_with_dev(self.personas)),
            Route("/_dev/queries", lambda _: self.only_with_dev(QUERIES)),
            Route("/static/graphiql/{file}", self.graphiql),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        return SecurityHeaders(Starlette(routes=routes))

    def only_with_dev(self, value: object) -> Response:
        if not self.dev:
            raise HTTPException(404)
        return JSONResponse(value)

    def graphiql(self, request: Asked) -> Response:
        file = STATIC / "graphiql" / request.path_params["file"]
        if not (self.built and file.is_file()):
            raise HTTPException(404)
        return FileResponse(file)

    async def graphql(self, request: Asked) -> Response:
        body = json.loads(await request.body())
        return await run_in_threadpool(self.answer, dict(request.headers), body)

    def answer(self, headers: dict[str, str], body: Tree) -> Response:
        token = headers.get("authorization", "").removeprefix("Bearer ") or None
        caller = next((p for p in self.personas if p["token"] == token), None)
        if caller is None:
            error = {"message": "The token is not valid <b>", "extensions": {"code": "UNAUTHENTICATED"}}
            return JSONResponse({"errors": [error]}, 401)
        introspects = body.get("operationName") == "IntrospectionQuery"
        if not introspects:
            self.asked.append({"purpose": headers.get("huitong-purpose"), "token": token, **body})
            self.gate.wait(30)
        response = self.resolve(caller, body)
        if not introspects:
            self.answered.set()
        return response

    def resolve(self, caller: Tree, body: Tree) -> Response:
        variables = body.get("variables") or {}
        root: Tree = {"person": None, "division": {"code": "330203", "name": "海曙区"}}
        if variables.get("id") == IDS["present"] or caller["name"] == "anonymous":
            root |= ANSWERS[caller["name"]]
        result = graphql_sync(SCHEMA, body["query"], root, variable_values=variables).formatted
        policy = {"version": "5f2c9a" * 10, "purpose": caller["purpose"], "masked": [], "conditional": []}
        extensions = {"policy": policy | POLICY.get(caller["name"], {})}
        return JSONResponse(
            {**result, "extensions": extensions}, media_type="application/graphql-response+json"
        )


@pytest.fixture
def serve() -> Iterator[Callable[..., StandIn]]:
    """Starts a `StandIn` (made of the arguments) on a free loopback port; all of them stop with the test."""
    running: list[tuple[StandIn, uvicorn.Server, threading.Thread]] = []

    def start(**choices: Any) -> StandIn:  # Any: the fields of StandIn, each of its own type.
        stand_in = StandIn(**choices)
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            stand_in.app(), log_level="warning", ws="none", lifespan="off", timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        stand_in.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        running.append((stand_in, server, thread))
        return stand_in

    yield start
    for stand_in, server, thread in running:
        stand_in.gate.set()
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module; it must be gone before tests with an event loop of their own begin."""
    executable = shutil.which("chromium")
    if executable is None:
        _missing("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page in Chinese; a script error, a broken policy or a request to elsewhere fails its test."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 1080}, color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    requests: list[Request] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: troubles.append(message.text) if "Security Policy" in message.text else None,
    )
    yield page
    elsewhere = [r.url for r in requests if not r.url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    context.close()
    assert not troubles
    assert not elsewhere


@pytest.fixture(scope="module")
def city_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole example city, started as its users start it."""
    huitong = Path(sys.executable).with_name("huitong")
    if not huitong.exists():
        _missing("the huitong command is not installed beside this Python")
    directory = tmp_path_factory.mktemp("city")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(huitong), "demo", "--dir", str(directory)]
    command += ["--people", "300", "--port", str(port)]
    url = f"http://127.0.0.1:{port}/"
    with (directory / "demo.log").open("wb") as log:
        demo = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _until_ready(url, demo, directory / "demo.log")
        yield url
    finally:
        demo.terminate()
        demo.wait(20)


def _missing(reason: str) -> NoReturn:
    """Without what it needs a test is skipped, except where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _until_ready(url: str, demo: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = threading.Event()
    for _ in range(600):
        if demo.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url + "health/ready", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            patience.wait(0.1)
    pytest.fail(f"the example city did not start:\n{log.read_text()[-2000:]}")
