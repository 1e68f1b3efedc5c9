"""One directive on one element, with other arguments in other sources."""

from collections.abc import Iterator, Mapping

from graphql import print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.costs import costs_of
from gateway.supergraph.merge.hints.elements import Element, elements
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says

FIRST_STANDS = "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS"
ALL_HOLD = "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS"


def look(merging: Merging) -> Iterator[Finding]:
    """Of deprecations and specifications the first stands; requirements hold together."""
    for element in elements(merging):
        said = {source: marks.deprecated for source, marks in element.said.items()}
        yield from _first_stands(merging, element, "deprecated", said)
        yield from _all_hold(merging, element)
        yield from _dearest_stands(merging, element)
    for type_ in merging.merged.types.values():
        yield from _specified_by(merging, type_)


def _specified_by(merging: Merging, type_: MergedType) -> Iterator[Finding]:
    marks = {source: own.marks for source, own in type_.sources.items()}
    said = {source: own.specified_by for source, own in type_.sources.items()}
    yield from _first_stands(merging, Element(type_.name, marks, type_.marks), "specifiedBy", said)


def _first_stands(
    merging: Merging, element: Element, name: str, said: Mapping[str, str | None]
) -> Iterator[Finding]:
    given = {source: text for source, text in said.items() if text is not None}
    if len(set(given.values())) > 1:
        words = {source: (repr(text[:80]), element.said[source].place) for source, text in given.items()}
        first = next(iter(words.values()))
        yield finding(
            FIRST_STANDS,
            f"@{name} on {element.coordinate} says {what_each_says(merging.sources, words)}; {first[0]} stands",
            "write the same in all sources",
            first[1],
        )


def _all_hold(merging: Merging, element: Element) -> Iterator[Finding]:
    for name in ("scopes", "policies"):
        given = {
            source: (_groups(groups), marks.place)
            for source, marks in element.said.items()
            if (groups := marks.scopes if name == "scopes" else marks.policies) is not None
        }
        if len({words for words, _ in given.values()}) > 1:
            directive = "requiresScopes" if name == "scopes" else "policy"
            yield finding(
                ALL_HOLD,
                f"@{directive} on {element.coordinate} asks for {what_each_says(merging.sources, given)}; all hold"
                " together",
                "write the same in all sources if one is meant",
                next(iter(given.values()))[1],
            )


def _dearest_stands(merging: Merging, element: Element) -> Iterator[Finding]:
    for name, applied in costs_of(element.said, merging.names).items():
        words = {
            source: (
                f"({', '.join(sorted(print_ast(item) for item in node.arguments or ()))})"[:120],
                element.said[source].place,
            )
            for source, node in applied
        }
        if len({text for text, _ in words.values()}) > 1:
            yield finding(
                ALL_HOLD,
                f"@{name} on {element.coordinate} says {what_each_says(merging.sources, words)}; the dearest stands",
                "write the same in all sources if one is meant",
                next(iter(words.values()))[1],
            )


def _groups(groups: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join("+".join(group) or "nothing" for group in groups[:8]) or "nothing"
