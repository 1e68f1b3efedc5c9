"""CPU of the engine for one answer, beside graphql-core's for the same answer from the whole data.

Sources answer at once what they have answered before, read from JSON as a real source's answer is, so that what
is left is ours: collection, merging, guards, projection.
Both sides run in turns in one process; what travels is the ratio of the medians.
"""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from connectors.base import (
    Claim,
    FetchResult,
    GuardTerm,
    PathStep,
    Representation,
    RowFilter,
    RunContext,
    Variables,
)
from gateway.constraints import ALLOW, EVERY_ROW, Constraints, LookupPermit
from gateway.execution import FetchLimits, RequestValues, answer, prepare_plan
from gateway.operation import Operation, OperationLimits, read_operation
from gateway.planning import plan_operation
from tests.oracle.monolith import MemorySource, World, monolith_answer, supergraph

QUERY = '{ a(id: "1") { s n kids { id t owner { s n kids { id t owner { s n } } } } } }'
WIDTH, ROUNDS = 12, 40
OWN = RowFilter(((GuardTerm("own", (PathStep("t"),), "equals", Claim("me")),),))


class RecordedSource(MemorySource):
    """Asks the world once for each question, and then repeats the answer."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.answers: dict[tuple[int, bytes], bytes] = {}

    async def fetch(
        self,
        prepared: Any,  # a spec, as the source in memory prepares it
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """What was answered to the same question."""
        key = (id(prepared), orjson.dumps(representations))
        if key not in self.answers:
            found = await super().fetch(prepared, variables, representations, context)
            self.answers[key] = orjson.dumps(found.data)
        return FetchResult(orjson.loads(self.answers[key]))


def main() -> None:
    """Print the medians in milliseconds of CPU, and their ratios."""
    graph, world = supergraph(), _world()
    operation = read_operation(QUERY, None, graph, OperationLimits())
    sources = {name: RecordedSource(world) for name in graph.sources}
    values = RequestValues({}, operation.argument_values({}), {"me": ("t0", "t1", "t2")})

    def engine(rows: RowFilter) -> Callable[[], bytes]:
        ready = prepare_plan(plan_operation(operation, _decided(operation, rows), graph), graph, sources)

        def run() -> bytes:
            found = asyncio.run(answer(ready, values, sources, graph.sources, FetchLimits()))
            return orjson.dumps(found.data)

        return run

    def whole() -> bytes:
        return orjson.dumps(monolith_answer(graph, world, QUERY, {}, {}, {}, {}))

    sides = {"graphql-core": whole, "engine, open": engine(EVERY_ROW), "engine, a row guard": engine(OWN)}
    if whole() != sides["engine, open"]():
        raise SystemExit("the two answers differ")
    medians = _medians(sides)
    for name, median in medians.items():
        print(f"{name:20} {median:8.3f} ms  {median / medians['graphql-core']:5.2f} of graphql-core's")


def _medians(sides: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, run in sides.items():
            began = time.process_time()
            run()
            spent[name].append((time.process_time() - began) * 1_000)
    return {name: statistics.median(figures) for name, figures in spent.items()}


def _decided(operation: Operation, rows: RowFilter) -> Constraints:
    return Constraints(
        tuple((pair, ALLOW) for pair in sorted(operation.needs.fields)),
        tuple((name, rows if name == "B" else EVERY_ROW) for name in sorted(operation.needs.types)),
        tuple((pair, LookupPermit(EVERY_ROW)) for pair in sorted(operation.needs.roots)),
        "none",
        "none",
    )


def _world() -> World:
    world = World()
    for number in range(WIDTH):
        name = str(number)
        kids = [("B", str(other)) for other in range(WIDTH)]
        world.rows["A", name] = {"__typename": "A", "id": name, "s": f"s{number}", "n": number, "kids": kids}
        world.rows["B", name] = {
            "__typename": "B",
            "id": name,
            "code": name,
            "t": f"t{number % 4}",
            "owner": ("A", name),
        }
    return world


if __name__ == "__main__":
    main()
