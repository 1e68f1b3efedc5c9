"""The suite covers what it promises: two graphs or more for each feature, and every case is what it says."""

from collections import Counter

import pytest
from graphql import build_schema, parse, validate

from tests.federation.case import case_names, read_case, runs_of
from tests.federation.source_schema import read_sources

FEATURES = {
    "composite-keys", "conditions", "conflicting-aliases", "directives", "external-v1", "external-v2", "federation-1",
    "interface-objects", "interfaces", "key-third-source", "keys", "keys-through-keys", "members-elsewhere",
    "mutations", "nested-keys", "null-keys", "override", "override-labels", "override-requires",
    "provides-interface", "provides-object", "provides-union", "requires", "requires-arguments", "requires-chain",
    "requires-fragments", "requires-lists", "shared-roots", "sibling-fragments", "stage-cycle", "unions",
    "unknown-enum-value", "unknown-type", "value-types",
}  # fmt: skip
NAMES = case_names()


def test_each_feature_has_two_graphs_or_more() -> None:
    covered = Counter(feature for name in NAMES for feature in set(read_case(name).covers))

    assert {feature for feature in FEATURES if covered[feature] < 2} == set()
    assert set(covered) <= FEATURES, "a misspelt feature counts nowhere"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_whole(name: str) -> None:
    case = read_case(name)
    schema = build_schema(case.api)

    assert set(read_sources(case.subgraphs)) == set(case.subgraphs)
    assert all(f'"http://sources.example/{name}/{source}"' in case.supergraph for source in case.subgraphs)
    assert [validate(schema, parse(document)) for document in case.operations.values()] == [
        [] for _ in case.operations
    ]
    assert {str(run) for run in case.runs} == set(case.requests)


def test_every_version_of_composed_sdl_is_there() -> None:
    texts = [read_case(name).supergraph for name in NAMES]

    for version in ("v0.1", "v0.2", "v0.3", "v0.4", "v0.5"):
        assert any(f"join/{version}" in text for text in texts), version


def test_variables_above_an_operation_make_runs_of_it() -> None:
    runs = runs_of(
        '# variables: {"a": 1}\n# variables: {"a": 2}\nquery A($a: Int) { x(a: $a) ...F }\n'
        "query B { x }\nfragment F on Query { y }"
    )

    assert [str(run) for run in runs] == ['A{"a": 1}', 'A{"a": 2}', "B"]
    assert "fragment F" in runs[0].document and "fragment F" not in runs[2].document
