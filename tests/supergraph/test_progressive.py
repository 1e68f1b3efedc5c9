"""A field moves from one source to another while a label is active, and stays where it is otherwise."""

from itertools import combinations

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.progressive import is_label, labels_of, looked_at, percentage, while_active
from tests.supergraph.composed import IN_A_AND_B, supergraph

MOVES = 'x: Int @join__field(graph: A, overrideLabel: "one") @join__field(graph: B, override: "a-source", overrideLabel: "one")'
THREE = f"{IN_A_AND_B} @join__type(graph: C)"

STATES = {
    "while its label is inactive, the old source resolves the field": (MOVES, [], ["a-source"]),
    "while its label is active, the new source does": (MOVES, ["one"], ["b"]),
    "other labels do not move it": (MOVES, ["two"], ["a-source"]),
    "what the old source still uses moves like the rest, inactive": (
        MOVES.replace("A,", "A, usedOverridden: true,"),
        [],
        ["a-source"],
    ),
    "what the old source still uses moves like the rest, active": (
        MOVES.replace("A,", "A, usedOverridden: true,"),
        ["one"],
        ["b"],
    ),
    "a third source that shares it is not touched, inactive": (f"{MOVES} @join__field(graph: C)", [], ["a-source", "c"]),
    "a third source that shares it is not touched, active": (f"{MOVES} @join__field(graph: C)", ["one"], ["b", "c"]),
    "an old source that has it as external does not resolve it": (MOVES.replace("A,", "A, external: true,"), [], []),
    "of two that take it over by labels, the one whose label is active does": (
        f'{MOVES} @join__field(graph: C, override: "a-source", overrideLabel: "two")',
        ["two"],
        ["c"],
    ),
    "where another takes it over for all requests, the label brings one more": (
        f'{MOVES} @join__field(graph: C, override: "a-source")',
        ["one"],
        ["b", "c"],
    ),
    "where another takes it over for all requests, the old source is not asked": (
        f'{MOVES} @join__field(graph: C, override: "a-source")',
        [],
        ["c"],
    ),
    "a label without an override says nothing": (
        'x: Int @join__field(graph: A) @join__field(graph: B, overrideLabel: "one")',
        ["one"],
        ["a-source", "b"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("field", "active", "resolvers"), STATES.values(), ids=STATES)
def test_who_resolves_a_field(field: str, active: list[str], resolvers: list[str]) -> None:
    graph = supergraph(f"type T {THREE} {{ id: ID! {field} }}")
    assert [*while_active(graph, active).field("T", "x").resolvers] == resolvers


def test_whatever_no_label_touches_is_shared_by_all_states() -> None:
    graph = supergraph(f"type T {IN_A_AND_B} {{ id: ID! {MOVES} }} type U {IN_A_AND_B} {{ id: ID! }}")
    moved = while_active(graph, ["one"])
    assert while_active(graph, []) is graph
    assert labels_of(graph) == labels_of(moved) == {"one"}
    assert moved.schema is graph.schema
    assert moved.types["U"] is graph.types["U"]
    assert moved.types["T"] is not graph.types["T"]
    assert graph.field("T", "x").ever_resolvers == {"a-source", "b"}


def test_an_unknown_source_of_a_move_is_told_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        supergraph(f"type T {IN_A_AND_B} {{ id: ID! {MOVES.replace('graph: B', 'graph: D')} }}")
    assert [finding.code for finding in refused.value.findings] == ["SUPERGRAPH_INVALID"]


@pytest.mark.parametrize(
    ("label", "share"),
    [
        ("percent(0)", 0.0),
        ("percent(5)", 5.0),
        ("percent(05.5)", 5.5),
        ("percent(99.99999999)", 99.99999999),
        ("percent(100)", 100.0),
        ("percent(101)", None),
        ("percent(5.)", None),
        ("percent(٣)", None),
        ("percent", None),
        ("one", None),
    ],
)
def test_a_percentage_is_a_share_of_requests(label: str, share: float | None) -> None:
    assert percentage(label) == share
    assert is_label(label) == (share is not None or label in ("percent", "one"))


@pytest.mark.parametrize(
    ("labels", "states"),
    [
        ([], [""]),
        (["a"], ["", "a"]),
        (["a", "b"], ["", "a", "b", "a b"]),
        (["a", "b", "c"], ["", "a", "b", "c", "a b", "a c", "b c", "a b c"]),
        (["percent(5)", "percent(9)"], ["", "percent(9)", "percent(5) percent(9)"]),
        (["percent(5)", "percent(5.0)"], ["", "percent(5) percent(5.0)"]),
        (["a", "percent(5)"], ["", "a", "percent(5)", "a percent(5)"]),
    ],
)
def test_few_labels_are_looked_at_in_every_state_there_is(labels: list[str], states: list[str]) -> None:
    found = [" ".join(sorted(state)) for state in looked_at(labels)]
    assert sorted(found) == sorted(states)


def test_of_any_three_labels_every_combination_is_looked_at() -> None:
    labels = [f"l{number}" for number in range(8)] + [f"percent({number})" for number in range(8)]
    found = list(looked_at(labels))
    assert len(found) == len({*found}) < 4 * len(labels)
    for three in combinations(labels, 3):
        seen = {tuple(label in state for label in three) for state in found}
        shares = [share for label in three if (share := percentage(label)) is not None]
        drawn = len(shares) + 1  # a lower share is active only when the higher ones are
        assert len(seen) == drawn * 2 ** (3 - len(shares)), three
