"""The errors that a subgraph reports: where they stand, what they explain, and that they take away nothing."""

from dataclasses import dataclass

import pytest

from connectors.base import (
    Condition,
    FailureKind,
    FetchKind,
    FetchSpec,
    FieldSelection,
    Json,
    RunContext,
)
from connectors.graphql import GraphQLConnector
from tests.connectors.manifests import graphql_manifest
from tests.connectors.owners import (
    CAT_TOM,
    DOG_WITHOUT_TRICKS,
    NAME,
    OWNER,
    PETS,
    SDL,
    Canned,
    ask,
    entities,
    field,
)

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Reported:
    title: str
    entity: Json
    path: list[Json]
    at: tuple[str | int, ...]


@pytest.mark.parametrize(
    "case",
    [
        Reported("a field", {"name_": None, "pets_": []}, ["_entities", 1, "name_"], ("name_",)),
        Reported("the whole entity", None, ["_entities", 1], ()),
        Reported("a field whose null took the entity with it", None, ["_entities", 1, "pets_", 0, "name_"], ()),
        Reported("a field inside a list whose null took the list with it", {"name_": "x", "pets_": None},
                 ["_entities", 1, "pets_", 0, "name_"], ("pets_",)),
        Reported("a field of an object in a list", {"name_": "x", "pets_": [CAT_TOM, DOG_WITHOUT_TRICKS]},
                 ["_entities", 1, "pets_", 1, "tricks_"], ("pets_", 1, "tricks_")),
        Reported("one item of a list", {"name_": "x", "pets_": [CAT_TOM, {**DOG_WITHOUT_TRICKS, "tricks_": ["a", None]}]},
                 ["_entities", 1, "pets_", 1, "tricks_", 1], ("pets_", 1, "tricks_", 1)),
        Reported("an index that the list does not have", {"name_": "x", "pets_": [CAT_TOM]},
                 ["_entities", 1, "pets_", 7, "name_"], ("pets_",)),
        Reported("a field that nobody asked for", {"name_": "x", "pets_": []}, ["_entities", 1, "hat"], ()),
    ],
    ids=lambda case: case.title,
)  # fmt: skip
async def test_an_error_that_the_source_reports_stands_at_what_is_null_for_it(case: Reported) -> None:
    whole = {"name_": "Bea", "pets_": []}
    error = {"message": "secret", "path": case.path, "extensions": {"code": "OUT_OF_PAPER"}}
    result = await ask(Canned(entities(whole, case.entity, whole, errors=[error])), NAME, PETS, count=3)
    assert [(one.failure.kind, one.path, one.indices) for one in result.failures] == [
        (FailureKind.ERROR, case.at, frozenset({1}))
    ]
    assert result.data[0] == result.data[2] == whole
    detail = result.failures[0].failure.detail
    assert "OUT_OF_PAPER" in detail and "secret" not in detail


async def test_an_error_at_one_field_does_not_explain_what_another_lacks() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}]
    result = await ask(Canned(entities({"name_": None, "id_": None}, errors=errors)), NAME, field("id"))
    assert {(one.failure.kind, one.path) for one in result.failures} == {
        (FailureKind.ERROR, ("name_",)),
        (FailureKind.INVALID_RESPONSE, ("id_",)),
    }


async def test_an_error_at_a_null_that_the_schema_forbids_explains_it() -> None:
    errors = [{"path": ["_entities", 0, "id_"]}]
    result = await ask(Canned(entities({"name_": "Ann", "id_": None}, errors=errors)), NAME, field("id"))
    assert [(one.failure.kind, one.path) for one in result.failures] == [(FailureKind.ERROR, ("id_",))]


async def test_a_full_batch_may_report_an_error_for_each_field() -> None:
    errors = [
        {"path": ["_entities", number, name]} for number in range(500) for name in ("name_", "age_", "size_")
    ]
    entity = {"id_": "1", "name_": None, "age_": None, "size_": None}
    selections = [field(name) for name in ("id", "name", "age", "size")]
    result = await ask(Canned(entities(*[entity] * 500, errors=errors)), *selections, count=500)
    assert result.data == [entity] * 500
    assert {one.path: len(one.indices) for one in result.failures} == {
        ("name_",): 500,
        ("age_",): 500,
        ("size_",): 500,
    }


UNPLACED: list[Json] = [
    {"message": "no path"},
    {"path": []},
    {"path": ["_entities"]},
    {"path": ["_entities", 7]},
    {"path": ["_entities", True]},
    {"path": ["other", 0]},
    {"path": "name_"},
    "what",
    None,
]


@pytest.mark.parametrize("error", UNPLACED, ids=str)
async def test_an_error_that_names_no_entity_is_reported_of_all_and_what_came_is_kept(error: Json) -> None:
    found = [{"name_": "Ann"}, None, {"name_": None}]
    result = await ask(Canned(entities(*found, errors=[error, error])), NAME, count=3)
    assert result.data == found
    assert [(one.failure.kind, one.path, one.indices) for one in result.failures] == [
        (FailureKind.ERROR, (), frozenset({0, 1, 2}))
    ]


async def test_an_error_that_names_no_entity_explains_a_null_that_the_schema_forbids() -> None:
    result = await ask(Canned(entities({"name_": "Ann", "id_": None}, errors=[{}])), NAME, field("id"))
    assert result.data == [{"name_": "Ann", "id_": None}]
    assert [(one.failure.kind, one.path) for one in result.failures] == [
        (FailureKind.ERROR, ()),
        (FailureKind.ERROR, ("id_",)),
    ]


async def test_an_error_beside_a_value_is_reported_and_the_value_is_kept() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}]
    result = await ask(Canned(entities({"name_": "Ann"}, {"name_": "Bea"}, errors=errors)), NAME, count=2)
    assert result.data == [{"name_": "Ann"}, {"name_": "Bea"}]
    assert [(one.path, one.indices) for one in result.failures] == [(("name_",), frozenset({0}))]


async def test_one_error_told_without_end_is_one_failure() -> None:
    errors = [{"path": ["_entities", 0, "name_"]}] * 1_051
    result = await ask(Canned(entities({"name_": None}, errors=errors)), NAME)
    assert result.data == [{"name_": None}]
    assert [(one.failure.kind, one.path) for one in result.failures] == [(FailureKind.ERROR, ("name_",))]


async def test_a_root_field_that_failed_is_named() -> None:
    answer = {"data": {"owner": None}, "errors": [{"path": ["owner"]}]}
    connector = GraphQLConnector.connect(graphql_manifest(SDL), SDL, Canned(answer))
    selection = FieldSelection("owner", "owner", frozenset({"Query"}), children=(NAME,))
    prepared = connector.prepare(FetchSpec("tested", FetchKind.ROOT, "Query", (selection,)))
    result = await connector.run(prepared, {}, [], RunContext({}, 5))
    assert [(one.failure.kind, one.path) for one in result.failures] == [(FailureKind.ERROR, ("owner",))]


async def test_an_error_below_an_object_whose_type_is_no_name_stands_at_the_object() -> None:
    pet = {"__typename": ["Cat"], "name_": None}
    errors = [{"path": ["_entities", 0, "pets_", 0, "name_"]}]
    result = await ask(Canned(entities({"pets_": [pet]}, errors=errors)), PETS)
    assert result.data == [{"pets_": [None]}]
    assert {(one.failure.kind, one.path) for one in result.failures} == {
        (FailureKind.ERROR, ("pets_", 0)),
        (FailureKind.INVALID_RESPONSE, ("pets_", 0)),
    }


@pytest.mark.parametrize("wanted", [True, False])
async def test_an_error_of_a_field_that_a_request_leaves_out_is_none_of_its_errors(wanted: bool) -> None:
    either = Condition(frozenset({frozenset({("one", True)}), frozenset({("two", True)})}))
    conditional = FieldSelection("name_", "name", OWNER, condition=either)
    answer = entities({"name_": None, "id_": "1"}, errors=[{"path": ["_entities", 0, "name_"]}])
    result = await ask(Canned(answer), conditional, field("id"), one=wanted, two=False)
    assert result.data == [{"id_": "1", "name_": None} if wanted else {"id_": "1"}]
    assert [one.path for one in result.failures] == ([("name_",)] if wanted else [])


async def test_errors_without_end_take_no_data_away() -> None:
    pets = [{"__typename": "Cat", "name_": f"Tom {number}"} for number in range(1_100)]
    errors = [{"message": "x", "path": ["_entities", 0, "pets_", at, "name_"]} for at in range(1_100)]
    result = await ask(Canned(entities({"name_": "Ann", "pets_": pets}, errors=errors)), NAME, PETS)
    assert result.data == [{"name_": "Ann", "pets_": [{"name_": pet["name_"]} for pet in pets]}]
    assert {one.failure.kind for one in result.failures} == {FailureKind.ERROR}
    assert ("pets_", "name_") in {one.path for one in result.failures}
