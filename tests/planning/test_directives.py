"""Directives that sources define for operations: sent along where everything is allowed, and kept back under a policy."""

import pytest

from connectors.base import Argument, Directive
from gateway.constraints import ALLOW, EVERY_ROW, OPEN_ROOT, Constraints
from gateway.errors import RequestRefused
from gateway.operation import OperationLimits, read_operation
from gateway.planning import QueryPlan, plan_operation
from tests.planning.federated import plan_openly, supergraph_of

LAMPS = supergraph_of("directives-lamps")
TEXT = "query ($who: String!) @traced(by: $who) { lamp { name @spoken(loud: true) ... @spoken { maker { name } } } }"


def _applied(plan: QueryPlan) -> dict[str, tuple[Directive, ...]]:
    return {item.field: item.directives for node in plan.nodes for item in node.spec.selections}


def test_every_fetch_has_the_operations_directives() -> None:
    plan = plan_openly(LAMPS, TEXT)

    traced = Directive("traced", (Argument("by", "String!", "a1"),))
    assert [node.spec.directives for node in plan.nodes] == [(traced,), (traced,)]
    assert _applied(plan)["maker"] == (Directive("spoken", around=True),)


def test_under_a_policy_a_source_answers_without_directives() -> None:
    """They could turn a value into another than the one that a mask or a guard is made for."""
    operation = read_operation(TEXT, None, LAMPS, OperationLimits())

    everything = Constraints(
        tuple((pair, ALLOW) for pair in operation.needs.fields),
        tuple((name, EVERY_ROW) for name in operation.needs.types),
        tuple((root, OPEN_ROOT) for root in operation.needs.roots),
        "v",
        "p",
    )
    plan = plan_operation(operation, everything, LAMPS)

    assert [node.spec.directives for node in plan.nodes] == [(), ()]
    assert not any(_applied(plan).values())
    assert {item.raw for item in plan.output[0].children} == {"name", "maker"}


def test_directives_around_each_other_count_for_each_field_inside() -> None:
    fields = " ".join(f"n{number}: name" for number in range(300))
    text = "{ lamp {" + " ... @spoken {" * 50 + fields + "}" * 50 + "} }"

    with pytest.raises(RequestRefused) as refused:
        read_operation(text, None, LAMPS, OperationLimits())

    assert refused.value.problems[0].extensions["limit"] == "selections"
