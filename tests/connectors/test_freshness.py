"""What is kept of a source's answers, for how long, and for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from connectors.base import (
    Argument,
    Claim,
    Condition,
    FailureKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    GuardTerm,
    PartialFailure,
    PathStep,
    Representation,
    RowFilter,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.freshness import FetchIdentity, FreshData
from connectors.protection import ProtectedSource
from tests.connectors.fakes import CONTEXT, THINGS, Clock, FakeConnector, answer, protected, things

pytestmark = pytest.mark.anyio


async def ask(
    source: ProtectedSource,
    *ids: object,
    spec: FetchSpec = THINGS,
    variables: Variables | None = None,
    context: RunContext = CONTEXT,
) -> FetchResult:
    return await source.fetch(source.prepare(spec), variables or {}, things(*ids), context)


async def test_what_is_fresh_is_not_asked_again() -> None:
    clock, connector = Clock(), FakeConnector()
    source = protected(connector, clock, max_age=10)
    first = await ask(source, "a", "b")
    clock.now += 9.9
    second = await ask(source, "b", "c", "a")
    assert connector.asked == [["a", "b"], ["c"]]
    assert second.data == [first.data[1], {"id": "c", "name": "name of c"}, first.data[0]]
    assert source.counters.fresh == 2


async def test_what_is_old_is_asked_again() -> None:
    clock, connector = Clock(), FakeConnector()
    source = protected(connector, clock, max_age=10)
    await ask(source, "a")
    clock.now += 10.1
    await ask(source, "a")
    assert connector.asked == [["a"], ["a"]]


async def test_nothing_is_kept_where_the_manifest_says_nothing_of_freshness() -> None:
    connector = FakeConnector()
    source = protected(connector)
    await ask(source, "a")
    await ask(source, "a")
    assert len(connector.asked) == 2


async def test_an_entity_that_does_not_exist_is_remembered_too() -> None:
    async def nobody(representations: Sequence[Representation]) -> FetchResult:
        return FetchResult([None])

    connector = FakeConnector(behaviour=nobody)
    source = protected(connector, max_age=10)
    assert [(await ask(source, "a")).data, (await ask(source, "a")).data] == [[None], [None]]
    assert len(connector.asked) == 1


async def test_changing_an_answer_changes_no_other_request_s() -> None:
    source = protected(FakeConnector(), max_age=10)
    for _ in range(3):
        entity = (await ask(source, "a")).data[0]
        assert entity == {"id": "a", "name": "name of a"}
        entity["name"] = "spoilt"
    twice = (await ask(source, "a", "a")).data
    assert twice[0] is not twice[1]


async def test_failures_are_not_kept() -> None:
    failure = SourceFailure(FailureKind.ERROR, "oops")

    async def behave(representations: Sequence[Representation]) -> FetchResult:
        result = await answer(representations)
        result.failures = [
            PartialFailure(failure, frozenset({index}), ("name",))
            for index, item in enumerate(representations)
            if item["id"] == "b"
        ]
        return result

    connector = FakeConnector(behaviour=behave)
    source = protected(connector, max_age=10)
    await ask(source, "a", "b", "c")
    again = await ask(source, "a", "b", "c")
    assert connector.asked == [["a", "b", "c"], ["b"]]
    assert again.failures == [PartialFailure(failure, frozenset({1}), ("name",))]


async def test_what_is_kept_still_arrives_while_the_source_is_down() -> None:
    connector = FakeConnector()
    source = protected(connector, max_age=10, retries=0)
    await ask(source, "a")

    async def down(representations: Sequence[Representation]) -> FetchResult:
        raise SourceFailure(FailureKind.UNAVAILABLE, "down")

    connector.behaviour = down
    result = await ask(source, "a", "b")
    assert result.data == [{"id": "a", "name": "name of a"}, None]
    assert [partial.indices for partial in result.failures] == [{1}]


LOCAL = RowFilter(((GuardTerm("local", (PathStep("place"),), "within", Claim("division")),),))
NAME = THINGS.selections[1]
DIFFERENT: list[tuple[str, FetchSpec, Variables, RunContext]] = [
    ("other fields", replace(THINGS, selections=THINGS.selections[:1]), {}, CONTEXT),
    ("another key for a field", replace(THINGS, selections=(replace(NAME, response="n"),)), {}, CONTEXT),
    ("rows of another division", replace(THINGS, rows=LOCAL), {}, RunContext({"division": ("330200",)}, 20)),
    ("rows of one division", replace(THINGS, rows=LOCAL), {}, RunContext({"division": ("330203",)}, 20)),
    ("rows of none", replace(THINGS, rows=LOCAL), {}, CONTEXT),
    *(
        (
            f"an argument of {value}",
            replace(THINGS, selections=(replace(NAME, arguments=(Argument("in", "String", "a0"),)),)),
            {"a0": value},
            CONTEXT,
        )
        for value in ("zh", "en")
    ),
    *(
        (
            f"a condition that is {value}",
            replace(
                THINGS,
                selections=(replace(NAME, condition=Condition(frozenset({frozenset({("with", True)})}))),),
            ),
            {"with": value},
            CONTEXT,
        )
        for value in (True, False)
    ),
]


async def test_whatever_can_change_the_answer_is_asked_for_anew() -> None:
    connector = FakeConnector()
    source = protected(connector, max_age=10)
    await ask(source, "a")
    for number, (what, spec, variables, context) in enumerate(DIFFERENT):
        for _ in range(2):
            await ask(source, "a", spec=spec, variables=variables, context=context)
        assert len(connector.asked) == number + 2, what


async def test_what_cannot_change_the_answer_is_shared() -> None:
    connector = FakeConnector()
    source = protected(connector, max_age=10)
    await ask(source, "a")
    context = RunContext({"citizen": ("somebody",)}, 1)
    reordered = replace(
        THINGS,
        selections=tuple(
            FieldSelection(one.response, one.field, frozenset(list(one.types))) for one in THINGS.selections
        ),
    )
    await ask(source, "a", spec=reordered, variables={"other": 1}, context=context)
    assert len(connector.asked) == 1


class Reversed(frozenset[str]):
    """A set that happens to be iterated the other way round, as equal sets may be."""

    def __iter__(self) -> Iterator[str]:
        return reversed(list(super().__iter__()))


def test_equal_fetches_are_one_whatever_the_order_of_their_sets() -> None:
    def key(types: frozenset[str]) -> str:
        spec = replace(THINGS, selections=(FieldSelection("x", "x", types),))
        return FetchIdentity("tested", spec, "text").keys({}, CONTEXT, things("a"))[0]

    names = ("One", "Two", "Three")
    assert list(Reversed(names)) != list(frozenset(names))
    assert key(Reversed(names)) == key(frozenset(names))


@pytest.mark.parametrize(
    ("entries", "size"), [(3, 10_000), (1_000, 70)], ids=["too many entries", "too many bytes"]
)
async def test_the_oldest_go_when_there_is_too_much(entries: int, size: int) -> None:
    fresh = FreshData(10, max_entries=entries, max_bytes=size, clock=Clock())
    for number in range(5):
        await fresh.keep({str(number): {"id": str(number), "x": "y" * 5}})
    assert sorted(await fresh.find(list("01234"))) == [2, 3, 4]
    await fresh.close()
    assert await fresh.find(list("01234")) == {}


async def test_keeping_an_entry_again_does_not_count_it_twice() -> None:
    fresh = FreshData(10, max_entries=2, clock=Clock())
    for _ in range(5):
        await fresh.keep({"a": {"id": "a"}})
    await fresh.keep({"b": None})
    assert await fresh.find(["a", "b"]) == {0: {"id": "a"}, 1: None}
    await fresh.close()
