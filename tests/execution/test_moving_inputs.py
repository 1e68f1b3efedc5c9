"""A field that another source requires moves by a label: the source of the moment supplies it."""

import pytest

from gateway.supergraph.progressive import while_active
from tests.execution.composed import ScriptedSource, ask, by_key, composed, told

PARCELS = composed(
    """
type Query @join__type(graph: A) @join__type(graph: B) @join__type(graph: C) {
  parcel: Parcel @join__field(graph: B)
}
type Parcel @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") @join__type(graph: C, key: "id") {
  id: ID!
  size: Size @join__field(graph: A, override: "b", overrideLabel: "sizes")
    @join__field(graph: B, overrideLabel: "sizes") @join__field(graph: C, external: true)
  fee: Int @join__field(graph: C, requires: "size { weight }")
}
type Size @join__type(graph: A) @join__type(graph: B) @join__type(graph: C) {
  weight: Int @join__field(graph: A) @join__field(graph: B) @join__field(graph: C, external: true)
}
""",
    "a",
    "b",
    "c",
)


@pytest.mark.parametrize("labels", [(), ("sizes",)], ids=["before", "after"])
def test_what_a_source_requires_comes_from_where_it_is_resolved(labels: tuple[str, ...]) -> None:
    parcel = {"__typename": "Parcel", "id": "p"}
    sized = {**parcel, "size": {"weight": 2}}
    sources = {
        "a": ScriptedSource(by_key({"p": sized})),
        "b": ScriptedSource(by_key({"": {"parcel": parcel if labels else sized}})),
        "c": ScriptedSource(by_key({"p": {**parcel, "fee": 7}})),
    }

    found = ask(while_active(PARCELS, labels), "{ parcel { fee } }", sources)

    assert (found.data, told(found)) == ({"parcel": {"fee": 7}}, [])
    assert sources["c"].asked == [[sized]]
    assert len(sources["a"].asked) == len(labels)
