"""Row guards, and what a source is sent beside a key: who answers a guard lacks the inputs of other fields yet."""

import pytest

from connectors.base import EVERY_ROW, Claim, GuardTerm, PathStep, RowFilter
from gateway.constraints import ALLOW, Constraints, RootPermit
from gateway.operation import OperationLimits, read_operation
from gateway.planning import plan_operation
from gateway.planning.checker import check_plan
from gateway.planning.printing import plan_text
from gateway.supergraph.model import Supergraph
from tests.execution.composed import composed
from tests.planning.federated import CASES, supergraph_of

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


def _plan(graph: Supergraph, type_name: str, guard: str, query: str, name: str | None = None) -> str:
    """The plan when one type's objects are visible by one of their fields; the checker has proved it."""
    own = RowFilter(((GuardTerm("own", (PathStep(guard),), "equals", Claim("me")),),))
    operation = read_operation(query, name, graph, OperationLimits())
    rows = tuple((one, own if one == type_name else EVERY_ROW) for one in sorted(operation.needs.types))
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
    text = _plan(PARCELS, "Parcel", "holder", "{ parcels { fee note } }")

    asked = [line.strip(" │└├─") for line in text.splitlines()]
    assert asked[asked.index("{ holder note }") - 2].startswith("#1 fees: Parcel by id, at parcels")
    assert asked[asked.index("{ fee }") - 2] == "#3 fees: Parcel by id weight, at parcels, after #2"


def test_what_a_guard_fetched_to_find_a_row_is_not_fetched_again() -> None:
    text = _plan(supergraph_of("null-keys-detours"), "Parcel", "status", "{ parcels { status fee shelf } }")

    assert text.startswith("3 dependent steps, 3 fetches")


@pytest.mark.parametrize(
    ("case", "query", "type_name", "guard"),
    [
        ("benchmark-shop", "Full", "Product", "inStock"),
        ("conditions-clinic", "OneFieldTwoWays", "Patient", "shelf"),
        ("federation1-users", "Badges", "User", "badge"),
        ("interface-objects-accounts", "Offers", "Business", "offer"),
        ("requires-entities-jobs", "Team", "Job", "fits"),
        ("requires-fragments-payments", "Receipts", "Payment", "to"),
        ("requires-orders", "Totals", "Order", "discount"),
        ("stages-cycle-loans", "Back", "Loan", "badge"),
        ("stages-three-visas", "TwiceAround", "Visa", "b"),
    ],
)
def test_inputs_come_before_what_requires_them_whatever_a_guard_reads(
    case: str, query: str, type_name: str, guard: str
) -> None:
    text = (CASES / case / "operations.graphql").read_text("utf-8")

    assert _plan(supergraph_of(case), type_name, guard, text, query)
