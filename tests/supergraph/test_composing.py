"""Composition from text to the model: what @apollo/composition makes of the same sources, in whatever order."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import build_schema, lexicographic_sort_schema, print_schema
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import ConfigurationError
from gateway.supergraph import composing
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.source.model import SourceText

CASES = sorted((Path(__file__).parents[1] / "federation" / "cases").glob("*/supergraph.graphql"))
LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n'
)


def texts(**sdl: str) -> list[SourceText]:
    return [SourceText(name, name, text) for name, text in sdl.items()]


def linked(**sdl: str) -> list[SourceText]:
    return texts(**{name: LINK + text for name, text in sdl.items()})


def raised(sources: list[SourceText]) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        compose_sources(sources)
    return caught.value


def codes(sources: list[SourceText]) -> list[str]:
    return [finding.code for finding in raised(sources).findings]


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.parent.name)
def test_the_model_is_that_of_other_composers(file: Path) -> None:
    theirs = read_supergraph(file.read_text(), file).supergraph
    files = sorted((file.parent / "subgraphs").glob("*.graphql"))
    ours = compose_sources([SourceText(one.stem, one.stem, one.read_text()) for one in files]).read.supergraph
    assert ours.types == theirs.types
    assert _told_alike(ours.sdl) == _told_alike(theirs.sdl)


def _told_alike(sdl: str) -> str:
    """The public schema without what @apollo/composition does in its own ways.

    It has no word for `@oneOf`, and writes the defaults of an input type's fields into default objects of the type.
    """
    text = print_schema(lexicographic_sort_schema(build_schema(sdl)))
    return re.sub(r"= \{.*?\}", "= {}", text.replace(" @oneOf", ""))


def test_there_are_cases() -> None:
    assert len(CASES) > 20


def test_the_order_of_sources_says_nothing() -> None:
    sources = linked(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! a: Int s: Int @shareable }',
        b='type T @key(fields: "id") { id: ID! b: Int s: Int @shareable } type Query { u: T }',
    )
    assert compose_sources(sources).sdl == compose_sources(sources[::-1]).sdl
    wrong = linked(a="type Query {", b="type Query { a: Gone }")
    told = [str(raised(sources)) for sources in (wrong, wrong[::-1])]
    assert told[0] == told[1]


def test_all_findings_of_a_stage_are_told_and_none_of_the_next() -> None:
    twice = 'type T @key(fields: "id") { id: ID! a: Int } '
    assert (
        codes(linked(a="type Query {", b="type Query { a: Gone }", c=twice, d=twice))
        == ["INVALID_GRAPHQL"] * 2
    )
    assert codes(linked(a="type Query { t: T } " + twice, b=twice + "enum E { A }", c="scalar E")) == [
        "TYPE_KIND_MISMATCH",
        "INVALID_FIELD_SHARING",
    ]


def test_what_cannot_be_reached_is_told_where_its_type_stands() -> None:
    sources = linked(
        a="type Query { t: T }\ntype T { id: ID! @shareable }", b="type T { id: ID! @shareable b: Int }"
    )
    [finding] = raised(sources).findings
    assert (finding.code, finding.file, finding.line) == ("SATISFIABILITY_ERROR", "a", 3)


def test_no_more_is_composed_than_can_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "MAX_SOURCES", 1)
    monkeypatch.setattr(composing, "MAX_CHARACTERS", 150)
    assert codes(linked(a="type Query { a: Int }", b="type Query { b: Int }")) == ["SUPERGRAPH_INVALID"] * 2
    assert compose_sources(linked(a="type Query { a: Int }")).sdl


MANGLED = st.lists(
    st.tuples(
        st.integers(0),
        st.sampled_from(["", "!", "{", "type", "@key", "@external", "@override", "[[", '"', "Query", "$"]),
    ),
    min_size=1,
    max_size=3,
)


@given(case=st.sampled_from(CASES), mangled=MANGLED)
def test_whatever_stands_in_a_source_it_is_composed_or_told(
    case: Path, mangled: list[tuple[int, str]]
) -> None:
    sources = [
        SourceText(one.stem, one.stem, one.read_text())
        for one in sorted((case.parent / "subgraphs").iterdir())
    ]
    for position, word in mangled:
        at = position % len(sources)
        words = re.findall(r"\w+|\s+|.", sources[at].sdl)
        words[position % len(words)] = word
        sources[at] = replace(sources[at], sdl="".join(words))
    try:
        assert compose_sources(sources).sdl
    except ConfigurationError as error:
        assert error.findings


def test_no_sources_are_no_supergraph() -> None:
    assert codes([]) == ["NO_QUERIES"]
