"""Plans over the supergraphs of tests/federation."""

from pathlib import Path

from gateway.constraints import Constraints
from gateway.operation import OperationLimits, read_operation
from gateway.planning import QueryPlan, plan_operation
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Supergraph

CASES = Path(__file__).parents[1] / "federation" / "cases"
OPEN = Constraints((), (), (), "", "", open=True)


def supergraph_of(case: str) -> Supergraph:
    """The supergraph of one case."""
    file = CASES / case / "supergraph.graphql"
    return read_supergraph(file.read_text("utf-8"), file).supergraph


def plan_openly(supergraph: Supergraph, text: str) -> QueryPlan:
    """The plan when everything is allowed."""
    return plan_operation(read_operation(text, None, supergraph, OperationLimits()), OPEN, supergraph)
