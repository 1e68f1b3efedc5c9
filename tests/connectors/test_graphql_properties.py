"""Whatever is selected can be asked, and whatever is answered can be read: with any selections, with any JSON."""

import asyncio
from collections.abc import Mapping

import orjson
from graphql import GraphQLList, GraphQLNonNull, GraphQLOutputType
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import (
    ALWAYS,
    Argument,
    Condition,
    EntityInput,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    InputField,
    Json,
    PartialFailure,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.graphql import GraphQLConnector
from connectors.graphql.layout import Layout, Part
from connectors.graphql.quick import Irregular, QuickReader, Read
from connectors.graphql.reading import read_answer
from tests.connectors.manifests import graphql_manifest, unused_transport
from tests.connectors.owners import Canned

SDL = """
interface Media @key(fields: "id") { id: ID! a: String b: Int! c: [Media] d: Maker e(n: Int): Any }
type Book implements Media @key(fields: "id") {
  id: ID! a: String b: Int! c: [Media] d: Maker e(n: Int, m: Int): Any f: Float g: [Maker!]! h: Any
}
type Film implements Media @key(fields: "id") {
  id: ID! a: String! b: Int! c: [Book] d: Maker! e(n: Int): Any f: Int g: [Maker] h: Maker
}
type Game implements Rated @key(fields: "id") {
  id: ID! a: [String] b: Int c: Any d: Person! e(n: Int!): Any f: Int g: [[Maker]] h: Any
}
interface Rated { f: Int }
union Any = Book | Game | Maker
type Maker implements Rated { a: String b: Int d: Person f: Int h: Any }
type Person { a: Int! b: Int d: Maker g: [Any] }
type Query { media: Media }
"""
CONNECTED = GraphQLConnector.connect(graphql_manifest(SDL), SDL, unused_transport())
SCHEMA: Mapping[str, Mapping[str, str]] = {
    "Book": {"id": "", "a": "", "b": "", "c": "Book Film", "d": "Maker", "e": "Book Game Maker", "f": "",
             "g": "Maker", "h": "Book Game Maker"},
    "Film": {"id": "", "a": "", "b": "", "c": "Book", "d": "Maker", "e": "Book Game Maker", "f": "", "g": "Maker",
             "h": "Maker"},
    "Game": {"id": "", "a": "", "b": "", "c": "Book Game Maker", "d": "Person", "e": "Book Game Maker", "f": "",
             "g": "Maker", "h": "Book Game Maker"},
    "Maker": {"a": "", "b": "", "d": "Person", "f": "", "h": "Book Game Maker"},
    "Person": {"a": "", "b": "", "d": "Maker", "g": "Book Game Maker"},
}  # fmt: skip
VARIABLES: Variables = {"p": 1, "q": 2, "yes": True}
CONDITIONS = (ALWAYS, *(Condition(frozenset({frozenset({("yes", wanted)})})) for wanted in (True, False)))
KEYS = ("__typename", "x", "a", "d", "f")


@st.composite
def selections(draw: st.DrawFn, possible: frozenset[str], depth: int) -> tuple[FieldSelection, ...]:
    """Fields of objects of these types; under each key at most one of each type, as the contract says."""
    found: list[FieldSelection] = []
    for key in KEYS:
        left = possible
        while draw(st.booleans()) and left:
            chosen = frozenset(draw(st.sets(st.sampled_from(sorted(left)), min_size=1)))
            left -= chosen
            common = frozenset.intersection(*(frozenset(SCHEMA[one]) for one in chosen)) | {"__typename"}
            own = key in common and draw(st.integers(0, 3))
            field = key if own else draw(st.sampled_from(sorted(common)))
            below = frozenset(name for one in chosen for name in SCHEMA[one].get(field, "").split())
            if below and not depth:
                continue
            children = draw(selections(below, depth - 1)) if below else ()
            arguments = (Argument("n", "Int!", draw(st.sampled_from("pq"))),) if field == "e" else ()
            condition = draw(st.sampled_from(CONDITIONS))
            found.append(FieldSelection(key, field, chosen, arguments, condition, children))
    return tuple(draw(st.permutations(found)))


@st.composite
def fetches(draw: st.DrawFn) -> FetchSpec:
    """A fetch of entities of one or several types."""
    types = draw(st.lists(st.sampled_from(["Media", "Book", "Film", "Game"]), min_size=1, unique=True))
    possible = frozenset(name for one in types for name in (["Book", "Film"] if one == "Media" else [one]))
    first, *others = (EntityInput(name, (InputField("id"),)) for name in types)
    chosen = draw(selections(possible, 3))
    return FetchSpec(
        "tested", FetchKind.ENTITIES, first.type_name, chosen, first.inputs, others=tuple(others)
    )


def answered(spec: FetchSpec, answer: Json) -> FetchResult | None:
    """What becomes of an answer to two representations; None when it fails as a whole."""
    connected = GraphQLConnector.connect(graphql_manifest(SDL), SDL, Canned(answer))
    asked = [{"__typename": one.type_name, "id": "1"} for one in (spec.entities * 2)[:2]]
    work = connected.run(connected.prepare(spec), VARIABLES, asked, RunContext({}, 5))
    try:
        return asyncio.run(work)
    except SourceFailure:
        return None


@given(fetches())
def test_whatever_is_selected_can_be_asked(spec: FetchSpec) -> None:
    CONNECTED.prepare(spec)  # validates what it prints against the source's schema


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
)
NAMES = st.sampled_from([*KEYS, "x_2", "a_2", "data", "_entities"])
ANY = st.recursive(
    SCALARS | st.sampled_from(sorted(SCHEMA)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)
OBJECTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda name, rest: {**rest, "__typename": name},
            st.sampled_from(sorted(SCHEMA)),
            st.dictionaries(NAMES, inner, max_size=6),
        )
    ),
    max_leaves=30,
)
PATHS = st.lists(st.integers(-1, 2) | NAMES, max_size=6)
ERRORS = st.lists(
    ANY
    | st.builds(lambda path: {"path": path}, PATHS | st.builds(lambda rest: ["_entities", 0, *rest], PATHS)),
    max_size=3,
)


@given(fetches(), ANY | st.fixed_dictionaries({"data": ANY, "errors": ERRORS}))
def test_whatever_is_answered_is_read_or_a_failure(spec: FetchSpec, answer: Json) -> None:
    answered(spec, answer)


@given(fetches(), st.lists(OBJECTS, min_size=2, max_size=2), ERRORS)
def test_what_is_read_has_the_keys_that_were_asked_and_failures_have_places_in_it(
    spec: FetchSpec, entities: Json, errors: Json
) -> None:
    result = answered(spec, {"data": {"_entities": entities}, "errors": errors})
    assert result is not None
    for entity in result.data:
        if entity is not None:
            assert set(entity) <= {selection.response for selection in spec.selections}
    for one in result.failures:
        assert one.indices <= {0, 1}
        for index in one.indices:
            value: Json = result.data[index]
            for step in one.path:
                if value is None:
                    break
                value = value[step]


class Hesitant(QuickReader):
    """Leaves everything to the exact reader."""

    def under(self, variables: Variables) -> Read:
        def read(value: Json) -> Json:
            raise Irregular

        return read


LEAVES: Mapping[str, st.SearchStrategy[Json]] = {
    "String": st.text(max_size=2),
    "ID": st.sampled_from(["1", 1]),
    "Int": st.sampled_from([1, 1.0, 2**31]),
    "Float": st.sampled_from([1, 1.5]),
}


@st.composite
def objects(draw: st.DrawFn, layout: Layout, types: frozenset[str]) -> Json:
    """An object as a layout asks for it, but for a slip here and there."""
    name = draw(st.sampled_from(sorted(types)))
    made: Json = {} if layout.static else {"__typename": name}
    for part in layout.parts:
        if name in part.types and part.selection.condition.holds(VARIABLES):
            made[part.alias] = name if part.selection.field == "__typename" else draw(values(part.type, part))
    return draw(slips(made))


@st.composite
def values(draw: st.DrawFn, kind: GraphQLOutputType, part: Part) -> Json:
    """A value of a type, but for slips."""
    if isinstance(kind, GraphQLNonNull):
        return draw(values(kind.of_type, part))
    if draw(st.integers(0, 5)) == 0:
        return None
    if isinstance(kind, GraphQLList):
        return draw(slips([draw(values(kind.of_type, part)) for _ in range(draw(st.integers(0, 2)))]))
    if part.inside is not None:
        return draw(objects(part.inside, part.inside.possible))
    return draw(slips(draw(LEAVES[str(kind)])))


@st.composite
def slips(draw: st.DrawFn, value: Json) -> Json:
    """The value, or rarely another."""
    if draw(st.integers(0, 30)) != 30:
        return value
    return draw(ANY | st.just({**value, "more": 1} if isinstance(value, dict) else [value]))


@given(st.data(), fetches(), ERRORS)
def test_what_is_read_quickly_is_what_is_read_exactly(
    data: st.DataObject, spec: FetchSpec, errors: Json
) -> None:
    prepared = CONNECTED.prepare(spec)
    asked = [prepared.possible[one.type_name] for one in spec.entities]
    found = [data.draw(objects(prepared.layout, types)) for types in asked]
    answer = {"data": {"_entities": found}, "errors": errors}
    before = orjson.dumps(answer)
    quick, exact = (
        read_answer(answer, prepared.layout, reader, VARIABLES, asked)
        for reader in (prepared.quick, Hesitant(prepared.layout))
    )
    assert orjson.dumps(answer) == before
    assert orjson.dumps(quick.data, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        exact.data, option=orjson.OPT_SORT_KEYS
    )
    assert [told(one) for one in quick.failures] == [told(one) for one in exact.failures]


def told(failure: PartialFailure) -> tuple[object, ...]:
    return failure.failure.kind, failure.failure.detail, failure.path, failure.indices
