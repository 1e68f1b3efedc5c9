"""Root fields: mutations one after the other, `__typename` without asking anybody."""

import asyncio
from typing import Any

import pytest

from connectors.base import (
    ALWAYS,
    EVERY_ROW,
    Argument,
    FetchKind,
    FetchSpec,
    FieldSelection,
)
from gateway.constraints import ALLOW
from gateway.planning.plan import Entry, FetchNode, OutputField, Place, QueryPlan, Shape
from tests.execution.composed import ScriptedSource, ask, composed, failing, plan, run, told

GRAPH = composed(
    """
type Query @join__type(graph: ONE) @join__type(graph: TWO) {
  must: String! @join__field(graph: ONE)
  count: Int @join__field(graph: TWO)
}
type Mutation @join__type(graph: ONE) @join__type(graph: TWO) {
  first: Receipt @join__field(graph: ONE)
  second: Receipt @join__field(graph: TWO)
  third: Receipt @join__field(graph: ONE)
  must: String! @join__field(graph: TWO)
}
type Receipt @join__type(graph: ONE, key: "id") @join__type(graph: TWO, key: "id") {
  id: ID!
  note: String @join__field(graph: ONE)
  stamp: String @join__field(graph: TWO)
}
""",
    "one",
    "two",
)


class Ledger:
    """Writes down which source was asked what, and lets others run before it answers."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def source(self, name: str, fails: frozenset[str] = frozenset()) -> ScriptedSource:
        ledger = self

        def script(spec: FetchSpec, representations: list[Any]) -> Any:
            fields = "+".join(item.field for item in spec.selections)
            of = "".join(f" of {one['id']}" for one in representations)
            ledger.entries.append(f"{name}: {fields}{of}")
            if fields in fails:
                return failing()(spec, representations)
            if spec.kind is FetchKind.ROOT:
                return [{item.response: {"id": item.field} for item in spec.selections}]
            return [{item.response: f"{item.field}{of}" for item in spec.selections} for _ in representations]

        class Slow(ScriptedSource):
            async def fetch(self, *arguments: Any) -> Any:
                for _ in range(5):
                    await asyncio.sleep(0)  # a turn for every other fetch that may run now
                return await super().fetch(*arguments)

        return Slow(script)


MUTATION = "mutation { first { id stamp } second { note id } third { stamp } }"
IN_ORDER = [
    "one: first",
    "two: stamp of first",
    "two: second",
    "one: note of second",
    "one: third",
    "two: stamp of third",
]


def test_each_mutation_has_ended_with_all_below_it_before_the_next_begins() -> None:
    ledger = Ledger()
    found = ask(GRAPH, MUTATION, {"one": ledger.source("one"), "two": ledger.source("two")})
    assert ledger.entries == IN_ORDER
    assert found.problems == ()
    assert found.data is not None
    assert found.data["third"] == {"stamp": "stamp of third"}


def test_a_mutation_that_fails_is_told_and_the_next_one_runs_once() -> None:
    ledger = Ledger()
    sources = {"one": ledger.source("one"), "two": ledger.source("two", frozenset({"second"}))}
    found = ask(GRAPH, "mutation { first { id } second { id } third { id } }", sources)
    assert found.data == {"first": {"id": "first"}, "second": None, "third": {"id": "third"}}
    assert told(found) == [("SOURCE_UNAVAILABLE", ["second"])]
    assert ledger.entries == ["one: first", "two: second", "one: third"]


@pytest.mark.parametrize(("text", "name"), [("{ __typename t: __typename }", "Query"),
                                            ("mutation { __typename t: __typename }", "Mutation")])  # fmt: skip
def test_the_root_names_its_type_and_asks_nobody(text: str, name: str) -> None:
    found = ask(GRAPH, text, {})
    assert (found.data, found.problems) == ({"__typename": name, "t": name}, ())
    assert plan(GRAPH, text).nodes == ()


def test_arguments_that_belong_to_no_client_come_from_the_plan() -> None:
    query = frozenset({"Query"})
    selection = FieldSelection("count__k", "count", query, (Argument("k", "Int", "c0"),))
    spec = FetchSpec("two", FetchKind.ROOT, "Query", (selection,))
    shown = OutputField("n", "count__k", "count", query, (), ALWAYS, ALLOW, Shape("Int"),
                        Place("Query.count", ("n",), False))  # fmt: skip
    node = FetchNode(0, spec, (Entry(()),), frozenset(), ALWAYS, False, EVERY_ROW, ())
    made = QueryPlan((), (node,), (shown,), (), (), (), constants={"c0": 7}, exact=True)
    source = ScriptedSource(lambda *_: [{"count__k": 1}])
    assert run(GRAPH, made, {"two": source}, {"v": 1}, {"a0": 2}).data == {"n": 1}
    assert source.variables == [{"v": 1, "a0": 2, "c0": 7}]
