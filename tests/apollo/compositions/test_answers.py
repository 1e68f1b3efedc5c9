"""Gateways answer over what Huitong composes as over what @apollo/composition does: both gateways, the same operations.

That Huitong answers over what @apollo/composition makes of the same sets is what tests/federation shows, and
test_schemas.py that both texts are one model to it. The sources run over HTTP and refuse what no right gateway asks.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.apollo.compositions.asking import ApolloGateway, apollo_gateway
from tests.apollo.compositions.composing import Apollo, Huitong
from tests.apollo.compositions.differences import GATEWAY
from tests.apollo.compositions.set_files import SourceSet, suite_sets
from tests.apollo.node import Node
from tests.federation.case import PLACEHOLDER, Run, read_case
from tests.federation.gateways import Gateways
from tests.federation.monolith import expected_answer
from tests.federation.serving import LoopThread, ServedCase, Sources
from tests.federation.world import Value

SETS = suite_sets()
Answer = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Wrong:
    """A run that a gateway answers wrongly. `problems`: what it asked sources that no right gateway asks."""

    run: Run
    answer: Answer
    problems: list[str]


@dataclass(frozen=True)
class Served:
    """The sources of all cases, @apollo/gateway and Huitong. `expected`: the data of runs that were worked out."""

    sources: Sources
    apollo: ApolloGateway
    huitong: Gateways
    expected: dict[tuple[str, str], Value] = field(default_factory=dict)

    def case(self, one: SourceSet, sdl: str) -> ServedCase:
        """A case with a supergraph of one's own in place of that which stands in its folder."""
        served = self.sources.serve(read_case(one.title))
        return replace(served, supergraph=sdl.replace(PLACEHOLDER, self.sources.address))

    def wrong(self, case: ServedCase, runs: Iterable[Run], ask: Callable[[Run], Answer]) -> list[Wrong]:
        """What a gateway does not answer as one graph would, or asks sources though it must not."""
        wrong = []
        for run in runs:
            case.reset()
            answer = ask(run)
            if answer.get("data") != self._data(case, run) or case.problems:
                wrong.append(Wrong(run, answer, [*case.problems]))
        return wrong

    def _data(self, case: ServedCase, run: Run) -> Value:
        key = case.case.name, str(run)
        if key not in self.expected:
            self.expected[key] = expected_answer(case.case, run).data
        return self.expected[key]


@pytest.fixture(scope="module")
def served(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("answers")
    thread = LoopThread()
    sources, gateways = Sources(thread), Gateways(thread, folder)
    with (folder / "log").open("w+") as log, apollo_gateway(node, log) as gateway:
        yield Served(sources, gateway, gateways)
    gateways.close()
    sources.close()
    thread.close()


@pytest.mark.parametrize("one", SETS, ids=str)
def test_apollo_gateway_answers_the_same(
    apollo: Apollo, huitong: Huitong, served: Served, one: SourceSet
) -> None:
    ours = served.case(one, huitong.of(one).sdl)
    wrong = served.wrong(ours, ours.case.runs, lambda run: served.apollo.ask(ours.supergraph, run))
    assert bool(wrong) == (one.title in GATEWAY), wrong
    theirs = served.case(one, apollo.outcomes[one.title].sdl)
    assert wrong == served.wrong(
        theirs, [found.run for found in wrong], lambda run: served.apollo.ask(theirs.supergraph, run)
    )


@pytest.mark.parametrize("one", SETS, ids=str)
def test_huitong_answers_what_one_graph_would(huitong: Huitong, served: Served, one: SourceSet) -> None:
    ours = served.case(one, huitong.of(one).sdl)
    assert served.wrong(ours, ours.case.runs, served.huitong.over(ours).ask) == []


def test_explanations_belong_to_cases() -> None:
    assert {*GATEWAY} <= {one.title for one in SETS}
