"""Planning is bounded: wide graphs cost what they need, and what costs too much is refused with a code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.base import FetchKind
from gateway.errors import RequestRefused
from gateway.operation import OperationLimits, read_operation
from gateway.planning.budget import WorkBudget
from tests.planning.wide import plan, wide_operation, wide_supergraph


def test_a_thousand_fields_over_a_hundred_implementers_in_twenty_sources() -> None:
    """At most 300 MB more, and one request to each source beyond the first."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "HUITONG_CHECK_PLANS": "0", "PYTHONPATH": str(root)}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.planning.wide"],
        cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    measured = json.loads(ended.stdout)
    assert measured["megabytes"] <= 300
    assert measured["fetches"] <= 21
    assert measured["fields"] == 100 * 1_000  # each of the thousand on each of the hundred, once


def test_types_that_resolve_alike_cost_as_one() -> None:
    few, many = wide_supergraph(20, 3, 1), wide_supergraph(100, 3, 1)
    budgets = []
    for supergraph in (few, many):
        made = plan(supergraph, wide_operation(supergraph, 3, 1))
        budgets.append(len(made.nodes))
        assert all(node.spec.kind is FetchKind.ROOT or len(node.spec.entities) > 1 for node in made.nodes)
    assert budgets[0] == budgets[1]


def test_many_ways_to_cover_are_weighed_greedily() -> None:
    """Thirty fields, each in three of twenty sources: three to the thirtieth combinations."""
    supergraph = wide_supergraph(1, 30, 3)
    made = plan(supergraph, wide_operation(supergraph, 30, 1))
    assert made.depth == 2
    assert len(made.nodes) <= 12
    assert [node.spec for node in made.nodes] == [
        node.spec for node in plan(supergraph, wide_operation(supergraph, 30, 1)).nodes
    ]


def test_fragments_that_fan_out_ten_levels_are_refused() -> None:
    supergraph = wide_supergraph(2, 1, 1)
    levels = "".join(
        f"fragment L{level} on Node {{ ...L{level + 1} @include(if: $a{level}) ...L{level + 1} @skip(if: $a{level}) }} "
        for level in range(12)
    )
    variables = ", ".join(f"$a{level}: Boolean!" for level in range(12))
    text = f"query ({variables}) {{ nodes {{ ...L0 }} }} {levels} fragment L12 on Node {{ f0 }}"
    with pytest.raises(RequestRefused) as refused:
        plan(supergraph, read_operation(text, None, supergraph, OperationLimits()))
    assert refused.value.problems[0].to_json()["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_work_is_bounded_in_units() -> None:
    budget = WorkBudget(2)
    budget.spend(2)
    with pytest.raises(RequestRefused) as refused:
        budget.spend()
    assert refused.value.problems[0].to_json()["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "planning",
    }
