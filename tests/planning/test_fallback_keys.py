"""Keys that serve where the nearest is null: what has to be fetched for them alone."""

from gateway.planning.checker import check_plan
from gateway.planning.printing import plan_text
from tests.execution.composed import composed, open_constraints, plan

PARCELS = composed(
    """
    type Query @join__type(graph: SHOP) { parcels: [Parcel] @join__field(graph: SHOP) }
    type Parcel
      @join__type(graph: SHOP, key: "label") @join__type(graph: SHOP, key: "id")
      @join__type(graph: DEPOT, key: "id") @join__type(graph: DEPOT, key: "shelf")
      @join__type(graph: PORT, key: "shelf") @join__type(graph: PORT, key: "barcode")
      @join__type(graph: CARRIER, key: "label") @join__type(graph: CARRIER, key: "shelf")
      @join__type(graph: CARRIER, key: "barcode") {
      id: ID! @join__field(graph: SHOP) @join__field(graph: DEPOT)
      label: String @join__field(graph: SHOP) @join__field(graph: CARRIER)
      shelf: String @join__field(graph: DEPOT) @join__field(graph: PORT) @join__field(graph: CARRIER)
      barcode: String! @join__field(graph: PORT) @join__field(graph: CARRIER)
      status: String @join__field(graph: CARRIER)
    }
    """,
    "shop",
    "depot",
    "port",
    "carrier",
)


def test_a_detour_that_two_keys_need_is_made_for_objects_that_lack_the_nearest_alone() -> None:
    made = plan(PARCELS, "{ parcels { status } }")

    check_plan(made, PARCELS, open_constraints())
    asked = [line for line in plan_text(made).splitlines() if "Parcel by" in line]
    assert "depot: Parcel by id, at parcels where label is null" in asked[0]
    assert "port: Parcel by shelf, at parcels where label and shelf is null" in asked[1]
    assert "carrier: Parcel by label, else by shelf, else by barcode, at parcels" in asked[2]
