"""Row guards, and what a source is sent beside a key: who answers a guard lacks the inputs of other fields yet."""

from connectors.base import Claim, GuardTerm, PathStep, RowFilter
from gateway.constraints import ALLOW, Constraints, RootPermit
from gateway.operation import OperationLimits, read_operation
from gateway.planning import plan_operation
from gateway.planning.checker import check_plan
from gateway.planning.printing import plan_text
from gateway.supergraph.model import Supergraph
from tests.execution.composed import composed
from tests.planning.federated import supergraph_of

PARCELS = composed(
    """
    type Query @join__type(graph: SHOP) { parcels: [Parcel] @join__field(graph: SHOP) }
    type Parcel
      @join__type(graph: SHOP, key: "id") @join__type(graph: FEES, key: "id") @join__type(graph: SCALE, key: "id") {
      id: ID!
      holder: String @join__field(graph: FEES)
      weight: Int @join__field(graph: SCALE) @join__field(graph: FEES, external: true)
      fee: String @join__field(graph: FEES, requires: "weight")
      note: String @join__field(graph: FEES)
    }
    """,
    "shop",
    "fees",
    "scale",
)


def _plan(graph: Supergraph, guard: str, query: str) -> str:
    own = RowFilter(((GuardTerm("own", (PathStep(guard),), "equals", Claim("me")),),))
    operation = read_operation(query, None, graph, OperationLimits())
    rows = (("Parcel", own),)
    constraints = Constraints(
        tuple((pair, ALLOW) for pair in operation.needs.fields),
        rows,
        tuple((root, RootPermit(rows)) for root in operation.needs.roots),
        "v",
        "p",
    )
    plan = plan_operation(operation, constraints, graph)
    check_plan(plan, graph, constraints)
    return plan_text(plan)


def test_what_requires_more_than_a_guard_is_asked_when_its_inputs_are_there() -> None:
    text = _plan(PARCELS, "holder", "{ parcels { fee note } }")

    asked = [line.strip(" │└├─") for line in text.splitlines()]
    assert asked[asked.index("{ holder note }") - 2].startswith("#1 fees: Parcel by id, at parcels")
    assert asked[asked.index("{ fee }") - 2] == "#3 fees: Parcel by id weight, at parcels, after #2"


def test_what_a_guard_fetched_to_find_a_row_is_not_fetched_again() -> None:
    text = _plan(supergraph_of("null-keys-detours"), "status", "{ parcels { status fee shelf } }")

    assert text.startswith("3 dependent steps, 3 fetches")
