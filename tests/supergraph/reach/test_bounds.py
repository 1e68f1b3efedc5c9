"""Whatever is composed, the look at it ends: counted work, no recursion, a bounded number of short findings."""

import random
import re
from pathlib import Path

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.reach import findings, hops, unreachable
from gateway.supergraph.reach.hops import Hops
from gateway.supergraph.reach.spots import Terrain
from gateway.supergraph.reach.walking import Walker
from tests.supergraph.composed import written
from tests.supergraph.reach.sources import supergraph, told

CASES = sorted((Path(__file__).parents[2] / "federation" / "cases").glob("*/supergraph.graphql"))


def wide(sources: int, types: int, fields: int) -> dict[str, str]:
    """Every type in four sources, found by `id`; every fourth field leads to another type."""
    texts: dict[str, list[str]] = {f"s{number}": [] for number in range(sources)}
    for type_ in range(types):
        for part in range(4):
            own = [
                f"f{part}_{number}: {f'T{(type_ * 7 + number) % types}' if number % 4 == 0 else 'Int'}"
                for number in range(fields // 4)
            ]
            texts[f"s{(type_ + part) % sources}"].append(
                f'type T{type_} @key(fields: "id") {{ id: ID! {" ".join(own)} }}'
            )
    for source, lines in texts.items():
        named = {line.split()[1] for line in lines}
        lines += [
            f'type T{type_} @key(fields: "id") {{ id: ID! }}'
            for type_ in range(types)
            if f"T{type_}" not in named and any(f": T{type_} " in line for line in lines)
        ]
        lines.append(f"type Query {{ q{source}: T{source[1:]} }}" if int(source[1:]) < types else "")
    return {source: "\n".join(lines) for source, lines in texts.items()}


def test_a_hundred_sources_with_five_thousand_fields_cost_little_work() -> None:
    graph = supergraph(**wide(100, 250, 20))
    assert sum(len(known.fields) for known in graph.types.values()) > 5_000
    asked = Hops(Terrain(graph))
    assert list(Walker(asked.terrain, asked).failures()) == []
    assert asked.work < 500_000


def test_an_entity_of_a_hundred_sources_whose_keys_lead_from_one_to_the_next() -> None:
    sources = {
        f"s{number:03}": f'type T @key(fields: "k{number}") @key(fields: "k{number + 1}") '
        f"{{ k{number}: ID! @shareable k{number + 1}: ID! @shareable x{number}: Int }} "
        f"type Query {{ q{number}: T }}"
        for number in range(100)
    }
    graph = supergraph(**sources)
    asked = Hops(Terrain(graph))
    assert list(Walker(asked.terrain, asked).failures()) == []
    assert asked.work < 500_000


def test_sixty_mutations_of_two_sources_cost_little_more_than_one() -> None:
    def work(mutations: int) -> int:
        shared = " ".join(f"m{number}: T0 @shareable" for number in range(mutations))
        sources = wide(20, 40, 20)
        sources = {name: f"{sources[name]} type Mutation {{ {shared} }}" for name in ("s0", "s1")} | {
            name: text for name, text in sources.items() if name not in ("s0", "s1")
        }
        asked = Hops(Terrain(supergraph(**sources)))
        assert list(Walker(asked.terrain, asked).failures()) == []
        return asked.work

    assert work(60) < 2 * work(1)


def test_fields_below_one_another_a_thousand_deep_are_walked_and_shown_shortened() -> None:
    depth = 1_000
    chain = "".join(f"type T{number} {{ next: T{number + 1} }} " for number in range(depth))
    (text,) = told(
        {
            "a": f'type Query {{ t: T0 }} {chain} type T{depth} @key(fields: "id") {{ id: ID! }}',
            "b": f'type T{depth} @key(fields: "id", resolvable: false) {{ id: ID! x: Int }}',
        }
    )
    assert " … " in text and "x" in text
    assert len(text) < 1_000


def test_a_root_field_that_no_source_has_is_reported() -> None:
    (text,) = map(
        str,
        unreachable(
            read_supergraph(
                written(
                    "type Query @join__type(graph: A) { n: Int } type Mutation { m: Int }",
                    roots="mutation: Mutation",
                )
                .replace("type Mutation {", "type Mutation @join__type(graph: A) {")
                .replace("m: Int", "m: Int @join__field"),
                "supergraph",
            ).supergraph
        ),
    )
    assert text == (
        "SATISFIABILITY_ERROR Mutation.m cannot be answered in `mutation { m }`: no source has it; "
        "define Mutation.m in a source"
    )


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_written_in_composed_sdl_is_looked_at_without_failing(seed: int) -> None:
    chance = random.Random(seed)
    tokens = re.findall(r"\w+|\W", chance.choice(CASES).read_text("utf-8"))
    words = [position for position, token in enumerate(tokens) if token[0].isalpha()]
    for position in chance.sample(words, chance.randint(1, 6)):
        tokens[position] = tokens[chance.choice(words)]
    try:
        graph = read_supergraph("".join(tokens), "supergraph").supergraph
    except ConfigurationError:
        return
    assert len(list(unreachable(graph))) <= findings.MAX_FINDINGS


def test_no_more_findings_than_anyone_mends_at_once() -> None:
    fields = " ".join(f"x{number}: Int" for number in range(200))
    texts = told(
        {
            "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
            "b": f'type T @key(fields: "id", resolvable: false) {{ id: ID! {fields} }}',
        }
    )
    assert len(texts) == findings.MAX_FINDINGS == 50


def test_reasons_of_a_hundred_sources_are_not_all_told() -> None:
    sources = {
        f"s{number}": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable }'
        for number in range(100)
    }
    (text,) = told({"a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }', **sources})
    assert "; and so on; " in text
    assert len(text) < 1_000


def test_the_page_of_errors_says_how_much_work_is_too_much() -> None:
    page = Path(__file__).parents[3] / "docs" / "errors" / "answers.md"
    assert "it takes five million looks" in " ".join(page.read_text(encoding="utf-8").split())
    assert hops.MAX_WORK == 5_000_000


def test_past_the_bound_of_work_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = supergraph(**wide(8, 8, 8))
    assert list(unreachable(graph)) == []
    monkeypatch.setattr(hops, "MAX_WORK", 50)
    assert [finding.code for finding in unreachable(graph)] == ["MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED"]


def test_chains_of_inputs_of_any_length_are_explained_in_short() -> None:
    length = 60
    sources = {
        f"s{number:02}": f'type T @key(fields: "id") {{ id: ID! x{number + 1}: Int @external '
        f'x{number}: Int @requires(fields: "x{number + 1}") }}'
        for number in range(length)
    }
    sources["t"] = 'type Query { t: T } type T @key(fields: "id") { id: ID! }'
    sources["u"] = f'type T @key(fields: "id", resolvable: false) {{ id: ID! x{length}: Int }}'
    texts = told(sources)
    assert len(texts) == findings.MAX_FINDINGS
    assert max(map(len, texts)) < 1_500


@pytest.mark.parametrize(("labels", "codes"), [(3, []), (201, ["MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED"])])
def test_fields_move_by_a_bounded_number_of_labels(labels: int, codes: list[str]) -> None:
    fields = [f"f{number}: Int" for number in range(labels)]
    moved = [f'f{number}: Int @override(from: "a", label: "l{number}")' for number in range(labels)]
    graph = supergraph(
        a=f'type T @key(fields: "id") {{ id: ID! {" ".join(fields)} }} type Query {{ t: T }}',
        b=f'type T @key(fields: "id") {{ id: ID! {" ".join(moved)} }}',
    )
    assert [finding.code for finding in unreachable(graph)] == codes
