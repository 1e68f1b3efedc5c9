"""How findings about several sources are worded: what each says, where, under which department's name."""

from collections.abc import Iterable, Mapping
from typing import Final

from gateway.errors import Finding
from gateway.supergraph.merge.sources import Sources
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourcePlace

KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.OBJECT: "an object type",
    Kind.INTERFACE: "an interface",
    Kind.UNION: "a union",
    Kind.ENUM: "an enum",
    Kind.SCALAR: "a scalar",
    Kind.INPUT: "an input type",
}
"""Each kind of type, for a message."""

_SHOWN = 4
"""Sources that say the same and are named; the rest are counted."""


def finding(code: str, message: str, remedy: str, place: SourcePlace | None = None) -> Finding:
    """A finding at a place."""
    if place is None:
        return Finding(code, message, remedy)
    return Finding(code, message, remedy, place.source, place.line, place.column)


def what_each_says(sources: Sources, said: Mapping[str, tuple[str, SourcePlace | None]]) -> str:
    """`X in a (Tax) at a:3:5 but Y in b at b:7:9`: source → what it says and where."""
    return grouped((words, sources.told(source, place)) for source, (words, place) in said.items())


def grouped(said: Iterable[tuple[str, str]]) -> str:
    """`X in a but Y in b and c`, of what is said and who says it."""
    groups: dict[str, list[str]] = {}
    for words, told in said:
        groups.setdefault(words, []).append(told)
    return " but ".join(f"{words} in {listed(told)}" for words, told in groups.items())


def where(sources: Sources, places: Mapping[str, SourcePlace | None]) -> str:
    """`a (Tax) at a:3:5 and b at b:7:9`."""
    return listed(sources.told(source, place) for source, place in places.items())


def listed(items: Iterable[str]) -> str:
    """`a, b and c`; of many, the first and how many more."""
    every = list(items)
    if len(every) > _SHOWN + 1:
        every = [*every[:_SHOWN], f"{len(every) - _SHOWN} more"]
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"
