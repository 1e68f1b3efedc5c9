"""CPU of composing 100 sources with 5,000 fields, and of composing again after a change of one source.

What travels is the ratio to reading the same SDL with graphql-core alone.
"""

import statistics
import time
from collections.abc import Callable, Iterator

from graphql import parse

from gateway.supergraph.composing import compose_schemas, compose_sources, read_sources
from gateway.supergraph.source.model import SourceText

SOURCES, FIELDS, ENTITIES, ROUNDS = 100, 5_000, 120, 3
GOAL = 5.0
"""Seconds of CPU in which all should compose."""

_LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])\n'
)
_SHARED = "type Money { amount: Int @shareable currency: String @shareable }\n"


def main() -> None:
    """Print the medians in seconds of CPU, and their ratios."""
    texts = list(_sources())
    changed = [*texts[:-1], _changed(texts[-1])]
    kept = read_sources(texts[:-1])

    def one_changed() -> object:
        return compose_schemas([*kept, *read_sources(changed[-1:])])

    sides: dict[str, Callable[[], object]] = {
        "graphql-core parses": lambda: [parse(text.sdl) for text in texts],
        "each read and checked": lambda: read_sources(texts),
        "all composed": lambda: compose_sources(texts),
        "one source changed": one_changed,
    }
    medians = {name: _median(run) for name, run in sides.items()}
    fields = sum(text.sdl.count(": ") for text in texts)
    print(
        f"{len(texts)} sources, {fields} fields and arguments, {sum(len(text.sdl) for text in texts):,} characters"
    )
    for name, seconds in medians.items():
        ratio = seconds / medians["graphql-core parses"]
        goal = f"   goal {GOAL:g} s" if name == "all composed" else ""
        print(f"{name:22} {seconds:7.2f} s  {ratio:6.1f} of parsing alone{goal}")


def _median(run: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def _sources() -> Iterator[SourceText]:
    """Sources that each own some entities and add fields to those of others, as departments do."""
    own = FIELDS // SOURCES
    for number in range(SOURCES):
        entities = sorted({(number * 7 + step * 13) % ENTITIES for step in range(5)})
        parts = [_LINK, _SHARED]
        for at, entity in enumerate(entities):
            fields = [f"  id: ID! @shareable\n  code{entity}: String! @shareable"]
            fields += [
                f"  s{number}n{turn}: {_kind(turn, entities)}" for turn in range(at, own, len(entities))
            ]
            inside = "\n".join(fields)
            parts.append(f'type E{entity} @key(fields: "id") @key(fields: "code{entity}") {{\n{inside}\n}}\n')
        parts.append(f"type Query {{ q{number}: [E{entities[0]}] }}\n")
        yield SourceText(f"s{number:03}", f"Department {number}", "".join(parts))


def _kind(turn: int, entities: list[int]) -> str:
    if turn % 7 == 0:
        return f"[E{entities[turn % len(entities)]}!]"
    return ("String", "Int", "Money", "[String!]")[turn % 4]


def _changed(text: SourceText) -> SourceText:
    sdl = text.sdl.replace("type Query {", "type Query { more: Int ")
    return SourceText(text.name, text.department, sdl)


if __name__ == "__main__":
    main()
