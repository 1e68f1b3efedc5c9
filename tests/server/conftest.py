"""A gateway whose pipeline is a small stand-in, so that these tests speak of HTTP alone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import httpx
import orjson
import pytest
from graphql import (
    ExecutionResult,
    GraphQLError,
    build_schema,
    execute,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values
from starlette.types import ASGIApp

from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.identity import ANONYMOUS, DevKey, Principal, Verifier
from gateway.policy import PurposeNotPermitted, PurposeRequired
from gateway.server.application import create_application
from gateway.server.callers import believing
from gateway.server.development import Development
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.server.running import bind, serving, url_of
from gateway.settings import Limits

SCHEMA = build_schema("type Query { hello(name: String): String } type Mutation { write: String }")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Prepared:
    kind: str
    answer: Callable[[], ExecutionResult]


@dataclass
class StandInPipeline:
    """Answers one field with graphql-core; `work` runs before each answer; `asked` counts answers begun."""

    work: Callable[[], Awaitable[None]] | None = None
    asked: list[str] = field(default_factory=list)

    def purpose(self, principal: Principal, stated: str | None) -> str:
        if stated is None and principal is not ANONYMOUS:
            raise PurposeRequired()
        if stated not in (None, "open", *principal.purposes):
            raise PurposeNotPermitted()
        return stated or "open"

    def prepare(self, request: GraphQLRequest, principal: Principal, purpose: str) -> Prepared:
        try:
            document = parse(request.query)
        except GraphQLError as error:
            raise _refused(Code.GRAPHQL_PARSE_FAILED, error) from None
        if errors := validate(SCHEMA, document, specified_rules):
            raise _refused(Code.GRAPHQL_VALIDATION_FAILED, *errors)
        operation = get_operation_ast(document, request.operation_name)
        if operation is None:
            raise _refused(Code.BAD_USER_INPUT, GraphQLError("Which operation?"))
        variables = dict(request.variables or {})
        values = get_variable_values(SCHEMA, operation.variable_definitions or (), variables)
        if isinstance(values, list):
            raise _refused(Code.BAD_USER_INPUT, *values)
        root = {"hello": lambda _, name="world": f"hello {name}"}
        return Prepared(
            operation.operation.value,
            lambda: cast(
                ExecutionResult, execute(SCHEMA, document, root, None, variables, request.operation_name)
            ),
        )

    async def run(self, prepared: Prepared) -> bytes:
        self.asked.append(prepared.kind)
        if self.work is not None:
            await self.work()
        return orjson.dumps(prepared.answer().formatted)


def _refused(code: Code, *errors: GraphQLError) -> RequestRefused:
    return RequestRefused([GraphQLProblem(code, error.message) for error in errors])


@dataclass
class Gateway:
    """What a test starts and asks."""

    pipeline: StandInPipeline = field(default_factory=StandInPipeline)
    limits: Limits = field(default_factory=Limits)
    verifier: Verifier | None = None
    development: Development | None = None

    @property
    def application(self) -> ASGIApp:
        pipeline = cast(Pipeline, self.pipeline)
        return create_application(
            pipeline,
            believing(self.verifier),
            self.limits,
            {"sources": lambda: [{"name": "registry"}]},
            self.development,
        )

    @asynccontextmanager
    async def client(
        self, peer: str = "127.0.0.1", url: str = "http://localhost"
    ) -> AsyncIterator[httpx.AsyncClient]:
        """A client that calls the application directly."""
        transport = httpx.ASGITransport(self.application, client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            yield client

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """The URL of the gateway on a socket of its own."""
        listener = bind("127.0.0.1", 0)
        url = url_of(listener)
        async with serving(self.application, listener):
            yield url


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevKey:
    return DevKey.load_or_create(tmp_path_factory.mktemp("issuer"))
