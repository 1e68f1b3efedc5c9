"""Composition as a list of passes: the sources' own schemas become one supergraph, as SDL and as the model of it.

Text in, values out: nothing is asked, read or written here. What is composed is written as SDL and read back by the
one reader of composed SDL, so that what Huitong runs is what any other gateway would load.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.join import ComposedSupergraph, read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from gateway.supergraph.merge.merging import merge
from gateway.supergraph.merge.model import Merged
from gateway.supergraph.reach import unreachable
from gateway.supergraph.source.model import SourcePlace, SourceSchema, SourceText
from gateway.supergraph.source.sources import read_sources as read_each

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

    Raises ConfigurationError with every finding of the first stage that has any: each schema by itself, all of
    them together, the whole.
    """
    hints: list[str] = []
    return compose_schemas(read_sources(texts, hints), hints)


def read_sources(texts: Sequence[SourceText], hints: list[str] | None = None) -> list[SourceSchema]:
    """Every schema by itself, in the words of Federation 2. What is legal and suspicious is added to `hints`.

    They stand in the order of the sources' names: the order in which they are given says nothing. Raises
    ConfigurationError with all findings.
    """
    _stop_at(_bounds(texts))
    findings: list[Finding] = []
    schemas = read_each(sorted(texts, key=lambda text: text.name), findings, [] if hints is None else hints)
    _stop_at(findings)
    return schemas


def compose_schemas(schemas: Sequence[SourceSchema], hints: Sequence[str] = ()) -> Composed:
    """Compose schemas that were read, with `hints` on them. Raises ConfigurationError like `compose_sources`."""
    findings: list[Finding] = []
    told = [*hints]
    merged = merge(schemas, findings, told)
    _stop_at(findings)
    sdl = write_supergraph(merged)
    read = read_supergraph(sdl, WRITTEN, contexts=True)
    _stop_at(unreachable(read.supergraph, _places(schemas)))
    return Composed(sdl, tuple(told), merged, read)


def _places(schemas: Iterable[SourceSchema]) -> dict[tuple[str, str], SourcePlace]:
    """Where types and fields stand: (source, `Type` or `Type.field`) → place."""
    places: dict[tuple[str, str], SourcePlace] = {}
    for schema in schemas:
        for name, found in schema.types.items():
            places[schema.source.name, name] = found.marks.place
            for field in found.fields.values():
                places[schema.source.name, f"{name}.{field.name}"] = field.marks.place
    return places


def _stop_at(findings: Iterable[Finding]) -> None:
    """Raise ConfigurationError when there are findings."""
    told = list(findings)
    if told:
        raise ConfigurationError(told)


def _bounds(texts: Sequence[SourceText]) -> Iterator[Finding]:
    if len(texts) > MAX_SOURCES:
        yield _too_much(f"there are more than {MAX_SOURCES} sources")
    if sum(len(text.sdl) for text in texts) > MAX_CHARACTERS:
        yield _too_much(f"the sources' schemas have more than {MAX_CHARACTERS:,} characters")


def _too_much(message: str) -> Finding:
    return Finding("SUPERGRAPH_INVALID", message, "compose smaller supergraphs")
