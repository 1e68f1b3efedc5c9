"""The plan checker sees what is wrong with a plan."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connectors.base import Argument, FieldSelection, InputField
from gateway.planning import FetchNode, QueryPlan
from gateway.planning.checker import check_plan
from gateway.planning.faults import PlanFault
from tests.planning.federated import OPEN, plan_openly, supergraph_of

SHIPPING = supergraph_of("requires-shipping")
MEDIA = supergraph_of("interface-objects-media")
ORDERS = supergraph_of("provides-object")

Break = Callable[[FetchNode], FetchNode]


def broken(plan: QueryPlan, number: int, change: Break) -> QueryPlan:
    nodes = tuple(change(node) if node.id == number else node for node in plan.nodes)
    return replace(plan, nodes=nodes)


def selecting(*more: FieldSelection) -> Break:
    return lambda node: replace(node, spec=replace(node.spec, selections=(*node.spec.selections, *more)))


def without_inputs(node: FetchNode) -> FetchNode:
    entries = tuple(replace(entry, inputs=entry.inputs[:1]) for entry in node.entries)
    return replace(node, entries=entries)


def with_input(name: str) -> Break:
    def change(node: FetchNode) -> FetchNode:
        entries = tuple(
            replace(entry, inputs=(*entry.inputs, InputField(name, (InputField("x"),))))
            for entry in node.entries
        )
        return replace(node, entries=entries)

    return change


def product(field: str, *arguments: Argument, children: tuple[FieldSelection, ...] = ()) -> FieldSelection:
    return FieldSelection(field, field, frozenset({"Product"}), arguments, children=children)


FAULTS: dict[str, tuple[str, int, Break]] = {
    "lacks the inputs of Product.shippingEstimate": ("shippingEstimate", 1, without_inputs),
    "which nothing has fetched before": ("shippingEstimate", 1, with_input("premium")),
    "does not resolve Product.name": ("shippingEstimate", 1, selecting(product("name"))),
    "is external to inventory": ("shippingEstimate", 1, selecting(product("weight"))),
    "does not know an argument of inStock": (
        "shippingEstimate",
        1,
        selecting(product("inStock", Argument("city", "String", "a0"))),
    ),
    "is a leaf": ("shippingEstimate", 1, selecting(product("inStock", children=(product("upc"),)))),
    "which nobody may see and nothing needs": ("shippingEstimate", 1, selecting(product("inStock"))),
    "asks shippingEstimate twice": ("shippingEstimate", 1, selecting(product("shippingEstimate"))),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_plan_is_seen(fault: str) -> None:
    field, number, change = FAULTS[fault]
    plan = plan_openly(SHIPPING, f"{{ products {{ {field} }} }}")
    check_plan(plan, SHIPPING, OPEN)
    with pytest.raises(PlanFault, match=fault):
        check_plan(broken(plan, number, change), SHIPPING, OPEN)


def test_what_is_provided_holds_on_its_path_alone() -> None:
    plan = plan_openly(ORDERS, "{ orders { customer { name } payer { id } } }")
    check_plan(plan, ORDERS, OPEN)
    name = FieldSelection("name", "name", frozenset({"Customer"}))

    def on_the_other_path(node: FetchNode) -> FetchNode:
        (orders,) = node.spec.selections
        children = tuple(
            replace(child, children=(*child.children, name)) if child.field == "payer" else child
            for child in orders.children
        )
        return replace(node, spec=replace(node.spec, selections=(replace(orders, children=children),)))

    with pytest.raises(PlanFault, match="is external to orders"):
        check_plan(broken(plan, 0, on_the_other_path), ORDERS, OPEN)


def test_an_interface_object_supplies_no_concrete_type() -> None:
    plan = plan_openly(MEDIA, "{ top { score ... on Book { pages } } }")
    check_plan(plan, MEDIA, OPEN)
    with pytest.raises(PlanFault, match="nothing supplies"):
        check_plan(replace(plan, nodes=plan.nodes[:1]), MEDIA, OPEN)
