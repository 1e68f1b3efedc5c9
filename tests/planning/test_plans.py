"""Plans as text: what is asked of whom, after what, for whom.

`HUITONG_UPDATE_SNAPSHOTS=1 pytest tests/planning` writes the snapshots that the tests compare with.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Claim, GuardTerm, PathStep, RowFilter
from gateway.constraints import (
    ALLOW,
    EVERY_ROW,
    Candidate,
    Constraints,
    Deny,
    LookupPermit,
    Mask,
    Permit,
    Reason,
)
from gateway.errors import Code, RequestRefused
from gateway.operation import Operation, OperationLimits, read_operation
from gateway.planning import PlanningError, plan_operation
from gateway.planning.budget import WorkBudget
from gateway.planning.checker import check_plan
from gateway.planning.faults import PlanFault
from gateway.planning.plan import QueryPlan
from gateway.planning.printing import plan_text
from tests.oracle.monolith import supergraph

GRAPH = supergraph()
SNAPSHOTS = Path(__file__).parent / "snapshots"
OWN = RowFilter(((GuardTerm("own", (PathStep("s"),), "equals", Claim("me")),),))
MINE = RowFilter(((GuardTerm("mine", (PathStep("owner"), PathStep("s")), "equals", Claim("me")),),))
FRIENDLY = RowFilter(
    ((GuardTerm("friendly", (PathStep("friends", "B"), PathStep("t")), "equals", Claim("me")),),)
)
NOBODY = Deny(Reason.DENY)
YEAR = Permit((Candidate((), Mask("year", "truncate", 0, (("to", "year"),))),))

# Any: a decision of whichever kind the coordinate calls for.
PLANS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "one source alone": ('{ a(id: "1") { id s } }', {}),
    "existence alone": ('{ a(id: "1") { __typename } }', {}),
    "a hop by key": ('{ a(id: "1") { s n } }', {}),
    "a hop through another source's key": ('{ a(id: "1") { kids { extra } } }', {}),
    "a value of two sources": ('{ a(id: "1") { one { x y } } }', {}),
    "a value inside a value": ('{ a(id: "1") { one { inner { inner { x y } } } } }', {}),
    "a union": ('{ a(id: "1") { pet { __typename ... on B { t } ... on C { c1 name } } } }', {}),
    "an interface": ('{ b(id: "1") { mate { name ... on D { a { s } } } } }', {}),
    "two aliases of one lookup are one fetch": ('{ x: a(id: "1") { s } y: a(id: "1") { n } }', {}),
    "two arguments of one field": ('{ a(id: "1") { x: n(k: 1) y: n(k: 2) n } }', {}),
    "conditions": (
        "query ($v: Boolean!, $w: Boolean!) { a(id: 1) { s @include(if: $v) n @skip(if: $w) "
        "kids @include(if: $v) { t @skip(if: $w) } } }",
        {},
    ),
    "nothing is fetched for a denied lookup": ('{ a(id: "1") { s } }', {"Query.a": NOBODY}),
    "a denied field is not fetched": (
        '{ a(id: "1") { s n kids { t } x: n } }',
        {"A.n": NOBODY, "A.kids": NOBODY},
    ),
    "a row guard at the root": ('{ a(id: "1") { n kids { t } } }', {"A": OWN}),
    "a row guard whose input another source has": ('{ a(id: "1") { kids { extra } } }', {"B": MINE}),
    "a row guard on one member of a union": (
        '{ a(id: "1") { pet { ... on B { t } ... on C { c1 } } } }',
        {"C": FRIENDLY},
    ),
    "a cell guard and a mask": (
        '{ a(id: "1") { s n } }',
        {"A.n": Permit((Candidate(OWN.any_of[0]),)), "A.s": YEAR},
    ),
}


def decided(operation: Operation, decisions: Mapping[str, Any]) -> Constraints:
    rows = {name: decisions.get(name, EVERY_ROW) for name in operation.needs.types}
    targets = {root: GRAPH.lookups[root[1]].type_name for root in operation.needs.roots}
    roots = {
        root: decisions.get(".".join(root), LookupPermit(decisions.get(target, EVERY_ROW)))
        for root, target in targets.items()
    }
    fields = {pair: decisions.get(".".join(pair), ALLOW) for pair in operation.needs.fields}
    return Constraints(
        tuple(sorted(fields.items(), key=lambda item: item[0])),
        tuple(sorted(rows.items())),
        tuple(sorted(roots.items())),
        "v",
        "p",
    )


def planned(text: str, decisions: Mapping[str, Any]) -> tuple[QueryPlan, Constraints]:
    operation = read_operation(text, None, GRAPH, OperationLimits())
    constraints = decided(operation, decisions)
    return plan_operation(operation, constraints, GRAPH), constraints


@pytest.mark.parametrize("case", PLANS)
def test_plan_as_text(case: str) -> None:
    text, decisions = PLANS[case]
    plan, constraints = planned(text, decisions)
    check_plan(plan, GRAPH, constraints)
    snapshot = SNAPSHOTS / (re.sub(r"\W+", "-", case) + ".txt")
    found = f"{text}\n\n{plan_text(plan)}"
    if os.environ.get("HUITONG_UPDATE_SNAPSHOTS"):
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_text(found, "utf-8")
    assert found == snapshot.read_text("utf-8")


def test_plans_are_deterministic() -> None:
    for text, decisions in PLANS.values():
        assert plan_text(planned(text, decisions)[0]) == plan_text(planned(text, decisions)[0])


def test_work_is_bounded_in_units() -> None:
    budget = WorkBudget(2)
    budget.spend(2)
    with pytest.raises(RequestRefused) as refused:
        budget.spend()
    assert refused.value.problems[0].to_json()["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "planning",
    }


def test_what_no_source_answers_is_named() -> None:
    operation = read_operation('{ a(id: "1") { n } }', None, GRAPH, OperationLimits())
    broken = supergraph()
    broken.types["A"].keys.pop("two")  # type: ignore[attr-defined] # composition would never let this through
    with pytest.raises(PlanningError, match=r"^No source can answer A\.n at a\.n\.$") as refused:
        plan_operation(operation, decided(operation, {}), broken)
    assert refused.value.problems[0].code is Code.UNANSWERABLE


def test_the_checker_sees_faults() -> None:
    from dataclasses import replace

    plan, constraints = planned('{ a(id: "1") { s n kids { t } } }', {})
    first, *rest = plan.nodes
    denied = decided(
        read_operation('{ a(id: "1") { s n kids { t } } }', None, GRAPH, OperationLimits()), {"A.n": NOBODY}
    )
    hopping = next(node for node in rest if node.spec.type_name == "B")
    faults = [
        (replace(plan, nodes=tuple(rest)), constraints),  # inputs that nobody fetches
        (replace(plan, nodes=(*rest, first)), constraints),  # out of order
        (replace(plan, nodes=(first,)), constraints),  # fields that nobody supplies
        (plan, denied),  # a field that leaves against its decision
        (replace(plan, nodes=(replace(first, spec=replace(first.spec, selections=())), *rest)), constraints),
        (replace(plan, nodes=(replace(first, spec=replace(first.spec, source="three")), *rest)), constraints),
        (replace(plan, output=(), nodes=plan.nodes), constraints),  # fetched, and nobody may see it
        (replace(plan, nodes=(first, replace(hopping, depends_on=frozenset()))), constraints),
        (replace(plan, nodes=(replace(first, spec=replace(first.spec, selections=first.spec.selections * 2)), *rest)),
         constraints),
    ]  # fmt: skip
    for number, (broken, decisions) in enumerate(faults):
        with pytest.raises(PlanFault):
            check_plan(broken, GRAPH, decisions)
            pytest.fail(f"fault {number} was not seen")
