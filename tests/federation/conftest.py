"""Sources and gateways of the suite: begun when a case is first asked for, stopped at the end."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.federation.case import read_case
from tests.federation.gateways import Gateway, Gateways
from tests.federation.serving import LoopThread, ServedCase, Sources


@dataclass(frozen=True)
class Federation:
    """Everything that is served."""

    sources: Sources
    gateways: Gateways

    def serve(self, case: str, labels: frozenset[str] = frozenset()) -> ServedCase:
        """A case, its data as at first. `labels`: those of `@override` that are active."""
        served = self.sources.serve(read_case(case), labels)
        served.reset()
        return served

    def gateway(self, served: ServedCase) -> Gateway:
        """The gateway over a case."""
        return self.gateways.over(served)


@pytest.fixture(scope="session")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    thread = LoopThread()
    sources = Sources(thread)
    gateways = Gateways(thread, tmp_path_factory.mktemp("supergraphs"))
    yield Federation(sources, gateways)
    gateways.close()
    sources.close()
    thread.close()
