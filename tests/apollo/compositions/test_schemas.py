"""Who composed with @apollo/composition gets the same public schema, the same model and the same hints."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
from graphql import GraphQLSchema

from gateway.supergraph.join import read_supergraph
from tests.apollo.compositions.composing import Apollo, Huitong
from tests.apollo.compositions.differences import ERRORS, NEVER_HINTED, OWN_HINTS, SCHEMAS
from tests.apollo.compositions.set_files import SourceSet, small_sets, suite_sets

SETS = [one for one in [*suite_sets(), *small_sets()] if one.code is None and one.title not in ERRORS]


@pytest.mark.parametrize("one", SETS, ids=str)
def test_clients_see_the_same_schema(apollo: Apollo, huitong: Huitong, one: SourceSet) -> None:
    theirs, ours = apollo.outcomes[one.title].schema, huitong.of(one).schema
    assert theirs
    changed = tuple(
        line
        for line in difflib.unified_diff(theirs.splitlines(), ours.splitlines(), n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    )
    assert changed == (SCHEMAS[one.title].changed if one.title in SCHEMAS else ())


@pytest.mark.parametrize("one", SETS, ids=str)
def test_both_texts_are_read_as_one_model(apollo: Apollo, huitong: Huitong, one: SourceSet) -> None:
    theirs = read_supergraph(apollo.outcomes[one.title].sdl, "theirs", contexts=True)
    ours = read_supergraph(huitong.of(one).sdl, "ours", contexts=True)
    unlike = dict(_unlike("", theirs, ours))
    assert tuple(unlike) == (SCHEMAS[one.title].places if one.title in SCHEMAS else ()), unlike


@pytest.mark.parametrize("one", SETS, ids=str)
def test_the_same_hints(apollo: Apollo, huitong: Huitong, one: SourceSet) -> None:
    ours = huitong.of(one).hints
    told = Counter({code: count for code, count in ours.items() if code not in OWN_HINTS})
    assert told == apollo.outcomes[one.title].hints


def test_every_hint_has_a_set(apollo: Apollo) -> None:
    found = {code for one in SETS for code in apollo.outcomes[one.title].hints}
    assert found == apollo.hint_codes - {*NEVER_HINTED}


def test_explanations_belong_to_sets() -> None:
    assert {*SCHEMAS} <= {one.title for one in SETS}


def _unlike(place: str, theirs: object, ours: object) -> Iterator[tuple[str, str]]:
    """Where two models differ, and how. How a schema is printed is compared elsewhere."""
    if isinstance(theirs, GraphQLSchema) or place.endswith(".sdl"):
        return
    if is_dataclass(theirs) and type(theirs) is type(ours):
        for one in fields(theirs):
            yield from _unlike(f"{place}.{one.name}", getattr(theirs, one.name), getattr(ours, one.name))
    elif isinstance(theirs, Mapping) and isinstance(ours, Mapping):
        for key in {**theirs, **ours}:
            yield from _unlike(f"{place}[{key}]", theirs.get(key), ours.get(key))
    elif theirs != ours:
        yield place, f"{theirs} there, {ours} here"
