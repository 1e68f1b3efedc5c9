"""A field that moves by degrees: each request draws once, and the draw decides which source is asked, over HTTP."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any  # JSON

import httpx
import pytest
from graphql import FieldNode, OperationDefinitionNode, parse
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.operation import OperationLimits, read_operation
from gateway.registry.composed import open_snapshot
from gateway.registry.loading import load_snapshot
from gateway.server.application import create_application
from gateway.server.callers import believing, nobody
from gateway.server.pipeline import Pipeline
from gateway.server.variants import Variants
from gateway.settings import Limits, load_settings
from gateway.snapshot import Snapshot
from gateway.supergraph.composing import Composed, compose_sources
from gateway.supergraph.source.model import SourceText
from tests.connectors.loopback import serving
from tests.policy.composed import FILES, rule

pytestmark = pytest.mark.anyio

OLD = "type Query { fee: Int toll: Int rate: Int name: Int } type Mutation { pay: Int close: Int }"
NEW = """
type Query {
  fee: Int @override(from: "old", label: "percent(5)")
  toll: Int @override(from: "old", label: "percent(20)")
  rate: Int @override(from: "old", label: "night")
}
type Mutation {
  pay: Int @override(from: "old", label: "percent(5)")
  close: Int @override(from: "old", label: "percent(20)")
}
"""
EVERYTHING = "{ fee toll rate name }"


def linked(*imports: str) -> str:
    names = ", ".join(f'"{name}"' for name in ("@override", *imports))
    return f'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{names}])'


def composed(**urls: str) -> Composed:
    texts = {"old": OLD, "new": NEW}
    return compose_sources(
        [SourceText(name, name, f"{linked()}\n{sdl}", url=urls.get(name, "")) for name, sdl in texts.items()]
    )


def answering(number: int) -> ASGIApp:
    """A source that answers every field with its number, which tells who was asked."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).json()
        [operation] = parse(body["query"]).definitions
        assert isinstance(operation, OperationDefinitionNode)
        fields = [node for node in operation.selection_set.selections if isinstance(node, FieldNode)]
        data = {(node.alias or node.name).value: number for node in fields}
        await JSONResponse({"data": data})(scope, receive, send)

    return answer


@asynccontextmanager
async def opened(draws: Iterator[float], *stated: str) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway over both sources: the old one answers 1, the new one 2."""
    async with serving(answering(1)) as old, serving(answering(2)) as new:
        snapshot = open_snapshot(composed(old=old, new=new).read, Path("moving.graphql"), frozenset(stated))
        pipeline = Pipeline(snapshot, Limits(), draw=lambda: next(draws))
        pages = {"caches": lambda: {"plans": pipeline.caches["plans"].misses}}
        application = create_application(pipeline, nobody, Limits(), pages)
        transport = httpx.ASGITransport(application, client=("127.0.0.1", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client
        await snapshot.close()


async def ask(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.post("/graphql", json={"query": query})).json()
    assert "errors" not in answer
    data: dict[str, Any] = answer["data"]
    return data


@pytest.mark.parametrize(
    ("draw", "stated", "fee", "toll", "rate"),
    [
        (0.0, [], 2, 2, 1),
        (4.999, [], 2, 2, 1),
        (5.0, [], 1, 2, 1),
        (19.999, [], 1, 2, 1),
        (20.0, [], 1, 1, 1),
        (99.999, [], 1, 1, 1),
        (99.999, ["night"], 1, 1, 2),
        (0.0, ["night"], 2, 2, 2),
        (99.999, ["percent(5)"], 2, 1, 1),
        (99.999, ["percent(20)", "night"], 1, 2, 2),
        (0.0, ["nobody moves by this"], 2, 2, 1),
    ],
)
async def test_the_draw_and_what_is_stated_decide_who_answers(
    draw: float, stated: list[str], fee: int, toll: int, rate: int
) -> None:
    async with opened(iter([draw]), *stated) as client:
        assert await ask(client, EVERYTHING) == {"fee": fee, "toll": toll, "rate": rate, "name": 1}


async def test_each_request_draws_once_for_all_that_it_asks() -> None:
    async with opened(iter([3.0, 50.0])) as client:
        mutation = "mutation { a: pay b: pay c: close d: pay }"
        assert await ask(client, mutation) == {"a": 2, "b": 2, "c": 2, "d": 2}
        assert await ask(client, mutation) == {"a": 1, "b": 1, "c": 1, "d": 1}


@pytest.mark.parametrize(
    ("query", "plans"),
    [(EVERYTHING, 3), ("{ fee toll }", 3), ("{ fee name }", 2), ("{ toll }", 2), ("{ rate name }", 1), ("{ name }", 1)],
)  # fmt: skip
async def test_an_operation_is_planned_once_for_each_state_of_the_labels_that_it_meets(
    query: str, plans: int
) -> None:
    draws = [0.0, 10.0, 50.0] * 3
    async with opened(iter(draws)) as client:
        for _ in draws:
            await ask(client, query)
        assert (await client.get("/admin/caches")).json() == {"plans": plans}


async def test_the_public_schema_is_the_same_whatever_is_drawn() -> None:
    query = '{ __type(name: "Query") { fields { name type { name } } } }'
    async with opened(iter([0.0, 10.0, 50.0])) as client:
        told = [await ask(client, query) for _ in range(3)]
    assert told[0] == told[1] == told[2]
    assert [one["name"] for one in told[0]["__type"]["fields"]] == ["fee", "toll", "rate", "name"]


CITIZENS = {
    "old": 'type Query { citizens: [Citizen!]! } type Citizen @key(fields: "id") { id: ID! name: String }',
    "new": 'type Citizen @key(fields: "id") { id: ID! name: String @override(from: "old", label: "LABEL") }',
}


async def old_office(scope: Scope, receive: Receive, send: Send) -> None:
    citizens = [{"__typename": "Citizen", "id": "1", "name": "Wang of old"}]
    await JSONResponse({"data": {"citizens": citizens}})(scope, receive, send)


async def new_office(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).json()
    found = [{"__typename": "Citizen", "name": "Wang"} for _ in body["variables"]["representations"]]
    await JSONResponse({"data": {"_entities": found}})(scope, receive, send)


@asynccontextmanager
async def governed(
    folder: Path, label: str, rows: Any, draws: Iterator[float], *stated: str
) -> AsyncIterator[tuple[httpx.AsyncClient, Snapshot]]:
    """Two offices under a policy, the name of citizens moving by a label."""
    async with serving(old_office) as old, serving(new_office) as new:
        urls = {"old": old, "new": new}
        texts = [
            SourceText(one, one, f"{linked('@key')}\n{sdl.replace('LABEL', label)}", url=urls[one])
            for one, sdl in CITIZENS.items()
        ]
        settings = {
            "supergraph": "city.graphql",
            "policies": "policies",
            "sharing": dict.fromkeys(urls, "unconditional"),
            "override_labels": stated,
        }
        rules = rule({"read": ["Citizen.*"]}, {"list": ["Citizen"]}, rows={"Citizen": rows})
        policies = {
            **FILES,
            "labels.yaml": {"levels": ["low"], "categories": {}, "fields": {"Citizen.*": {"level": "low"}}},
            "roles.yaml": {"anonymous": {"level": "low"}},
            "rules/all.yaml": rules,
        }
        (folder / "policies" / "rules").mkdir(parents=True)
        (folder / "city.graphql").write_text(compose_sources(texts).sdl)
        (folder / "gateway.yaml").write_text(json.dumps(settings))
        for file, content in policies.items():
            (folder / "policies" / file).write_text(json.dumps(content))
        snapshot = await load_snapshot(load_settings(folder / "gateway.yaml", {}), {})
        pipeline = Pipeline(snapshot, Limits(), draw=lambda: next(draws))
        transport = httpx.ASGITransport(create_application(pipeline, believing(None), Limits(), {}))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client, snapshot
        await snapshot.close()


@pytest.mark.parametrize(
    ("stated", "name", "hints"), [([], "Wang of old", 0), (["register"], "Wang", 0), (["registre"], "Wang of old", 1)]
)  # fmt: skip
async def test_under_a_policy_the_settings_name_the_labels(
    tmp_path: Path, stated: list[str], name: str, hints: int
) -> None:
    async with governed(tmp_path, "register", "all", iter([0.0]), *stated) as (client, snapshot):
        assert await ask(client, "{ citizens { name } }") == {"citizens": [{"name": name}]}
        told = [hint for hint in snapshot.supergraph.hints if "moves by the label" in hint]
    assert len(told) == hints


async def test_what_guards_look_at_comes_from_the_source_of_the_moment(tmp_path: Path) -> None:
    async with governed(tmp_path, "percent(5)", ["wang"], iter([50.0, 0.0, 50.0])) as (client, _):
        told = [await ask(client, "{ citizens { id } }") for _ in range(3)]
    assert told == [{"citizens": []}, {"citizens": [{"id": "1"}]}, {"citizens": []}]


def test_percentages_make_one_variant_more_than_there_are() -> None:
    fields = {f"x{number}": f"percent({number})" for number in range(1, 11)}
    new = " ".join(f'{name}: Int @override(from: "old", label: "{label}")' for name, label in fields.items())
    old = " ".join(f"{name}: Int" for name in fields)
    texts = [
        SourceText(name, name, f"{linked()}\ntype Query {{ {sdl} }}")
        for name, sdl in (("old", old), ("new", new))
    ]
    variants = Variants(compose_sources(texts).read.supergraph)
    made = {id(variants.atlas(variants.active(draw / 8))): draw for draw in range(800)}
    assert len(made) == len(fields) + 1


INPUTS = {
    "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! x: Int w: Int }',
    "b": 'type T @key(fields: "id") { id: ID! x: Int @override(from: "a", label: "inner") '
    'w: Int @override(from: "a", label: "outer") }',
    "c": 'type T @key(fields: "id") { id: ID! x: Int @external z: Int @requires(fields: "x") }',
}


@pytest.mark.parametrize(
    ("query", "met"), [("{ t { z } }", {"inner"}), ("{ t { x } }", {"inner"}), ("{ t { w } }", {"inner", "outer"})]
)  # fmt: skip
def test_an_input_that_moves_is_met_by_every_operation(query: str, met: set[str]) -> None:
    link = linked("@key", "@external", "@requires")
    texts = [SourceText(name, name, f"{link}\n{sdl}") for name, sdl in INPUTS.items()]
    supergraph = compose_sources(texts).read.supergraph
    operation = read_operation(query, None, supergraph, OperationLimits(1000, 50, 1000, 100))
    assert Variants(supergraph).met(operation.needs, ()) == met
