"""INVALID_GRAPHQL: a composed directive is applied otherwise than the newest version of it is defined."""

from collections.abc import Iterator

from graphql import ConstDirectiveNode, DirectiveDefinitionNode, NonNullTypeNode, print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.composed import ComposedDirective
from gateway.supergraph.merge.elements import Element, elements
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.rules.default_fits import fits
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import type_text

CODE = "INVALID_GRAPHQL"
_SHOWN = 80


def check(merging: Merging) -> Iterator[Finding]:
    """Each source's own definition allowed it; one definition stands for all."""
    if merging.composed.directives:
        for element in elements(merging):
            for directive, applications in merging.composed.said(element.said):
                for source, node in _standing(directive, applications, element):
                    for wrong in _misfits(merging, directive, node, element, applications):
                        yield _told(merging, directive, source, element, wrong)


def _standing(
    directive: ComposedDirective, applications: list[tuple[str, ConstDirectiveNode]], element: Element
) -> Iterator[tuple[str, ConstDirectiveNode]]:
    """Of what sources say, what is in the merged schema, with the first source that says it."""
    standing = {
        directive.value(node) for node in element.merged.directives if node.name.value == directive.name
    }
    for source, node in applications:
        if directive.value(node) in standing:
            standing.remove(directive.value(node))
            yield source, node


def _misfits(
    merging: Merging,
    directive: ComposedDirective,
    node: ConstDirectiveNode,
    element: Element,
    applications: list[tuple[str, ConstDirectiveNode]],
) -> Iterator[str]:
    assert directive.definition is not None  # none is applied that is not defined
    locations = [location.value for location in directive.definition.locations]
    if element.location not in locations:
        yield f"may stand on {' | '.join(locations)} alone"
    sources = [source for source, _ in applications]
    if not directive.is_repeatable and len(sources) > len({*sources}):
        yield "may stand once"
    yield from _wrong_arguments(merging, directive.definition, node)


def _wrong_arguments(
    merging: Merging, definition: DirectiveDefinitionNode, node: ConstDirectiveNode
) -> Iterator[str]:
    known = {item.name.value: item for item in definition.arguments or ()}
    given = {item.name.value: item.value for item in node.arguments or ()}
    for name, value in given.items():
        if name not in known:
            yield f"has no argument {name}"
        elif not fits(value, known[name].type, merging.merged.types, 0):
            yield f"takes {name} as `{type_text(known[name].type)}`, and not as {print_ast(value)[:_SHOWN]}"
    for name, item in known.items():
        if name not in given and isinstance(item.type, NonNullTypeNode) and item.default_value is None:
            yield f"needs the argument {name}"


def _told(
    merging: Merging, directive: ComposedDirective, source: str, element: Element, wrong: str
) -> Finding:
    place = element.said[source].place
    return finding(
        CODE,
        f"{merging.sources.told(source, place)} has @{directive.name} on {element.coordinate}, which {wrong}, as"
        f" {directive.defined_in} defines it",
        f"write it as {directive.defined_in} defines it, or define it alike in all sources",
        place,
    )
