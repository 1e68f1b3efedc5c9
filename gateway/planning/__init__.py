"""Planning: Operation + Constraints → QueryPlan."""

from gateway.planning.plan import FetchNode, OutputField, Place, QueryPlan, Step
from gateway.planning.planner import PlanningError, plan_operation
from gateway.planning.standing import Atlas

__all__ = [
    "Atlas",
    "FetchNode",
    "OutputField",
    "Place",
    "PlanningError",
    "QueryPlan",
    "Step",
    "plan_operation",
]
