"""A plan as a picture."""

from gateway.planning.mermaid import plan_mermaid
from tests.planning.federated import plan_openly, supergraph_of

SHIPPING = supergraph_of("requires-shipping")


def test_boxes_are_fetches_and_arrows_are_dependencies() -> None:
    plan = plan_openly(SHIPPING, "query ($v: Boolean!) { products { name premium @include(if: $v) } }")
    assert (
        plan_mermaid(plan)
        == """\
flowchart LR
  request(["request"])
  answer(["answer"])
  f0["#0 products<br/>products"]
  request --> f0
  f1["#1 inventory<br/>Product at products<br/>shippingEstimate<br/>if $v"]
  f0 --> f1
  f2["#2 insurance<br/>Product at products<br/>premium<br/>if $v"]
  f1 --> f2
  f2 --> answer
"""
    )


def test_many_fields_are_counted() -> None:
    aliases = " ".join(f'p{number}: product(upc: "{number}") {{ name }}' for number in range(3))
    drawn = plan_mermaid(plan_openly(SHIPPING, f"{{ products {{ name }} {aliases} }}"))
    assert "products product" in drawn
    assert '"' not in drawn.replace('(["', "").replace('"])', "").replace('["', "").replace('"]', "")


def test_nothing_to_fetch_is_drawn_too() -> None:
    assert "request --> answer" in plan_mermaid(plan_openly(SHIPPING, "{ __typename }"))
