"""DIRECTIVE_COMPOSITION_ERROR: directives named by `@composeDirective` that cannot be composed."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.composed import (
    FEDERATED,
    ComposedDirective,
    Identity,
    identities_of,
    name_in,
    version_of,
)
from gateway.supergraph.merge.names import CARRIED, is_composed_anyway
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, listed, what_each_says, where
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.specification import OF_THE_LANGUAGE

CODE = "DIRECTIVE_COMPOSITION_ERROR"
USAGE = "INVALID_LINK_DIRECTIVE_USAGE"
_MACHINERY = frozenset({"join", "link"})
_KNOWN_EVERYWHERE = frozenset({"tag", "inaccessible"})
"""Directives whose names are kept for them also where nobody applies them."""


def check(merging: Merging) -> Iterator[Finding]:
    """What one source asks for must be linked and defined there, and must agree with what others ask for."""
    for schema in merging.sources.schemas.values():
        for name, identity in identities_of(schema).items():
            yield from _in_source(schema, name, identity)
    yield from _one_feature_each(merging)
    for directive in merging.composed.directives:
        yield from _name_of_the_machinery(merging, directive)
        yield from _name_of_the_federation(merging, directive)
        yield from _one_name(merging, directive)
        yield from _defined(merging, directive)
    yield from _one_major_version(merging)


def _in_source(schema: SourceSchema, name: str, identity: Identity | None) -> Iterator[Finding]:
    source, place = schema.source.name, schema.composed[name]
    if identity and identity[0] in FEDERATED:
        if not is_composed_anyway(identity):
            yield finding(CODE, f"{source} composes @{name}, a directive of the federation itself",
                          "take this @composeDirective out", place)  # fmt: skip
    elif name in OF_THE_LANGUAGE and identity:
        return
    elif name not in schema.definitions:
        yield finding(CODE, f"{source} composes @{name}, which it does not define",
                      f"define it (`directive @{name} on …`), or correct the name", place)  # fmt: skip
    elif identity is None:
        yield finding(CODE, f"{source} composes @{name}, which belongs to no specification that it links",
                      'link one: @link(url: "https://your.example/name/v1.0", import: ["@…"])', place)  # fmt: skip


def _one_feature_each(merging: Merging) -> Iterator[Finding]:
    """One name is one directive: two specifications may not both bring it into the composed schema."""
    by_name: dict[str, list[ComposedDirective]] = {}
    for directive in merging.composed.directives:
        by_name.setdefault(directive.name, []).append(directive)
    for name, directives in by_name.items():
        if len(directives) > 1:
            said = {
                source: (f"of {directive.identity[0]}", place)
                for directive in directives
                for source, place in directive.composed_by.items()
            }
            yield finding(CODE, f"@{name} is {what_each_says(merging.sources, said)}",
                          "import one of them by another name (`as`)", next(iter(said.values()))[1])  # fmt: skip


def _name_of_the_machinery(merging: Merging, directive: ComposedDirective) -> Iterator[Finding]:
    """What the join and link specifications may call a directive of theirs, no other is called."""
    namespace = directive.name.partition("__")[0]
    if namespace in _MACHINERY:
        yield finding(USAGE, f"{where(merging.sources, directive.composed_by)} composes @{directive.name} of"
                      f" {directive.identity[0]}, which in the composed schema may mean one of {namespace}'s own",
                      "import it by another name (`as`)",
                      next(iter(directive.composed_by.values())))  # fmt: skip


def _name_of_the_federation(merging: Merging, directive: ComposedDirective) -> Iterator[Finding]:
    """What a source calls a directive of the federation that is composed too, no other directive is called."""
    for name in CARRIED:
        known = merging.sources.schemas if name in _KNOWN_EVERYWHERE else merging.carried.get(name, ())
        clashing = [source for source in known if merging.names.of(name, source) == directive.name]
        if clashing:
            yield finding(CODE if name in _KNOWN_EVERYWHERE else USAGE,
                          f"{where(merging.sources, directive.composed_by)} composes @{directive.name} of"
                          f" {directive.identity[0]}, and in {listed(clashing)} that is the federation's @{name}",
                          "import one of the two by another name (`as`)",
                          next(iter(directive.composed_by.values())))  # fmt: skip


def _one_name(merging: Merging, directive: ComposedDirective) -> Iterator[Finding]:
    said = {
        source: (f"@{name_in(directive.links[source], directive.identity[1])}", place)
        for source, place in directive.composed_by.items()
    }
    if len({words for words, _ in said.values()}) > 1:
        yield finding(CODE, f"the composed directive @{directive.identity[1]} of {directive.identity[0]} is"
                      f" {what_each_says(merging.sources, said)}",
                      "import it by one name in all sources", next(iter(said.values()))[1])  # fmt: skip


def _defined(merging: Merging, directive: ComposedDirective) -> Iterator[Finding]:
    """A source with the newest version of the specification must define every directive that is composed of it."""
    newest = directive.newest
    if directive.definition is None and not any(source in directive.composed_by for source in newest):
        yield finding(CODE, f"@{directive.name} is composed by {where(merging.sources, directive.composed_by)}, but"
                      f" {listed(newest)}, which links the newest version of {directive.identity[0]}, does not define it",
                      f"define @{directive.name} in {newest[0]} too", directive.links[newest[0]].place)  # fmt: skip


def _one_major_version(merging: Merging) -> Iterator[Finding]:
    by_feature = {directive.identity[0]: directive for directive in merging.composed.directives}
    for identity, directive in by_feature.items():
        links = {source: directive.links[source] for source in directive.deciding}
        if len({version_of(link.version)[:1] for link in links.values()}) > 1:
            said = {source: (link.version, link.place) for source, link in links.items()}
            yield finding(CODE, f"{identity} is composed in different major versions: it is"
                          f" {what_each_says(merging.sources, said)}",
                          "link one major version in all sources", next(iter(said.values()))[1])  # fmt: skip
