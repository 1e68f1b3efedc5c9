"""What a principal is shown of the schema: a schema that tools accept, and nothing that it could never be allowed."""

from random import Random
from typing import Final

import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    execute_sync,
    parse,
    print_schema,
    validate_schema,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.execution.introspection import Introspected
from gateway.execution.visible import VisibleSchema, visible_schema, whole_schema
from tests.execution.asking_schemas import EVERYTHING, USUAL, VALUES, ask, drawn

CITY: Final = build_schema("""
directive @seen(by: Role, how: Manner) on FIELD
enum Role { CLERK JUDGE }
enum Unused { A }
input Manner { as: Form }
enum Form { PAPER }
input Search { role: Rank }
enum Rank { HIGH }
interface Node { id: ID! }
interface Holder implements Node { id: ID! name: String debt: Int home: Place }
type Citizen implements Holder & Node { id: ID! name: String debt: Int home: House faith: String }
type Company implements Holder & Node { id: ID! name: String debt: Int home: Place partner: Company }
type House { street: String parcel: Parcel }
type Parcel { house: House number: Int }
union Place = House | Parcel
type Query { node: Node holder: Holder holders(by: Search): [Holder!]! place: Place parcel: Parcel }
type Mutation { rename: Citizen demolish: House }
""")


def view(text: str) -> VisibleSchema:
    """What is left of CITY when these coordinates are allowed: `Type.field.field Type.field`."""
    allowed = [word.split(".") for word in text.split()]
    return visible_schema(CITY, frozenset((owner, name) for owner, *names in allowed for name in names))


def client_schema(shown: VisibleSchema) -> GraphQLSchema:
    """The schema that tools build of what they are shown."""
    data = ask(shown, USUAL).data
    assert data is not None
    return build_client_schema(data)  # type: ignore[arg-type]  # the shape that introspection has


VIEWS = {
    "a field alone": ("Query.parcel Parcel.number", "type Parcel { number: Int } type Query { parcel: Parcel }"),
    "a field that returns a type without fields": (
        "Query.parcel.place Parcel.house.number", "type Parcel { number: Int } union Place = Parcel type Query { place: Place parcel: Parcel }",
    ),
    "types that lead to nothing but each other": (
        "Query.parcel Parcel.house House.parcel",
        "type Parcel { house: House } type House { parcel: Parcel } type Query { parcel: Parcel }",
    ),
    "what types that stand behind an interface share": (
        "Query.holder Citizen.id.name.faith Company.id.name.debt",
        """type Citizen implements Holder & Node { id: ID! name: String faith: String }
           type Company implements Holder & Node { id: ID! name: String debt: Int }
           interface Holder implements Node { id: ID! name: String } interface Node { id: ID! } type Query { holder: Holder }""",
    ),
    "an interface of which one type is hidden": (
        "Query.holder Citizen.id.debt",
        """type Citizen implements Holder & Node { id: ID! debt: Int }
           interface Holder implements Node { id: ID! debt: Int } interface Node { id: ID! } type Query { holder: Holder }""",
    ),
    "types that share nothing": (
        "Query.holder.parcel Citizen.name Company.debt Parcel.number",
        "type Parcel { number: Int } type Query { parcel: Parcel }",
    ),
    "a field whose type only one of them may show": (
        "Query.holder Citizen.name.home Company.name.home Parcel.number",
        """type Citizen implements Holder { name: String } type Company implements Holder { name: String home: Place }
           interface Holder { name: String } type Parcel { number: Int } union Place = Parcel type Query { holder: Holder }""",
    ),
    "an input with all that it needs": (
        "Query.holders Citizen.name",
        """type Citizen implements Holder { name: String } interface Holder { name: String } input Search { role: Rank }
           enum Rank { HIGH } type Query { holders(by: Search): [Holder!]! }""",
    ),
    "mutations": (
        "Query.parcel Parcel.number Mutation.rename.demolish Citizen.name",
        """type Citizen implements Holder { name: String } interface Holder { name: String } type Parcel { number: Int }
           type Query { parcel: Parcel } type Mutation { rename: Citizen }""",
    ),
    "a mutation named as a query": (
        "Query.parcel Mutation.holder Parcel.number", "type Parcel { number: Int } type Query { parcel: Parcel }",
    ),
    "what nothing leads to": (
        "Query.parcel Parcel.number Citizen.name", "type Parcel { number: Int } type Query { parcel: Parcel }",
    ),
}  # fmt: skip
DIRECTIVE = "directive @seen(by: Role, how: Manner) on FIELD enum Role { CLERK JUDGE } input Manner { as: Form } enum Form { PAPER }"


def definitions(schema: GraphQLSchema) -> set[str]:
    return set(print_schema(schema).split("\n\n"))


@pytest.mark.parametrize("case", VIEWS)
def test_a_view_is_a_valid_schema_of_what_may_be_shown(case: str) -> None:
    allowed, left = VIEWS[case]
    found = client_schema(view(allowed))
    assert validate_schema(found) == []
    assert definitions(found) == definitions(build_schema(f"{DIRECTIVE} {left}"))


@pytest.mark.parametrize("allowed", ["", "Citizen.name", "Query.holder Parcel.number", "Mutation.demolish"])
def test_whoever_may_see_nothing_is_told_so_beside_a_query_without_fields(allowed: str) -> None:
    found = ask(view(allowed), "{ __schema { queryType { name fields { name } } mutationType { name } } }")
    assert found.data == {"__schema": {"queryType": {"name": "Query", "fields": []}, "mutationType": None}}
    [problem] = found.problems
    assert problem.to_json() == {
        "message": "Nothing of the schema may be shown to this caller.",
        "extensions": {"code": "ACCESS_DENIED", "coordinate": "Query", "reason": "rule"},
    }


def test_a_type_that_is_hidden_is_not_found_by_its_name() -> None:
    text = '{ a: __type(name: "Citizen") { name } b: __type(name: "Parcel") { name } c: __type(name: "__Type") { name } }'
    found = ask(view("Query.parcel Parcel.number"), text)
    assert found == Introspected({"a": None, "b": {"name": "Parcel"}, "c": {"name": "__Type"}}, [])


def test_views_that_show_the_same_have_the_same_key_and_others_have_not() -> None:
    some = view("Query.parcel Parcel.number")
    assert some.key == view("Query.parcel Parcel.number Citizen.name").key
    others = [
        view("Query.parcel Parcel.number.house House.street"),
        view("Query.place Parcel.number"),
        whole_schema(CITY),
    ]
    assert len({one.key for one in (some, *others)}) == 4


OBJECTS = [
    kind for kind in CITY.type_map.values() if isinstance(kind, GraphQLObjectType) and kind.name[:2] != "__"
]
COORDINATES = [(kind.name, name) for kind in OBJECTS for name in kind.fields]


@settings(deadline=None, max_examples=100)
@given(st.sets(st.sampled_from(COORDINATES)), st.integers(0, 2**32))
@example(set(), 1186971)  # a root field that is left out where it stands first
def test_any_view_is_valid_and_tells_nothing_else(allowed: set[tuple[str, str]], seed: int) -> None:
    shown = visible_schema(CITY, frozenset({*allowed, ("Query", "parcel"), ("Parcel", "number")}))
    found = client_schema(shown)
    assert validate_schema(found) == []
    told = {
        (kind.name, name)
        for kind in found.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name in kind.fields
    }
    assert told <= allowed | {("Query", "parcel"), ("Parcel", "number")}
    text = drawn(Random(seed))
    asked = ask(shown, text, VALUES).data
    expected = execute_sync(found, parse(text), variable_values=dict(VALUES)).data
    assert in_any_order(asked) == in_any_order(expected), text


def in_any_order(value: object) -> str:
    """Lists as sets: the order of types in a schema that was built again is another one. So with keys.

    In what order an answer has those of the root, its own walk tells (projection.py).
    """
    if isinstance(value, dict):
        return str(sorted((name, in_any_order(one)) for name, one in value.items()))
    return str(sorted(map(in_any_order, value))) if isinstance(value, list) else repr(value)


def test_the_whole_of_a_schema_is_shown_where_everything_is_allowed() -> None:
    everything = frozenset(
        (kind.name, name)
        for kind in EVERYTHING.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name in kind.fields
    )
    shown = visible_schema(EVERYTHING, everything)
    assert print_schema(client_schema(shown)) == print_schema(client_schema(whole_schema(EVERYTHING)))
