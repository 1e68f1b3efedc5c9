"""One directive on one element, with other arguments in other sources."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Final

from graphql import ConstDirectiveNode, print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.access import required_elsewhere
from gateway.supergraph.merge.costs import costs_of
from gateway.supergraph.merge.elements import Element, elements
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.requirements import Alternatives
from gateway.supergraph.merge.sources import commonest, in_order
from gateway.supergraph.merge.telling import finding, grouped, what_each_says
from gateway.supergraph.source.model import Marks

ONE_STANDS = "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS"
ALL_HOLD = "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS"
_SHOWN = 120
_REQUIREMENTS: Final[Mapping[str, Callable[[Marks], Alternatives | None]]] = {
    "requiresScopes": lambda marks: marks.scopes,
    "policy": lambda marks: marks.policies,
}


def look(merging: Merging) -> Iterator[Finding]:
    """Where one application has to stand, what most sources write does; requirements hold together."""
    for element in elements(merging):
        said = {source: marks.deprecated for source, marks in element.said.items()}
        yield from _one_stands(merging, element, "deprecated", _texts(said))
        for directive, applications in merging.composed.said(element.said):
            if not directive.is_repeatable:
                words = {source: (directive.value(node), _arguments(node)) for source, node in applications}
                yield from _one_stands(merging, element, directive.name, words)
        yield from _dearest_stands(merging, element)
    if {*_REQUIREMENTS} & merging.carried.keys():
        yield from _all_hold(merging)
    for type_ in merging.merged.types.values():
        marks = {source: own.marks for source, own in type_.sources.items()}
        urls = {source: own.specified_by for source, own in type_.sources.items()}
        yield from _one_stands(
            merging, Element(type_.name, "SCALAR", marks, type_.marks), "specifiedBy", _texts(urls)
        )


def _texts(said: Mapping[str, str | None]) -> dict[str, tuple[Hashable, str]]:
    return {source: (text, repr(text[:_SHOWN])) for source, text in said.items() if text is not None}


def _arguments(node: ConstDirectiveNode) -> str:
    return f"({', '.join(sorted(print_ast(item) for item in node.arguments or ()))})"[:_SHOWN]


def _one_stands(
    merging: Merging, element: Element, name: str, said: Mapping[str, tuple[Hashable, str]]
) -> Iterator[Finding]:
    """`said`: by source what it says, and in which words."""
    if len({value for value, _ in said.values()}) > 1:
        standing = commonest(value for value, _ in said.values())
        shown = next(words for value, words in said.values() if value == standing)
        told = {source: (words, element.said[source].place) for source, (_, words) in said.items()}
        yield finding(
            ONE_STANDS,
            f"@{name} on {element.coordinate} says {what_each_says(merging.sources, told)}; {shown} stands",
            "write the same in all sources",
            next(iter(told.values()))[1],
        )


def _all_hold(merging: Merging) -> Iterator[Finding]:
    """Of what stands on one element, and of what is carried there from others."""
    elsewhere = required_elsewhere(merging.merged.types)
    said = {element.coordinate: [*element.said.items()] for element in elements(merging)}
    for coordinate in in_order((said, _fields(merging))):
        yield from _held(merging, coordinate, [*said.get(coordinate, ()), *elsewhere.get(coordinate, ())])


def _fields(merging: Merging) -> Iterator[str]:
    """Also those that types have from interface objects alone."""
    for type_ in merging.merged.types.values():
        for field in type_.fields:
            yield f"{type_.name}.{field}"


def _held(merging: Merging, coordinate: str, said: Sequence[tuple[str, Marks]]) -> Iterator[Finding]:
    for directive, groups_of in _REQUIREMENTS.items():
        given = [
            (source, groups, marks.place)
            for source, marks in said
            if (groups := groups_of(marks)) is not None
        ]
        if len({groups for _, groups, _ in given}) > 1:
            told = ((_groups(groups), merging.sources.told(source, place)) for source, groups, place in given)
            yield finding(
                ALL_HOLD,
                f"@{directive} on {coordinate} asks for {grouped(told)}; all hold together",
                "write the same in all sources if one is meant",
                given[0][2],
            )


def _dearest_stands(merging: Merging, element: Element) -> Iterator[Finding]:
    for name, applied in costs_of(element.said, merging.names).items():
        words = {source: (_arguments(node), element.said[source].place) for source, node in applied}
        if len({text for text, _ in words.values()}) > 1:
            yield finding(
                ALL_HOLD,
                f"@{name} on {element.coordinate} says {what_each_says(merging.sources, words)}; the dearest stands",
                "write the same in all sources if one is meant",
                next(iter(words.values()))[1],
            )


def _groups(groups: Alternatives) -> str:
    return " or ".join("+".join(group) or "nothing" for group in groups[:8]) or "nothing"
