"""The sources of the suite are strict: what no right gateway asks is answered by an error, and remembered."""

from typing import Any

import pytest

from tests.federation.answering import Source
from tests.federation.monolith import implementers
from tests.federation.source_schema import read_sources
from tests.federation.world import World

SUBGRAPHS = {
    "one": """
        type Query { item: Item @provides(fields: "name") plain: Item items: [Item] }
        type Item @key(fields: "id") @key(fields: "owner { code }") {
          id: ID! owner: Owner name: String @external price: Int @external stock: Int
          label(long: Boolean): String @requires(fields: "price")
        }
        type Owner { code: String }
        """,
    "two": """
        type Item @key(fields: "id") { id: ID! name: String price: Int stock: Int @override(from: "one") }
        """,
    "three": 'type Thing @key(fields: "id") @interfaceObject { id: ID! weight: Int }',
    "four": """
        interface Thing @key(fields: "id") { id: ID! }
        type Cup implements Thing @key(fields: "id") { id: ID! }
        """,
}
DATA = {
    "Query": {"item": "->i1", "plain": "->i1", "items": ["->i1", None]},
    "Item": {"i1": {"id": "1", "name": "Nut", "price": 5, "stock": 2, "owner": {"code": "C"}}},
    "Cup": {"c1": {"id": "9", "weight": 4}},
}


def source(name: str) -> Source:
    said = read_sources(SUBGRAPHS)
    world = World.of(DATA)
    return Source(said[name], implementers(said), lambda: world)


def entity(name: str, selection: str, **sent: Any) -> tuple[Any, list[str]]:  # Any: JSON
    """What a source answers for one representation, and what it found wrong."""
    asked = source(name)
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on {sent['__typename']} {selection} }} }}"
    answer = asked.answer({"query": query, "variables": {"r": [sent]}})
    data = answer.get("data")
    return data and data["_entities"][0], asked.problems


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("{ item { name } }", None),
        ("{ plain { name } }", "Item.name is external and not provided here"),
        ("{ item { price } }", "Item.price is external and not provided here"),
        ("{ item { stock } }", "Item.stock was taken over by another source"),
        ("{ item { label } }", "label needs a representation"),
        ("{ items { id } }", None),
        ("{ item { nothing } }", "Cannot query field 'nothing'"),
    ],
)
def test_fields_that_a_source_does_not_resolve(query: str, problem: str | None) -> None:
    asked = source("one")

    asked.answer({"query": query})

    if problem is None:
        assert asked.problems == []
    else:
        [found] = asked.problems
        assert problem in found


@pytest.mark.parametrize(
    ("sent", "answer", "problem"),
    [
        ({"id": "1", "price": 5}, {"label": 'label of {"price":5}'}, None),
        ({"id": "1", "price": 6}, {"label": 'label of {"price":6}'}, None),
        ({"owner": {"code": "C"}, "price": None}, {"label": 'label of {"price":null}'}, None),
        ({"id": "1"}, {"label": None}, "KeyError('price')"),
        ({"id": "2", "price": 5}, None, None),
        ({"id": "1", "owner": {"code": "D"}, "price": 5}, None, None),
        ({"id": None, "price": 5}, None, "has no complete key"),
        ({"owner": {"code": None}, "price": 5}, None, "has no complete key"),
        ({"id": "1", "price": 5, "stock": 2}, None, "holds ['stock'], which nothing requires"),
        ({"id": "1", "owner": {"code": "C", "name": "x"}, "price": 5}, None, "holds ['name']"),
    ],
)
def test_entities_are_found_and_computed_from_the_representation_alone(
    sent: dict[str, Any], answer: Any, problem: str | None
) -> None:
    found, problems = entity("one", "{ label }", __typename="Item", **sent)

    assert found == answer
    assert [problem in one for one in problems if problem] == ([True] if problem else [])


def test_arguments_show_in_what_is_computed() -> None:
    found, _ = entity("one", "{ label(long: true) }", __typename="Item", id="1", price=5)

    assert found == {"label": 'label({"long":true}) of {"price":5}'}


def test_an_interface_object_is_found_by_the_interfaces_name_alone() -> None:
    assert entity("three", "{ __typename weight }", __typename="Thing", id="9") == (
        {"__typename": "Thing", "weight": 4},
        [],
    )
    _, problems = entity("three", "{ __typename }", __typename="Cup", id="9")
    assert problems


def test_an_entity_interface_answers_the_concrete_type() -> None:
    assert entity("four", "{ __typename id }", __typename="Thing", id="9") == (
        {"__typename": "Cup", "id": "9"},
        [],
    )
