"""Composition as a list of passes: the sources' own schemas become one supergraph, as SDL and as the model of it.

Text in, values out: nothing is asked, read or written here. What is composed is written as SDL and read back by the
one reader of composed SDL, so that what Huitong runs is what any other gateway would load.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.join import ComposedSupergraph, read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from gateway.supergraph.merge.merging import merge
from gateway.supergraph.merge.model import Merged
from gateway.supergraph.source.model import SourceSchema, SourceText
from gateway.supergraph.source.reading import read_source

MAX_SOURCES: Final = 1_000
MAX_CHARACTERS: Final = 20_000_000
"""Of all sources' schemas together."""

WRITTEN: Final = "supergraph"
"""What findings call the composed SDL, which is in no file yet."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What composition made. `merged` has what the SDL does not say: what each source says of each part, labels.

    `hints`: what is legal and suspicious, one a line, in a stable order.
    """

    sdl: str
    hints: tuple[str, ...]
    merged: Merged
    read: ComposedSupergraph


def compose_sources(texts: Sequence[SourceText]) -> Composed:
    """Compose the schemas of all sources.

    Raises ConfigurationError with every finding of the first stage that has any: the sources' names, each schema by
    itself, all of them together, the whole.
    """
    _stop_at(_names(texts))
    schemas = _read(texts)
    findings: list[Finding] = []
    hints: list[str] = []
    merged = merge(schemas, findings, hints)
    _stop_at(findings)
    sdl = write_supergraph(merged)
    return Composed(sdl, tuple(hints), merged, read_supergraph(sdl, WRITTEN))


def _read(texts: Sequence[SourceText]) -> list[SourceSchema]:
    """Every schema by itself, in the order of the sources' names: the order in which they are given says nothing."""
    findings: list[Finding] = []
    ordered = sorted(texts, key=lambda text: text.name)
    schemas = [schema for text in ordered if (schema := read_source(text, findings)) is not None]
    _stop_at(findings)
    return schemas


def _stop_at(findings: Iterable[Finding]) -> None:
    """Raise ConfigurationError when there are findings."""
    told = list(findings)
    if told:
        raise ConfigurationError(told)


def _names(texts: Sequence[SourceText]) -> Iterator[Finding]:
    """Sources are told apart by their names, which become values of an enum in composed SDL."""
    if not texts:
        yield Finding("NO_QUERIES", "there are no sources to compose", "name at least one")
    if len(texts) > MAX_SOURCES:
        yield _too_much(f"there are more than {MAX_SOURCES} sources")
    if sum(len(text.sdl) for text in texts) > MAX_CHARACTERS:
        yield _too_much(f"the sources' schemas have more than {MAX_CHARACTERS:,} characters")
    seen: set[str] = set()
    for text in texts:
        if text.name in seen:
            yield _misnamed(f"two sources are called {text.name[:80]!r}", "give each a name of its own")
        elif not _may_be_a_value(text.name):
            yield _misnamed(
                f"a source is called {text.name[:80]!r}", "begin its name with a letter or a digit"
            )
        seen.add(text.name)


def _may_be_a_value(name: str) -> bool:
    """`_` is reserved; a value of an enum that begins with `__` is (GraphQL specification, section 2.1.4)."""
    return name not in ("", "_") and not re.match(r"[^0-9A-Za-z]{2}", name)


def _misnamed(message: str, remedy: str) -> Finding:
    return Finding("INVALID_SUBGRAPH_NAME", message, remedy)


def _too_much(message: str) -> Finding:
    return Finding("SUPERGRAPH_INVALID", message, "compose smaller supergraphs")
