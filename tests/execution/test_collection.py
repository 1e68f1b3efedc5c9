"""What a fetch asks for: representations from several positions, each entity once, nothing that lacks its key."""

from collections.abc import Mapping
from typing import Any

import pytest

from connectors.base import (
    ALWAYS,
    EVERY_ROW,
    EntityInput,
    FailureKind,
    FetchKind,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    SourceFailure,
)
from gateway.execution.collection import Collected, collect
from gateway.execution.merging import merge
from gateway.execution.raw import Lost
from gateway.planning.plan import Entry, FetchNode, Step

BOOK, MOVIE = frozenset({"Book"}), frozenset({"Movie"})
MEDIA = BOOK | MOVIE
ID = (InputField("id"),)


def step(
    raw: str, types: frozenset[str] = BOOK, **more: Any
) -> Step:  # Any: the other fields, each of its type
    static = next(iter(types)) if len(types) == 1 else None
    return Step(raw, types, more.get("static", static), tuple((one, EVERY_ROW) for one in sorted(types)),
                more.get("untyped", False))  # fmt: skip


def collected(root: dict[str, Json], *entries: Entry, kind: FetchKind = FetchKind.ENTITIES) -> Collected:
    types = [EntityInput(entry.sent_as or "Book", entry.inputs) for entry in entries]
    spec = FetchSpec("two", kind, types[0].type_name, (FieldSelection("x", "x", MEDIA),), types[0].inputs,
                     others=tuple(types[1:]))  # fmt: skip
    return collect(root, FetchNode(1, spec, entries, frozenset(), ALWAYS, False, EVERY_ROW, ()), {})


LOST = Lost("one", SourceFailure(FailureKind.TIMEOUT, "late"))

# the object at `a`, the inputs, what is sent beside `__typename`; None: it is not asked; a mark: it is lost
INPUTS: Mapping[str, tuple[dict[str, Json], tuple[InputField, ...], Any]] = {
    "a key": ({"id": "1", "other": 2}, ID, {"id": "1"}),
    "a key that is null": ({"id": None}, ID, None),
    "a key that is missing": ({}, ID, None),
    "one of two": ({"id": "1"}, (*ID, InputField("code")), None),
    "under another key": ({"w__a0": 5}, (InputField("w", raw="w__a0"),), {"w": 5}),
    "an input that may be null": ({"w": None}, (InputField("w", nullable=True),), {"w": None}),
    "an input that may be null and is missing": ({}, (InputField("w", nullable=True),), {"w": None}),
    "an input that failed": ({"w": LOST}, (InputField("w", nullable=True),), LOST),
    "a list of values": ({"w": [1, None]}, (InputField("w"),), {"w": [1, None]}),
    "a list of values of which one failed": ({"w": [1, LOST]}, (InputField("w"),), LOST),
    "an object": ({"o": {"id": "1", "n": 2}}, (InputField("o", ID),), {"o": {"id": "1"}}),
    "an object that is null": ({"o": None}, (InputField("o", ID),), None),
    "an object that may be null": ({"o": None}, (InputField("o", ID, nullable=True),), {"o": None}),
    "an object that lacks its own, though it may be null": (
        {"o": {"id": None}}, (InputField("o", ID, nullable=True),), None,
    ),
    "an object of which a part failed": ({"o": {"id": LOST}}, (InputField("o", ID, nullable=True),), LOST),
    "what is no object": ({"o": "text"}, (InputField("o", ID),), None),
    "a list of objects": ({"o": [{"id": "1"}, {"id": "2"}]}, (InputField("o", ID),), {"o": [{"id": "1"}, {"id": "2"}]}),
    "lists in lists": ({"o": [[{"id": "1"}], []]}, (InputField("o", ID),), {"o": [[{"id": "1"}], []]}),
    "a list of objects with a null": ({"o": [{"id": "1"}, None]}, (InputField("o", ID),), None),
    "a list whose objects may be null": (
        {"o": [{"id": "1"}, None]}, (InputField("o", ID, nullable=True),), {"o": [{"id": "1"}, None]},
    ),
    "for some types alone": (
        {"o": [{"__typename": "Book", "id": "1"}, {"__typename": "Movie", "id": "2", "m": 3}]},
        (InputField("o", (InputField("__typename"), InputField("id", types=BOOK), InputField("m", types=MOVIE))),),
        {"o": [{"__typename": "Book", "id": "1"}, {"__typename": "Movie", "m": 3}]},
    ),
    "for other types than its own": ({"id": "1"}, (*ID, InputField("m", types=MOVIE)), {"id": "1"}),
    "for its own type, that is known beforehand": ({"id": "1", "b": 2}, (*ID, InputField("b", types=BOOK)), {"id": "1", "b": 2}),
}  # fmt: skip


@pytest.mark.parametrize("case", INPUTS)
def test_what_an_object_sends(case: str) -> None:
    entity, inputs, sent = INPUTS[case]
    found = collected({"a": entity}, Entry((step("a"),), inputs))
    if isinstance(sent, dict):
        assert found.representations == [{"__typename": "Book", **sent}]
        assert found.objects == [[entity]]
    elif sent is None:
        assert (found.representations, found.keyless) == ([], [entity])
    else:
        assert (found.representations, found.lost) == ([], [(entity, LOST)])


def test_an_input_that_json_cannot_carry_is_a_broken_promise() -> None:
    entity = {"id": 2**80}
    found = collected({"a": entity}, Entry((step("a"),), ID))
    assert [(one, lost.failure.kind) for one, lost in found.lost] == [(entity, FailureKind.INVALID_RESPONSE)]


def test_an_entity_at_several_positions_is_asked_once() -> None:
    root: dict[str, Json] = {
        "a": {"id": "1"},
        "list": [{"id": "2"}, None, [{"id": "1"}], {"id": "2"}],
        "other": {"in": {"code": "1", "__typename": "Movie"}},
    }
    found = collected(
        root,
        Entry((step("a"),), ID),
        Entry((step("list"),), ID),
        Entry((step("other", frozenset({"V"})), step("in", MEDIA)), (InputField("id", raw="code"),), "Book"),
    )
    assert found.representations == [{"__typename": "Book", "id": one} for one in "12"]
    assert found.objects == [
        [root["a"], root["list"][2][0], root["other"]["in"]],
        [root["list"][0], root["list"][3]],
    ]


def test_types_and_inputs_keep_entities_apart() -> None:
    root = {"a": [{"__typename": "Book", "id": "1"}, {"__typename": "Movie", "id": "1"}], "b": {"id": 1}}
    found = collected(root, Entry((step("a", MEDIA),), ID), Entry((step("b"),), ID))
    assert found.representations == [
        {"__typename": "Book", "id": "1"},
        {"__typename": "Movie", "id": "1"},
        {"__typename": "Book", "id": 1},
    ]


def test_an_object_without_a_type_takes_part_where_it_may_and_is_sent_as_its_interface() -> None:
    root = {"a": [{"id": "1"}, {"__typename": "Book", "id": "2"}, {"__typename": "Bird", "id": "3"}]}
    at = step("a", MEDIA, untyped=True)
    assert collected(root, Entry((at,), ID, "Media")).representations == [
        {"__typename": "Media", "id": "1"},
        {"__typename": "Media", "id": "2"},
    ]
    assert collected(root, Entry((step("a", MEDIA),), ID, "Media")).representations == [
        {"__typename": "Media", "id": "2"}
    ]
    as_itself = collected(root, Entry((at,), ID))
    assert as_itself.representations == [{"__typename": "Book", "id": "2"}]
    assert as_itself.keyless == [{"id": "1"}]


def test_a_root_fetch_is_made_once_for_all_objects_there() -> None:
    shared: dict[str, Json] = {"__typename": "Book"}
    root: dict[str, Json] = {"a": [shared, {"__typename": "Book"}, None, shared]}
    found = collected(root, Entry((step("a"),)), kind=FetchKind.ROOT)
    assert (found.representations, found.objects) == ([], [[shared, root["a"][1]]])
    assert collected(root, Entry(()), kind=FetchKind.ROOT).objects == [[root]]
    assert collected({"a": None}, Entry((step("a"),)), kind=FetchKind.ROOT).objects == []


# what is there, what comes, what is there then
MERGES: Mapping[str, tuple[Json, Json, Json]] = {
    "a new value": ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
    "a value where null is": ({"a": None}, {"a": 2}, {"a": 2}),
    "another value": ({"a": 1}, {"a": 2}, {"a": 1}),
    "the interface's name for the type": ({"__typename": "Book"}, {"__typename": "Media"}, {"__typename": "Book"}),
    "an object's other fields": ({"o": {"a": 1}}, {"o": {"b": 2}}, {"o": {"a": 1, "b": 2}}),
    "lists of one length": ({"o": [{"a": 1}, None]}, {"o": [{"b": 2}, {"b": 3}]}, {"o": [{"a": 1, "b": 2}, {"b": 3}]}),
    "lists of two lengths": ({"o": [{"a": 1}]}, {"o": [{"b": 2}, {"b": 3}]}, {"o": [{"a": 1}]}),
    "lists in lists": ({"o": [[{"a": 1}]]}, {"o": [[{"b": 2}]]}, {"o": [[{"a": 1, "b": 2}]]}),
    "an object of another type": (
        {"o": {"__typename": "Book", "a": 1}}, {"o": {"__typename": "Movie", "b": 2}},
        {"o": {"__typename": "Book", "a": 1}},
    ),
    "an object where a value is": ({"o": "text"}, {"o": {"b": 2}}, {"o": "text"}),
    "a value where a failure was": ({"a": LOST}, {"a": 2}, {"a": 2}),
    "null where a failure was": ({"a": LOST}, {"a": None}, {"a": LOST}),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGES)
def test_merging_adds_and_never_overwrites(case: str) -> None:
    target, addition, expected = MERGES[case]
    merge(target, addition)
    assert target == expected
