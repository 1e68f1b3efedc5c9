"""What clients see when a source's values are not what its schema promised, and when masks apply."""

from collections.abc import Mapping
from typing import Any

import anyio
import pytest

from connectors.base import (
    Claim,
    FailureKind,
    FetchResult,
    GuardTerm,
    Json,
    PartialFailure,
    PathStep,
    RowFilter,
    SourceFailure,
)
from gateway.constraints import (
    ALLOW,
    EVERY_ROW,
    Candidate,
    Constraints,
    Decision,
    Deny,
    LookupPermit,
    Mask,
    Permit,
    Reason,
)
from gateway.errors import RequestRefused
from gateway.execution import Answer, FetchLimits, RequestValues, answer, prepare_plan
from gateway.operation import OperationLimits, read_operation
from gateway.planning import plan_operation
from tests.oracle.monolith import MemorySource, World, supergraph

GRAPH = supergraph()
DENIED = Deny(Reason.RULE)
Rows = Mapping[str, Mapping[str, Any]]  # Any: values of every kind, the wrong ones too


def ask(
    query: str,
    rows: Rows,
    decisions: Mapping[str, Decision] | None = None,
    filters: Mapping[str, RowFilter] | None = None,
    sources: Mapping[str, MemorySource] | None = None,
    limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
) -> Answer:
    """Answer a query over rows given as {"A a1": {...}}."""
    world = World()
    for key, row in rows.items():
        type_name, _, identity = key.partition(" ")
        world.rows[type_name, identity] = {"__typename": type_name, "id": identity, **row}
    operation = read_operation(query, None, GRAPH, OperationLimits())
    decided = decisions or {}
    constraints = Constraints(
        tuple((pair, decided.get(".".join(pair), ALLOW)) for pair in sorted(operation.needs.fields)),
        tuple((name, (filters or {}).get(name, EVERY_ROW)) for name in sorted(operation.needs.types)),
        tuple(
            ((root, name), LookupPermit((filters or {}).get(GRAPH.lookups[name].type_name, EVERY_ROW)))
            for root, name in sorted(operation.needs.roots)
        ),
        "v",
        "p",
    )
    asked = sources or {name: MemorySource(world) for name in GRAPH.sources}
    for source in asked.values():
        source.world = world
    plan = plan_operation(operation, constraints, GRAPH)
    values = RequestValues({}, operation.argument_values({}), {"me": ("s1",)})

    async def run() -> Answer:
        return await answer(prepare_plan(plan, GRAPH, asked), values, asked, GRAPH.sources, limits)

    return anyio.run(run)


def told(found: Answer) -> list[tuple[Json, ...]]:
    return [
        (problem.code.value, problem.extensions["coordinate"], problem.extensions.get("source"))
        for problem in found.problems
    ]


RUBBISH: Mapping[str, tuple[str, Mapping[str, Any], Json, str]] = {
    "a number for a text": ('{ a(id: "1") { s } }', {"A 1": {"s": 5}}, {"s": None}, "A.s"),
    "a text for a number": ('{ a(id: "1") { n } }', {"A 1": {"n": "5"}}, {"n": None}, "A.n"),
    "a number beyond Int": ('{ a(id: "1") { n } }', {"A 1": {"n": 2**31}}, {"n": None}, "A.n"),
    "a Boolean for a number": ('{ c(id: "1") { c1 } }', {"C 1": {"c1": True}}, {"c1": None}, "C.c1"),
    "a text for a list": (
        '{ b(id: "1") { extra } }',
        {"B 1": {"code": "x", "extra": "e"}},
        {"extra": None},
        "B.extra",
    ),
    "one bad item of a list": (
        '{ b(id: "1") { extra } }',
        {"B 1": {"code": "x", "extra": ["e", 5, None]}},
        {"extra": ["e", None, None]},
        "B.extra",
    ),
    "a text for an object": ('{ a(id: "1") { one { x } } }', {"A 1": {"one": "x"}}, {"one": None}, "A.one"),
    "an object for a list": (
        '{ a(id: "1") { kids { id } } }',
        {"A 1": {"kids": ("B", "1")}, "B 1": {}},
        {"kids": None},
        "A.kids",
    ),
    "a type that is not of the union": (
        '{ a(id: "1") { pet { __typename } } }',
        {"A 1": {"pet": ("D", "1")}, "D 1": {}},
        {"pet": None},
        "A.pet",
    ),
}


@pytest.mark.parametrize("case", RUBBISH)
def test_rubbish_is_null_with_one_error_and_nothing_else_is_lost(case: str) -> None:
    query, rows, expected, coordinate = RUBBISH[case]
    query = query.replace(") {", ") { __typename id", 1)
    found = ask(query, rows)
    assert found.data is not None
    (data,) = found.data.values()
    assert {key: value for key, value in data.items() if key in expected} == expected
    assert data["id"] == "1"
    assert [(code, place) for code, place, _ in told(found)] == [("SOURCE_INVALID_RESPONSE", coordinate)]


def test_values_of_a_neighbouring_kind_are_coerced_as_the_specification_says() -> None:
    class Neighbour(MemorySource):
        def _entity(self, *arguments: Any) -> Any:
            return {"n": 3.0, "kids": [{"id": 7}, {"id": "8"}, {"id": 1.5}]}

    sources = {name: Neighbour(World()) for name in GRAPH.sources}
    found = ask('{ a(id: "1") { n kids { id } } }', {}, sources=sources)
    assert found.data == {"a": {"n": 3, "kids": [{"id": "7"}, {"id": "8"}, {"id": None}]}}
    assert told(found) == [("SOURCE_INVALID_RESPONSE", "B.id", "one")]


def test_masks_apply_unless_a_raw_reading_holds() -> None:
    own = (GuardTerm("own", (PathStep("s"),), "equals", Claim("me")),)
    covered = Mask("covered", "fixed", 0, (("text", "***"),))
    partly = Mask("partly", "partial", 1, (("keep_first", "1"), ("keep_last", "0")))
    permit = Permit((Candidate(own), Candidate((), partly), Candidate(own, covered)))
    rows: Rows = {"A 1": {"s": "s1"}, "A 2": {"s": "s2"}}
    assert ask('{ a(id: "1") { s } }', rows, {"A.s": permit}).data == {"a": {"s": "s1"}}
    assert ask('{ a(id: "2") { s } }', rows, {"A.s": permit}).data == {"a": {"s": "s*"}}
    strictest = Permit((Candidate((), partly), Candidate((), covered)))
    assert ask('{ a(id: "1") { s } }', rows, {"A.s": strictest}).data == {"a": {"s": "***"}}


def test_denials_stand_once_for_each_selection_and_not_below() -> None:
    query = '{ a(id: "1") { x: n y: n kids { id t } pet { ... on B { t } } } }'
    found = ask(query, {"A 1": {"n": 1, "s": "s1"}}, {"A.n": DENIED, "A.kids": DENIED, "B.t": DENIED})
    assert found.data == {"a": {"x": None, "y": None, "kids": None, "pet": None}}
    assert [(one.extensions["coordinate"], one.path) for one in found.problems] == [
        ("A.n", ("a", "x")),
        ("A.n", ("a", "y")),
        ("A.kids", ("a", "kids")),
        ("B.t", ("a", "pet", "t")),
    ]


def test_a_denial_inside_a_list_has_no_path() -> None:
    found = ask('{ a(id: "1") { kids { t } } }', {}, {"B.t": DENIED})
    assert found.problems[0].path is None
    assert found.problems[0].extensions["responsePath"] == ["a", "kids", "t"]


class PartlyFailing(MemorySource):
    """Fails for the second entity, or for one field of the first."""

    async def fetch(self, *arguments: Any) -> FetchResult:
        result = await super().fetch(*arguments)
        failure = SourceFailure(FailureKind.ERROR, "secret detail")
        if len(result.data) > 1:
            result.failures = [PartialFailure(failure, frozenset({1}))]
            result.data[1] = None
        if result.data[0] is not None:
            result.failures.append(PartialFailure(failure, frozenset({0}), ("t",)))
            result.data[0].pop("t", None)
        return result


def test_a_partial_failure_takes_what_failed_and_is_told_once_for_each_place() -> None:
    sources = {name: MemorySource(World()) for name in GRAPH.sources}
    sources["two"] = PartlyFailing(World())
    rows: Rows = {
        "A 1": {"kids": [("B", "1"), ("B", "2"), ("B", "3")]},
        **{f"B {n}": {"t": f"t{n}", "owner": ("A", "1"), "code": f"{n}"} for n in "123"},
    }
    found = ask('{ a(id: "1") { kids { id t owner { id } } } }', rows, sources=sources)
    assert found.data is not None
    assert found.data["a"]["kids"] == [
        {"id": "1", "t": None, "owner": {"id": "1"}},
        {"id": "2", "t": None, "owner": None},
        {"id": "3", "t": "t3", "owner": {"id": "1"}},
    ]
    assert told(found) == [("SOURCE_ERROR", "B.owner", "two"), ("SOURCE_ERROR", "B.t", "two")]
    assert not any("secret" in str(problem.to_json()) for problem in found.problems)


def test_a_partial_failure_about_a_hidden_row_tells_nothing() -> None:
    nobody = RowFilter(((GuardTerm("nobody", (PathStep("s"),), "equals", Claim("none")),),))
    answers = []
    for identity in ("1", "9"):
        sources = {name: MemorySource(World()) for name in GRAPH.sources}
        sources["one"] = PartlyFailing(World())
        found = ask(
            f'{{ a(id: "{identity}") {{ s t: s }} }}',
            {"A 1": {"s": "s1"}},
            filters={"A": nobody},
            sources=sources,
        )
        answers.append((found.data, found.problems))
    assert answers[0] == answers[1] == ({"a": None}, ())


class FailingFor(MemorySource):
    """Has nothing but an error for some entities: for each alone, or for all that were asked together."""

    ids = frozenset({"2"})
    raises = False

    async def fetch(self, *arguments: Any) -> FetchResult:
        result = await super().fetch(*arguments)
        failure = SourceFailure(FailureKind.ERROR, "secret detail")
        failed = {n for n, one in enumerate(arguments[2]) if one["id"] in self.ids}
        if failed and self.raises:
            raise failure
        result.failures = [PartialFailure(failure, frozenset(failed))] if failed else []
        result.data = [None if n in failed else one for n, one in enumerate(result.data)]
        return result


@pytest.mark.parametrize("raises", [False, True])
def test_a_hidden_row_whose_guard_fails_looks_like_one_that_does_not_exist(raises: bool) -> None:
    local = RowFilter(((GuardTerm("local", (PathStep("n"),), "equals", Claim("me")),),))
    answers = []
    for identity in ("2", "9"):
        sources = {name: MemorySource(World()) for name in GRAPH.sources}
        failing = FailingFor(World())
        failing.raises = raises
        sources["two"] = failing
        found = ask(
            f'{{ a(id: "{identity}") {{ s n }} }}',
            {"A 2": {"s": "s2", "n": "x"}},
            filters={"A": local},
            sources=sources,
        )
        answers.append((found.data, told(found)))
    assert answers[0] == answers[1] == ({"a": None}, [])


class FailingInside(MemorySource):
    """A field of the second row of a list fails, or the second row as a whole."""

    path: tuple[str | int, ...] = ("kids", 1, "id")

    async def fetch(self, *arguments: Any) -> FetchResult:
        result = await super().fetch(*arguments)
        row = result.data[0]
        if row is not None and len(row.get("kids") or ()) > 1:
            if len(self.path) == 2:
                row["kids"][1] = None
            else:
                row["kids"][1][self.path[2]] = None
            failure = SourceFailure(FailureKind.ERROR, "secret detail")
            result.failures = [PartialFailure(failure, frozenset({0}), self.path)]
        return result


@pytest.mark.parametrize("path", [("kids", 1, "id"), ("kids", 1)])
def test_what_fails_inside_a_hidden_row_is_not_told(path: tuple[str | int, ...]) -> None:
    answers = []
    for kids in ("12", "1"):
        source = FailingInside(World())
        source.path = path
        found = ask(
            '{ a(id: "1") { kids { id } } }',
            {"A 1": {"kids": [("B", kid) for kid in kids]}, "B 1": {"t": "s1"}, "B 2": {"t": "s2"}},
            filters={"B": RowFilter(((GuardTerm("own", (PathStep("t"),), "equals", Claim("me")),),))},
            sources={name: MemorySource(World()) for name in GRAPH.sources} | {"one": source},
        )
        answers.append((found.data, told(found)))
    assert answers[0] == answers[1] == ({"a": {"kids": [{"id": "1"}]}}, [])


def test_what_fails_inside_a_visible_row_is_told_at_its_field() -> None:
    found = ask(
        '{ a(id: "1") { kids { id } } }',
        {"A 1": {"kids": [("B", "1"), ("B", "2")]}, "B 1": {}, "B 2": {}},
        sources={name: MemorySource(World()) for name in GRAPH.sources} | {"one": FailingInside(World())},
    )
    assert found.data == {"a": {"kids": [{"id": "1"}, {"id": None}]}}
    assert told(found) == [("SOURCE_ERROR", "B.id", "one")]


def test_data_that_leads_in_circles_is_bounded() -> None:
    rows: Rows = {
        "A 1": {"kids": [("B", str(n)) for n in range(10)]},
        **{f"B {n}": {"owner": ("A", "1"), "code": f"{n}"} for n in range(10)},
    }
    query = "{ kids { owner " * 6 + "{ id }" + " } }" * 6
    with pytest.raises(RequestRefused) as refused:
        ask(f'{{ a(id: "1") {query} }}', rows)
    assert refused.value.problems[0].extensions == {"limit": "objects"}


def test_a_source_that_is_down_is_told_whether_or_not_there_was_a_row_to_ask_about() -> None:
    hidden = RowFilter(((GuardTerm("nobody", (PathStep("s"),), "equals", Claim("none")),),))
    answers = []
    for identity in ("1", "9"):
        sources = {name: MemorySource(World(), down=name == "two") for name in GRAPH.sources}
        query = f'{{ a(id: "{identity}") {{ s n kids {{ t }} }} }}'
        found = ask(query, {"A 1": {"s": "s1"}}, filters={"A": hidden}, sources=sources)
        assert not sources["two"].asked
        answers.append((found.data, told(found)))
    assert answers[0] == answers[1]
    assert answers[0] == (
        {"a": None},
        [("SOURCE_UNAVAILABLE", "B.t", "two"), ("SOURCE_UNAVAILABLE", "A.n", "two")],
    )


def test_a_guard_sees_hidden_rows_through_later_fetches() -> None:
    def mine(*path: str) -> RowFilter:
        steps = tuple(PathStep(field) for field in path)
        return RowFilter(((GuardTerm("mine", steps, "equals", Claim("me")),),))

    rows: Rows = {
        "A 1": {"s": "s", "kids": [("B", "1"), ("B", "2")]},
        "B 1": {"code": "1", "t": "hidden", "extra": ["s1"]},
        "B 2": {"code": "2", "t": "s1", "extra": []},
    }
    found = ask('{ a(id: "1") { s kids { t } } }', rows, filters={"A": mine("kids", "extra"), "B": mine("t")})
    assert found.data == {"a": {"s": "s", "kids": [{"t": "s1"}]}}


def test_a_fetch_without_its_inputs_is_told_with_the_source_that_failed() -> None:
    rows: Rows = {"A 1": {"kids": [("B", "1")]}, "B 1": {"code": "1", "extra": ["e"]}}
    sources = {name: MemorySource(World(), down=name == "two") for name in GRAPH.sources}
    found = ask('{ a(id: "1") { kids { id extra } } }', rows, sources=sources)
    assert found.data == {"a": {"kids": [{"id": "1", "extra": None}]}}
    assert told(found) == [("SOURCE_UNAVAILABLE", "B.extra", "two")]


class KeylessInPart(MemorySource):
    """Fails for the key of its last entity."""

    async def fetch(self, *arguments: Any) -> FetchResult:
        result = await super().fetch(*arguments)
        last = len(result.data) - 1
        failure = SourceFailure(FailureKind.ERROR, "secret detail")
        result.failures = [PartialFailure(failure, frozenset({last}), ("code",))]
        result.data[last] = {"code": None}
        return result


def test_what_was_not_asked_for_want_of_an_input_that_failed_in_part_is_told() -> None:
    rows: Rows = {
        "A 1": {"kids": [("B", "1"), ("B", "2")]},
        **{f"B {n}": {"code": n, "extra": ["e"]} for n in "12"},
    }
    sources = {name: MemorySource(World()) for name in GRAPH.sources} | {"two": KeylessInPart(World())}
    found = ask('{ a(id: "1") { kids { id extra } } }', rows, sources=sources)
    assert found.data == {"a": {"kids": [{"id": "1", "extra": ["e"]}, {"id": "2", "extra": None}]}}
    assert told(found) == [("SOURCE_ERROR", "B.extra", "two")]


class Telltale(MemorySource):
    """Must not even be looked at."""

    async def ensure_known(self) -> SourceFailure | None:
        raise AssertionError("nobody has anything to learn from this source")


def test_nobody_else_is_asked_or_probed_while_the_source_of_record_is_down() -> None:
    sources: dict[str, MemorySource] = {name: Telltale(World()) for name in GRAPH.sources}
    sources["one"] = MemorySource(World(), down=True)
    found = ask('{ a(id: "1") { s n kids { t extra } } }', {}, sources=sources)
    assert told(found) == [("SOURCE_UNAVAILABLE", "Query.a", "one")]
    assert not sources["two"].asked and not sources["three"].asked


class Miscounting(MemorySource):
    async def fetch(self, *arguments: Any) -> FetchResult:
        return FetchResult([])


def test_too_few_entities_fail_the_fetch() -> None:
    sources = {name: Miscounting(World()) for name in GRAPH.sources}
    found = ask('{ a(id: "1") { s } }', {}, sources=sources)
    assert found.data == {"a": None}
    assert told(found) == [("SOURCE_INVALID_RESPONSE", "Query.a", "one")]
    assert found.problems[0].path == ("a",)


def test_entities_in_one_fetch_are_bounded() -> None:
    rows: Rows = {
        "A 1": {"kids": [("B", str(n)) for n in range(5)]},
        **{f"B {n}": {"t": "t"} for n in range(5)},
    }
    with pytest.raises(RequestRefused) as refused:
        ask('{ a(id: "1") { kids { t } } }', rows, limits=FetchLimits(representations=4))
    assert refused.value.problems[0].extensions == {"limit": "representations"}


def test_each_entity_is_asked_once_however_often_it_stands_there() -> None:
    rows: Rows = {"A 1": {"kids": [("B", "1")] * 4}, "B 1": {"t": "t"}}
    sources = {name: MemorySource(World()) for name in GRAPH.sources}
    found = ask('{ x: a(id: "1") { kids { t } } y: a(id: "1") { kids { t } } }', rows, sources=sources)
    assert found.data is not None
    assert found.data["x"]["kids"] == [{"t": "t"}] * 4 == found.data["y"]["kids"]
    assert [len(batch) for batch in sources["two"].asked] == [1]
