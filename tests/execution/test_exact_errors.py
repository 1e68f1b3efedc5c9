"""Without a policy, an error stands at each outermost place that a failure, a denial or a lack made null."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from connectors.base import (
    ALWAYS,
    EVERY_ROW,
    Condition,
    Constant,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    GuardTerm,
    InputField,
    Json,
    PartialFailure,
    PathStep,
    RowFilter,
    SourceFailure,
)
from gateway.constraints import ALLOW
from gateway.errors import RequestRefused
from gateway.execution import Answer
from gateway.execution.exact import MAX_ERRORS
from gateway.planning.plan import Entry, FetchNode, OutputField, Place, QueryPlan, Shape, Step, TypeRows
from tests.execution.composed import Script, ScriptedSource, ask, by_key, composed, failing, run, told

GRAPH = composed(
    """
type Query @join__type(graph: ONE) @join__type(graph: TWO) @join__type(graph: THREE) {
  a: A @join__field(graph: ONE)
  must: A! @join__field(graph: ONE)
  list: [A] @join__field(graph: ONE)
  strict: [A!] @join__field(graph: ONE)
  pets: [Pet] @join__field(graph: ONE)
  other: String @join__field(graph: TWO)
}
type A @join__type(graph: ONE, key: "id") @join__type(graph: TWO, key: "id")
  @join__type(graph: THREE, key: "id") {
  id: ID!
  s: String @join__field(graph: ONE)
  tags: [String] @join__field(graph: ONE)
  t: String @join__field(graph: TWO)
  tn: Int! @join__field(graph: TWO)
  w: Int @join__field(graph: TWO) @join__field(graph: THREE, external: true)
  cost: Int @join__field(graph: THREE, requires: "w")
  kids: [A] @join__field(graph: TWO)
}
type Dog @join__type(graph: ONE, key: "id") @join__type(graph: TWO, key: "id") {
  id: ID!
  bark: String @join__field(graph: TWO)
  sound: String @join__field(graph: TWO)
}
type Cat @join__type(graph: ONE, key: "id") { id: ID! meow: String sound: String }
union Pet @join__type(graph: ONE) @join__unionMember(graph: ONE, member: "Dog")
  @join__unionMember(graph: ONE, member: "Cat") = Dog | Cat
""",
    "one",
    "two",
    "three",
)
ONE = by_key({
    "": {"a": {"id": "1", "s": "s1"}, "must": {"id": "1"},
         "list": [{"id": "1"}, None, {"id": "2"}], "strict": [{"id": "1"}, {"id": "2"}],
         "pets": [{"__typename": "Cat", "id": "c"}, {"__typename": "Dog", "id": "d"}]},
})  # fmt: skip
TWO = by_key({
    "": {"other": "o"},
    "1": {"t": "t1", "tn": 1, "w": 10, "kids": [{"id": "2"}]},
    "2": {"t": "t2", "tn": 2, "w": 20, "kids": []},
    "d": {"bark": "woof"},
})  # fmt: skip
THREE = by_key({"1": {"cost": 100}, "2": {"cost": 200}})


def asked(query: str, scripts: Mapping[str, Script], denied: Sequence[tuple[str, str]] = ()) -> Answer:
    """Ask, with other scripts for some of the sources."""
    all_scripts = {"one": ONE, "two": TWO, "three": THREE, **scripts}
    return ask(GRAPH, query, {name: ScriptedSource(one) for name, one in all_scripts.items()}, denied=denied)


DOWN = failing()
UNAVAILABLE, INVALID, ERROR = "SOURCE_UNAVAILABLE", "SOURCE_INVALID_RESPONSE", "SOURCE_ERROR"

# query, which sources answer how, the data, the errors
FAILURES: Mapping[str, tuple[str, Mapping[str, Script], Json, list[Any]]] = {
    "a field of an entity": (
        "{ a { id s t x: t } }", {"two": DOWN},
        {"a": {"id": "1", "s": "s1", "t": None, "x": None}},
        [(UNAVAILABLE, ["a", "t"]), (UNAVAILABLE, ["a", "x"])],
    ),
    "in a list, once for each object and not for what is null anyway": (
        "{ list { id t } }", {"two": DOWN},
        {"list": [{"id": "1", "t": None}, None, {"id": "2", "t": None}]},
        [(UNAVAILABLE, ["list", 0, "t"]), (UNAVAILABLE, ["list", 2, "t"])],
    ),
    "nothing below what is null": (
        "{ a { kids { t kids { t } } } }", {"two": DOWN},
        {"a": {"kids": None}}, [(UNAVAILABLE, ["a", "kids"])],
    ),
    "a non-null field takes its object": (
        "{ a { id t tn } }", {"two": DOWN}, {"a": None}, [(UNAVAILABLE, ["a", "tn"])],
    ),
    "and its list": (
        "{ strict { tn } other }", {"two": by_key({"": {"other": "o"}, "1": {"tn": 1}})},
        {"strict": None, "other": "o"}, [(INVALID, ["strict", 1, "tn"])],
    ),
    "and all of the data": (
        "{ other must { tn t } }", {"two": DOWN}, None, [(UNAVAILABLE, ["must", "tn"])],
    ),
    "a root fetch": (
        "{ __typename other a { s } }", {"two": DOWN},
        {"__typename": "Query", "other": None, "a": {"s": "s1"}}, [(UNAVAILABLE, ["other"])],
    ),
    "every source": (
        "{ a { s } must { id } }", {"one": DOWN}, None, [(UNAVAILABLE, ["must"])],
    ),
    "a fetch whose inputs failed": (
        "{ a { s cost } }", {"two": DOWN}, {"a": {"s": "s1", "cost": None}}, [(UNAVAILABLE, ["a", "cost"])],
    ),
    "a fetch whose input failed for one entity alone": (
        "{ list { cost } }",
        {"two": lambda *_: FetchResult(
            [{"w": 10}, {"w": None}],
            [PartialFailure(SourceFailure(FailureKind.ERROR, "secret"), frozenset({1}), ("w",))],
        )},
        {"list": [{"cost": 100}, None, {"cost": None}]}, [(ERROR, ["list", 2, "cost"])],
    ),
    "another concrete type is none": (
        "{ pets { ... on Cat { meow } ... on Dog { bark } } }", {"two": DOWN},
        {"pets": [{"meow": None}, {"bark": None}]}, [(UNAVAILABLE, ["pets", 1, "bark"])],
    ),
    "an entity that does not exist is none": (
        "{ list { t } }", {"two": by_key({"1": {"t": "t1"}})},
        {"list": [{"t": "t1"}, None, {"t": None}]}, [],
    ),
    "unless a non-null field needs it": (
        "{ list { tn } }", {"two": by_key({"1": {"tn": 1}})},
        {"list": [{"tn": 1}, None, None]}, [(INVALID, ["list", 2, "tn"])],
    ),
    "a false condition is none": (
        "{ a { s t @skip(if: true) } }", {"two": DOWN}, {"a": {"s": "s1"}}, [],
    ),
    "too few entities": (
        "{ list { t } }", {"two": lambda *_: [{"t": "t1"}]},
        {"list": [{"t": None}, None, {"t": None}]}, [(INVALID, ["list", 0, "t"]), (INVALID, ["list", 2, "t"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_is_told_where_it_made_something_null(case: str) -> None:
    query, scripts, data, errors = FAILURES[case]
    found = asked(query, scripts)
    assert found.data == data
    assert told(found) == errors
    assert not any("secret" in str(one.to_json()) for one in found.problems)


def test_an_error_names_the_source_that_failed_and_its_department() -> None:
    found = asked("{ a { cost } }", {"two": DOWN})
    assert found.problems[0].to_json() == {
        "message": "two (two) is not available.",
        "path": ["a", "cost"],
        "extensions": {"code": UNAVAILABLE, "source": "two", "department": "two"},
    }
    broken = asked("{ a { cost } }", {"three": by_key({"1": {"cost": "much"}})})
    assert [one.extensions["source"] for one in broken.problems] == ["three"]


def test_a_broken_promise_is_the_source_s_that_answered_for_this_type() -> None:
    query = "{ pets { ... on Cat { sound } ... on Dog { sound } } }"
    cat_and_dog = [{"__typename": "Cat", "id": "c", "sound": 1}, {"__typename": "Dog", "id": "d"}]
    found = asked(query, {"one": by_key({"": {"pets": cat_and_dog}}), "two": by_key({"d": {"sound": 2}})})
    assert [(one.path, one.extensions["source"]) for one in found.problems] == [
        (("pets", 0, "sound"), "one"),
        (("pets", 1, "sound"), "two"),
    ]


PARTIAL: Mapping[str, tuple[tuple[str | int, ...], Json, Json, list[Any]]] = {
    "an item of a list": (
        ("list", 1, "s"), [{"s": "x"}, {"s": None}], [{"s": "x"}, {"s": None}], [["list", 1, "s"]],
    ),
    "where the source nulled more than it names": (
        ("list", 1, "s"), [{"s": "x"}, None], [{"s": "x"}, None], [["list", 1]],
    ),
    "every null where the index is not known": (
        ("list", "s"), [{"s": None}, None, {"s": "x"}, {"s": None}], [{"s": None}, None, {"s": "x"}, {"s": None}],
        [["list", 0, "s"], ["list", 3, "s"]],
    ),
    "an item itself": (("list", 0), [None, {"s": "x"}], [None, {"s": "x"}], [["list", 0]]),
    "an index that the list does not have": (("list", 7, "s"), [{"s": "x"}], [{"s": "x"}], []),
    "a value that is there": (("list", 0, "s"), [{"s": "x"}], [{"s": "x"}], []),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTIAL)
def test_what_a_source_reports_stands_exactly_at_its_null(case: str) -> None:
    path, answered, data, errors = PARTIAL[case]
    failure = PartialFailure(SourceFailure(FailureKind.ERROR, "secret"), frozenset({0}), path)
    found = asked("{ list { s } }", {"one": lambda *_: FetchResult([{"list": answered}], [failure])})
    assert found.data == {"list": data}
    assert told(found) == [(ERROR, place) for place in errors]


@pytest.mark.parametrize("asked", ["{ list { id t } }", "{ list { t x: t } }"])
def test_an_error_of_a_source_that_does_not_say_where_takes_nothing_away(asked: str) -> None:
    rows: list[dict[str, Json] | None] = [{"t": "t1"}, {"t": "t2"}]
    unplaced = PartialFailure(SourceFailure(FailureKind.ERROR, "secret"), frozenset({0, 1}))
    one = ScriptedSource(by_key({"": {"list": [{"id": "1"}, {"id": "2"}]}}))
    two = ScriptedSource(lambda _spec, _asked: FetchResult(rows, [unplaced]))
    found = ask(GRAPH, asked, {"one": one, "two": two})
    assert found.data is not None
    assert [row["t"] for row in found.data["list"]] == ["t1", "t2"]
    assert [(one.code.value, one.path, one.extensions["source"]) for one in found.problems] == [
        ("SOURCE_ERROR", None, "two")
    ]


def test_an_item_of_a_list_of_values_can_fail() -> None:
    failure = PartialFailure(SourceFailure(FailureKind.ERROR, "secret"), frozenset({0}), ("a", "tags", 1))
    found = asked(
        "{ a { tags } }", {"one": lambda *_: FetchResult([{"a": {"tags": ["x", None]}}], [failure])}
    )
    assert found.data == {"a": {"tags": ["x", None]}}
    assert told(found) == [(ERROR, ["a", "tags", 1])]


DENIED: list[tuple[str, list[str | int]]] = [
    ("t", ["list", 0, "y"]),
    ("t", ["list", 2, "y"]),
    ("tn", ["a", "tn"]),
]


def test_denials_stand_at_each_place_and_take_what_may_not_be_null() -> None:
    denied = [("A", "t"), ("A", "tn")]
    found = asked("{ list { id y: t } a { tn s } other }", {}, denied)
    assert found.data == {
        "list": [{"id": "1", "y": None}, None, {"id": "2", "y": None}],
        "a": None,
        "other": "o",
    }
    assert [one.to_json() for one in found.problems] == [
        {
            "message": f"Access to A.{field} is denied.",
            "path": path,
            "extensions": {
                "code": "ACCESS_DENIED",
                "coordinate": f"A.{field}",
                "reason": "directive",
                "responsePath": [key for key in path if isinstance(key, str)],
            },
        }
        for field, path in DENIED
    ]


def test_a_denied_field_is_not_told_where_there_is_no_object() -> None:
    found = asked("{ list { t } }", {"one": by_key({"": {"list": []}})}, [("A", "t")])
    assert (found.data, found.problems) == ({"list": []}, ())


def test_a_last_error_counts_those_that_are_not_told() -> None:
    rows = [{"id": str(number)} for number in range(MAX_ERRORS + 30)]
    found = asked("{ list { t } }", {"one": by_key({"": {"list": rows}}), "two": DOWN})
    assert len(found.problems) == MAX_ERRORS + 1
    assert told(found)[MAX_ERRORS - 1] == (UNAVAILABLE, ["list", MAX_ERRORS - 1, "t"])
    last = found.problems[-1].to_json()
    assert last["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "errors", "more": 30}
    few = asked("{ list { t } }", {"one": by_key({"": {"list": rows[:MAX_ERRORS]}}), "two": DOWN})
    assert len(few.problems) == MAX_ERRORS


def test_errors_below_a_nulled_place_do_not_count() -> None:
    rows = [{"id": str(number)} for number in range(MAX_ERRORS + 30)]
    found = asked(
        "{ list { s } strict { t tn } }", {"one": by_key({"": {"list": rows, "strict": rows}}), "two": DOWN}
    )
    assert found.data == {"list": [{"s": None}] * len(rows), "strict": None}
    assert told(found) == [(UNAVAILABLE, ["strict", 0, "tn"])]


def test_an_answer_with_errors_is_bounded_as_one_without() -> None:
    row: dict[str, Json] = {"t": 5}
    for _ in range(6):
        row = {"kids": [row] * 10}
    many = by_key({"1": row})
    query = "kids { " * 6 + "t" + " }" * 6
    with pytest.raises(RequestRefused) as refused:
        asked(f"{{ a {{ {query} }} }}", {"two": many})
    assert refused.value.problems[0].extensions == {"limit": "objects"}


# Objects that were met as interface objects: by a plan made by hand, for sources that never tell the type.

MEDIA = frozenset({"Dog", "Cat"})
FIND = FetchSpec("one", FetchKind.ROOT, "Query", (
    FieldSelection("pets", "pets", frozenset({"Query"}), children=(FieldSelection("id", "id", MEDIA),)),
))  # fmt: skip
TELL = FetchSpec("two", FetchKind.ENTITIES, "Pet", (
    FieldSelection("__typename", "__typename", MEDIA), FieldSelection("bark", "bark", frozenset({"Dog"})),
), (InputField("id"),))  # fmt: skip
PETS = Step("pets", MEDIA, None, (("Cat", EVERY_ROW), ("Dog", EVERY_ROW)), untyped=True)


def output(field: str, types: frozenset[str], leaf: str | None = "String", **more: Any) -> OutputField:
    shape = more.pop("shape", Shape(leaf))
    place = Place(f"{min(types)}.{field}", (field,), False)
    return OutputField(field, field, field, types, (), ALWAYS, ALLOW, shape, place, **more)


def media_plan(*fields: OutputField, exact: bool = True, rows: TypeRows = PETS.rows) -> QueryPlan:
    pets = output("pets", frozenset({"Query"}), shape=Shape(None, item=Shape(None)), targets=MEDIA,
                  rows=rows, children=fields)  # fmt: skip
    nodes = (
        FetchNode(0, FIND, (Entry(()),), frozenset(), ALWAYS, False, EVERY_ROW, ()),
        FetchNode(1, TELL, (Entry((PETS,), (InputField("id"),), "Pet"),), frozenset({0}), ALWAYS, False,
                  EVERY_ROW, ()),
    )  # fmt: skip
    return QueryPlan((), nodes, (pets,), (), (), (), exact=exact)


ID, BARK = output("id", MEDIA, "ID"), output("bark", frozenset({"Dog"}))
TYPENAME = output("__typename", MEDIA)
UNTYPED: Mapping[str, tuple[tuple[OutputField, ...], Script, Json, list[Any]]] = {
    "its type is told": (
        (ID, TYPENAME, BARK), by_key({"d": {"__typename": "Dog", "bark": "woof"}, "c": {"__typename": "Cat"}}),
        [{"id": "d", "__typename": "Dog", "bark": "woof"}, {"id": "c", "__typename": "Cat"}], [],
    ),
    "nobody tells its type, and nobody asks": ((ID,), DOWN, [{"id": "d"}, {"id": "c"}], []),
    "the source that knows its type is down": (
        (ID, BARK), DOWN, [None, None], [(UNAVAILABLE, ["pets", 0]), (UNAVAILABLE, ["pets", 1])],
    ),
    "the source that knows its type does not know the object": (
        (ID, TYPENAME), by_key({"d": {"__typename": "Dog"}}), [{"id": "d", "__typename": "Dog"}, None], [],
    ),
    "the type that is told is none of its interface's": (
        (ID, TYPENAME), by_key({"d": {"__typename": "Bird"}}), [None, None], [(INVALID, ["pets", 0])],
    ),
    "what is told is no type at all": (
        (ID,), by_key({"d": {"__typename": 7}}), [None, {"id": "c"}], [(INVALID, ["pets", 0])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNTYPED)
def test_an_interface_object_answers_what_does_not_depend_on_its_type(case: str) -> None:
    fields, script, data, errors = UNTYPED[case]
    two = ScriptedSource(script)
    one = ScriptedSource(by_key({"": {"pets": [{"id": "d"}, {"id": "c"}]}}))
    found = run(GRAPH, media_plan(*fields), {"one": one, "two": two})
    assert two.asked == [[{"__typename": "Pet", "id": "d"}, {"__typename": "Pet", "id": "c"}]]
    assert found.data == {"pets": data}
    assert told(found) == errors


def met(*pets: Json) -> dict[str, ScriptedSource]:
    """Source one meets these; source two tells nothing of them."""
    return {"one": ScriptedSource(by_key({"": {"pets": list(pets)}})), "two": ScriptedSource(by_key({}))}


def test_an_object_of_unknown_type_is_shown_only_where_every_type_would_be() -> None:
    named = GuardTerm("named", (PathStep("id"),), "equals", Constant(("d",)))
    rows = (("Cat", RowFilter(((named,),))), ("Dog", EVERY_ROW))
    found = run(GRAPH, media_plan(ID, exact=False, rows=rows), met({"id": "d"}, {"id": "c"}))
    assert (found.data, found.problems) == ({"pets": [{"id": "d"}]}, ())


@pytest.mark.parametrize("exact", [True, False])
def test_an_object_without_any_public_type_does_not_leave(exact: bool) -> None:
    hidden = output("pet", frozenset({"Query"}), shape=Shape(None))
    spec = FetchSpec("one", FetchKind.ROOT, "Query", (FieldSelection("pet", "pet", frozenset({"Query"})),))
    node = FetchNode(0, spec, (Entry(()),), frozenset(), ALWAYS, False, EVERY_ROW, ())
    made = QueryPlan((), (node,), (replace(hidden, field="a"),), (), (), (), exact=exact)
    found = run(GRAPH, made, {"one": ScriptedSource(lambda *_: [{"pet": {"secret": 1}}])})
    assert found.data == {"pet": None}
    assert [one.code.value for one in found.problems] == [INVALID]


def test_a_failure_is_marked_only_where_it_was_asked() -> None:
    """A field of another type, or under a false condition, is null for its own reasons."""
    bark = FieldSelection("bark", "bark", frozenset({"Dog"}))
    sound = FieldSelection("sound", "sound", MEDIA, condition=Condition(frozenset()))
    spec = replace(TELL, selections=(bark, sound))
    root = FetchSpec("one", FetchKind.ROOT, "Query", (FieldSelection("pets", "pets", frozenset({"Query"})),))
    at = Step("pets", MEDIA, None, PETS.rows)
    nodes = (
        FetchNode(0, root, (Entry(()),), frozenset(), ALWAYS, False, EVERY_ROW, ()),
        FetchNode(
            1, spec, (Entry((at,), (InputField("id"),)),), frozenset({0}), ALWAYS, False, EVERY_ROW, ()
        ),
    )
    fields = (output("bark", MEDIA), output("sound", MEDIA))
    made = replace(media_plan(*fields), nodes=nodes)
    sources = met({"__typename": "Dog", "id": "d"}, {"__typename": "Cat", "id": "c"})
    found = run(GRAPH, made, sources | {"two": ScriptedSource(DOWN)})
    assert found.data == {"pets": [{"bark": None, "sound": None}] * 2}
    assert told(found) == [(UNAVAILABLE, ["pets", 0, "bark"])]
