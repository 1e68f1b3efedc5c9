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
PARCELS = supergraph_of("null-keys-detours")
DISHES = supergraph_of("provided-keys-menus")

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


def by_fallback_alone(node: FetchNode) -> FetchNode:
    entries = tuple(replace(entry, inputs=entry.fallbacks[0], fallbacks=()) for entry in node.entries)
    return replace(node, entries=entries)


def test_what_is_fetched_for_some_objects_is_no_input_for_all() -> None:
    plan = plan_openly(PARCELS, "{ parcels { status } }")
    check_plan(plan, PARCELS, OPEN)

    with pytest.raises(PlanFault, match="needs barcode at parcels, which nothing has fetched before"):
        check_plan(broken(plan, 2, by_fallback_alone), PARCELS, OPEN)


def test_what_is_required_stands_beside_the_field_where_it_is_provided() -> None:
    plan = plan_openly(DISHES, "{ menus { best { card } } }")
    check_plan(plan, DISHES, OPEN)

    def without_code(node: FetchNode) -> FetchNode:
        menus = node.spec.selections[0]
        best = menus.children[0]
        rest = tuple(item for item in best.children if item.field != "code")
        menus = replace(menus, children=(replace(best, children=rest),))
        return replace(node, spec=replace(node.spec, selections=(menus,)))

    with pytest.raises(PlanFault, match=r"lacks the inputs of Dish\.card"):
        check_plan(broken(plan, 0, without_code), DISHES, OPEN)
