"""Who comes from @apollo/gateway gets the same answers, for at most as many requests to the subgraphs.

The federation is composed by @apollo/composition from subgraphs that run on @apollo/subgraph.
"""

from dataclasses import dataclass, field

import pytest

from connectors.base import Json
from tests.apollo.conftest import Comparison

PRODUCT = "inStock name price shippingEstimate upc weight"
INNER = f"reviews {{ id body product {{ {PRODUCT} }} }}"
AUTHORS = f"reviews {{ id body author {{ id username name {INNER} }} }}"
USER = f"id username name reviews {{ id body product {{ {PRODUCT} {AUTHORS} }} }}"


@dataclass(frozen=True)
class Case:
    """`requests`: as many as Huitong needs at most, whatever the other gateway takes."""

    title: str
    query: str
    requests: int
    variables: Json = field(default_factory=dict)


CASES = [
    Case("everything, five levels deep", f"{{ users {{ {USER} }} topProducts(first: 5) {{ {PRODUCT} {AUTHORS} }} }}", 7),
    Case("one field of one subgraph", "{ users { id name } }", 1),
    *(
        Case(f"user {number}, five levels deep", f"query One($id: ID!) {{ user(id: $id) {{ {USER} }} }}", 7,
             {"id": number})
        for number in "146"
    ),
    Case("nobody", f"query One($id: ID!) {{ user(id: $id) {{ {USER} }} }}", 1, {"id": "99"}),
    Case("what a field needs and nobody asked for", "{ topProducts { shippingEstimate } }", 2),
    Case("the same through other subgraphs", "{ me { reviews { product { shippingEstimate } } } }", 4),
    Case("what a subgraph provides on the way", "{ me { reviews { author { username } } } }", 2),
    Case("a key, which needs no subgraph", "{ me { reviews { product { upc } author { id } } } }", 2),
    Case("one entity at three places", "{ a: me { name ...R } b: user(id: 1) { numberOfReviews ...R } "
         "users { id ...R } } fragment R on User { reviews { product { name } } }", 4),
    Case("arguments that differ", "{ a: topProducts(first: 2) { upc inStock } b: topProducts { name inStock } }", 2),
    Case("a field that is left out", "query Some($all: Boolean!) { topProducts { name @skip(if: $all) "
         "inStock @include(if: $all) reviews @include(if: $all) { body } __typename } }", 3, {"all": True}),
    Case("and its counterpart", "query Some($all: Boolean!) { topProducts { name @skip(if: $all) "
         "inStock @include(if: $all) reviews @include(if: $all) { body } __typename } }", 1, {"all": False}),
    Case("a default", "query Few($first: Int = 2) { topProducts(first: $first) { name } }", 1),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_same_answer_for_no_more_requests(case: Case, benchmark: Comparison) -> None:
    expected = benchmark.ask_apollo(case.query, case.variables)
    found = benchmark.ask_huitong(case.query, case.variables)
    assert "errors" not in expected.body
    assert found.body == expected.body
    assert 0 < found.total <= min(expected.total, case.requests), (found.requests, expected.requests)


def test_the_answer_holds_what_the_subgraphs_hold(benchmark: Comparison) -> None:
    data = benchmark.ask_huitong(CASES[0].query, {}).body["data"]
    assert [user["username"] for user in data["users"]] == ["ann", "ben", "cai", "dan", "eve", "fei"]
    assert [product["shippingEstimate"] for product in data["topProducts"]] == [50, 0, 10, 50, 0]
