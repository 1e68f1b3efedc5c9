"""Interfaces, unions, inputs, mutations and failures: answered as @apollo/gateway answers, for no more requests.

Where a subgraph fails, the data is the same. The errors' own words and codes are each gateway's; Huitong names the
place of every null that a failure made.
"""

from dataclasses import dataclass, field

import pytest

from connectors.base import Json
from tests.apollo.conftest import Comparison

ON_BOOK = "... on Book { pages } ... on Film { minutes }"


@dataclass(frozen=True)
class Case:
    title: str
    query: str
    variables: Json = field(default_factory=dict)


CASES = [
    Case("an interface's own fields", "{ shelf { id title __typename } }"),
    Case("a field that a source adds to an interface", "{ shelf { stars } }"),
    Case("the same beside fields of single types", f"{{ shelf {{ __typename stars notes {{ text }} {ON_BOOK} }} }}"),
    Case("an object whose type its source does not know", "{ best { id stars } }"),
    Case("its type, and what only that type has", f"{{ best {{ __typename title {ON_BOOK} }} }}"),
    Case("type conditions below it", "{ all { __typename stars ... on Film { minutes stars } "
         "... on Book { notes(first: 2) { text about { title } } } } }"),
    Case("a union, narrowed by an interface", "{ works { __typename ... on Media { title stars } } }"),
    Case("a union's types under one key", "{ works { ... on Book { id n: pages } ... on Film { id m: minutes } } }"),
    Case("a key inside an object", "{ shelf { by { name home { city } prizes } } }"),
    Case("a field that needs fields of other sources", "{ media(id: 1) { ... on Book { price } } }"),
    Case("an interface inside an interface", "{ shelf { by { name made { title stars by { prizes } } } } }"),
    Case("from a type to its interface and back",
         "{ shelf { ... on Book { sequel { title stars ... on Film { minutes } ... on Book { sequel { title } } } } } }"),
    Case("one field with three arguments", "query ($n: Int) { media(id: 3) { a: notes(first: 1) { text } "
         "b: notes(first: $n) { text } notes { text } } }", {"n": 3}),
    Case("fields left out", "query ($no: Boolean!) { media(id: 1) { ... @include(if: $no) { by { name } } "
         "title @skip(if: $no) stars } }", {"no": False}),
    Case("nothing found", "{ media(id: 99) { title stars } }"),
    Case("null where a source promised a value, in a list", "{ shelf { id worth } }"),
    Case("the same beside what is well", "{ a: media(id: 4) { id worth } b: media(id: 1) { worth } }"),
    Case("null at the root where there must be a value", "{ broken { title } }"),
    Case("one field of the root fails", "{ fragile { title } best { title } }"),
    Case("a field inside a list fails", "{ shelf { id by { name prizes } } }"),
    Case("a mutation", "mutation { rename(id: 3, title: \"Emma!\") { title stars } }"),
    Case("mutations one after another, in two sources",
         "mutation { a: rename(id: 1, title: \"x\") { title stars } b: rate(id: 1, stars: 1) { stars title } "
         "c: rename(id: 1, title: \"红楼梦\") { title stars } d: rate(id: 1, stars: 5) { stars title } }"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_same_data_for_no_more_requests(case: Case, media: Comparison) -> None:
    expected = media.ask_apollo(case.query, case.variables)
    found = media.ask_huitong(case.query, case.variables)
    assert found.body["data"] == expected.body["data"]
    assert ("errors" in found.body) == ("errors" in expected.body)
    for error in found.body.get("errors", ()):
        assert _at(found.body["data"], error["path"]) is None
    assert 0 < found.total <= expected.total, (found.requests, expected.requests)


def test_some_of_these_answers_hold_errors(media: Comparison) -> None:
    broken = [case.title for case in CASES if "errors" in media.ask_huitong(case.query, case.variables).body]
    assert len(broken) >= 5


def _at(value: Json, path: list[str | int]) -> Json:
    for step in path:
        if value is None:
            return None
        value = value[step]
    return value
