"""A field that moves by a label: whichever labels are active, clients see the same and the source of the moment is asked."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from tests.federation.case import Case, Run, case_names, read_case
from tests.federation.conftest import Federation
from tests.federation.monolith import expected_answer

CASES = [case for name in case_names() if "override-labels" in (case := read_case(name)).covers]


def states(case: Case) -> Iterator[frozenset[str]]:
    """Every set of the labels of a case."""
    labels = sorted({*re.findall(r'overrideLabel: "(\w+)"', case.supergraph)})
    for size in range(len(labels) + 1):
        yield from map(frozenset, combinations(labels, size))


RUNS = [
    pytest.param(case.name, labels, run, id=f"{case.name}-{'+'.join(sorted(labels)) or 'none'}-{run}")
    for case in CASES
    for labels in states(case)
    for run in case.runs
]


@pytest.mark.parametrize(("name", "labels", "run"), RUNS)
def test_a_client_sees_what_one_graph_would_answer(
    federation: Federation, name: str, labels: frozenset[str], run: Run
) -> None:
    served = federation.serve(name, labels)

    answer = federation.gateway(served).ask(run)

    assert served.problems == [], "a source was asked for a field that another resolves"
    assert answer == {"data": expected_answer(served.case, run).data}


@pytest.mark.parametrize(
    ("name", "labels", "run", "asked"),
    [
        ("override-labels-stock", "", "OneLabel", {"monolith": 1}),
        ("override-labels-stock", "places", "OneLabel", {"monolith": 1}),
        ("override-labels-stock", "stock", "OneLabel", {"monolith": 1, "stock": 1}),
        ("override-labels-stock", "places stock", "BothLabels", {"monolith": 1, "stock": 1}),
        ("override-labels-stock", "places stock", "NoLabel", {"monolith": 1}),
        ("override-labels-fleet", "", "Plates", {"depot": 1}),
        ("override-labels-fleet", "fleet", "Plates", {"depot": 1, "registry": 1}),
        ("override-labels-fleet", "", "Repaint", {"depot": 1, "registry": 1}),
        ("override-labels-fleet", "fleet", "Repaint", {"depot": 2, "registry": 2}),
    ],
)
def test_the_sources_that_are_asked(
    federation: Federation, name: str, labels: str, run: str, asked: dict[str, int]
) -> None:
    served = federation.serve(name, frozenset(labels.split()))

    federation.gateway(served).ask(next(one for one in served.case.runs if one.name == run))

    assert served.requests == asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_public_schema_is_the_same_in_every_state(federation: Federation, case: Case) -> None:
    query = Run("Q", "query Q { __schema { types { name fields { name type { name } } } } }", {})

    told = [federation.gateway(federation.serve(case.name, labels)).ask(query) for labels in states(case)]

    assert all(answer == told[0] and "errors" not in answer for answer in told)
