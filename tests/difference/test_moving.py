"""Whichever fields move by labels, and whichever labels are active: clients get the answers that one graph would give."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count, islice

from gateway.operation import OperationLimits, read_operation
from gateway.planning.printing import plan_text
from gateway.server.variants import Variants
from tests.difference.case import Drawn, draw
from tests.difference.lab import Lab, Refused
from tests.federation.case import Run

CASES = 12
BEGUN_AT = 500
"""Where the draws begin: the same cases in each run."""
STATES = [frozenset(labels.split()) for labels in ("", "one", "two", "one two")]
LIMITS = OperationLimits(10_000, 50, 10_000, 100)

Labs = dict[frozenset[str], Lab]
"""A case in every state of its labels."""


@cache
def tried() -> list[tuple[Drawn, Labs]]:
    return list(islice(_composed(), CASES))


def _composed() -> Iterator[tuple[Drawn, Labs]]:
    for number in range(BEGUN_AT, BEGUN_AT + 4 * CASES):
        drawn = moving(draw(number, "overrides"))
        if any("label:" in text for text in drawn.sources.values()):
            try:
                yield drawn, {labels: Lab(drawn, labels) for labels in STATES}
            except Refused:
                continue


def moving(drawn: Drawn) -> Drawn:
    """The same with a label on each override, in turn one of two."""
    labels = count()

    def labelled(found: re.Match[str]) -> str:
        return f'{found[0][:-1]}, label: "{("one", "two")[next(labels) % 2]}")'

    sources = {
        name: re.sub(r'@override\(from: "\w+"\)', labelled, text) for name, text in drawn.sources.items()
    }
    return replace(drawn, sources=sources)


def met(lab: Lab, run: Run) -> frozenset[str]:
    """The labels on which the plan of a run is said to depend."""
    supergraph = lab.composed.read.supergraph
    return Variants(supergraph).met(read_operation(run.document, run.name, supergraph, LIMITS).needs, ())


def test_a_federated_graph_answers_as_one_graph_would_in_every_state() -> None:
    for drawn, labs in tried():
        for lab in labs.values():
            for run in drawn.runs:
                lab.check(run)


def test_a_plan_depends_on_no_label_that_its_operation_does_not_meet() -> None:
    for drawn, labs in tried():
        for labels, lab in labs.items():
            for run in drawn.runs:
                other = labs[labels & met(lab, run)]
                assert plan_text(lab.plan(run)) == plan_text(other.plan(run)), drawn


def test_what_is_tried_is_worth_trying() -> None:
    runs = [(lab, run) for drawn, labs in tried() for lab in [labs[STATES[0]]] for run in drawn.runs]
    found = [met(lab, run) for lab, run in runs]

    assert len(tried()) == CASES, "most sources that are drawn must compose"
    assert any(found) and not all(found), "some operations meet labels, and some meet none"
