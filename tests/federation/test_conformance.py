"""A federated graph answers as one graph would: any operation, whichever sources its fields lie in."""

import json
import os
from collections.abc import Sequence

import pytest
from graphql import build_client_schema, build_schema, get_introspection_query, lexicographic_sort_schema
from graphql import print_schema as printed

from gateway.planning.printing import plan_text
from tests.federation.case import Run, case_names, read_case
from tests.federation.conftest import Federation
from tests.federation.monolith import expected_answer
from tests.federation.world import Value

NAMES = case_names()
RUNS = [pytest.param(name, run, id=f"{name}-{run}") for name in NAMES for run in read_case(name).runs]
UPDATE = os.environ.get("HUITONG_UPDATE_SNAPSHOTS") == "1"


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_a_client_sees_what_one_graph_would_answer(federation: Federation, name: str, run: Run) -> None:
    served = federation.serve(name)
    expected = expected_answer(served.case, run)

    answer = federation.gateway(served).ask(run)

    assert served.problems == [], "a source was asked what it must not be asked"
    assert answer.get("data") == expected.data, answer.get("errors")
    assert json.dumps(answer["data"]) == json.dumps(expected.data), "keys stand in the operation's order"
    assert {_null_place(error["path"], expected.data) for error in answer.get("errors", ())} == {
        _null_place(path, expected.data) for path in expected.error_paths
    }
    most = served.case.requests[str(run)]
    assert sum(served.requests.values()) <= most, f"{served.requests}: {most} requests are enough"


def _null_place(path: Sequence[str | int], data: Value) -> tuple[str | int, ...]:
    """Where an error shows: the outermost null on its path. A gateway need not know what lies deeper."""
    for depth, key in enumerate(path):
        if data is None:
            return tuple(path[:depth])
        data = data[key]
    return tuple(path)


@pytest.mark.parametrize("name", NAMES)
def test_plans_are_those_that_were_read(federation: Federation, name: str) -> None:
    served = federation.serve(name)
    gateway = federation.gateway(served)
    plans = "\n".join(
        f"== {operation}\n{plan_text(gateway.plan(document))}"
        for operation, document in served.case.operations.items()
    )
    file = served.case.folder / "plans.txt"
    if UPDATE:
        file.write_text(plans, encoding="utf-8")

    assert plans == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_public_schema_is_the_api_schema(federation: Federation, name: str) -> None:
    served = federation.serve(name)
    run = Run(
        "IntrospectionQuery",
        get_introspection_query(input_value_deprecation=True, directive_is_repeatable=True),
        {},
    )

    told = build_client_schema(federation.gateway(served).ask(run)["data"])

    expected = build_schema(served.case.api)
    assert printed(lexicographic_sort_schema(told)) == printed(lexicographic_sort_schema(expected))
    assert served.requests == {}
