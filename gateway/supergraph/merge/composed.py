"""Custom directives that sources ask to keep (`@composeDirective`), under one name with the newest definition."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from graphql import ConstDirectiveNode, DirectiveDefinitionNode, NameNode

from gateway.supergraph.merge.literals import value_of
from gateway.supergraph.merge.sources import Sources, commonest
from gateway.supergraph.source.model import Link, Marks, SourcePlace, SourceSchema
from gateway.supergraph.source.specification import SPECS

FEDERATED: Final = frozenset(
    SPECS + name
    for name in (
        "authenticated",
        "cacheTag",
        "connect",
        "context",
        "core",
        "cost",
        "federation",
        "inaccessible",
        "join",
        "link",
        "policy",
        "requiresScopes",
        "source",
        "tag",
    )
)
"""The specifications whose directives are the federation's own; all others' are custom ones."""

Identity = tuple[str, str]
"""A directive whatever it is called: its specification's identity, and its name there."""


@dataclass(frozen=True, slots=True)
class ComposedDirective:
    """A custom directive of the composed schema.

    `links`: by source, where its specification is linked. `composed_by`: the sources that ask for it, and where.
    `deciding`: those that ask for any directive of its specification; the newest version of theirs is taken, as
    `defined_in` defines it, the last of those that link it.
    """

    identity: Identity
    name: str
    links: Mapping[str, Link]
    composed_by: Mapping[str, SourcePlace]
    deciding: tuple[str, ...]
    defined_in: str | None = None
    definition: DirectiveDefinitionNode | None = None

    @property
    def newest(self) -> tuple[str, ...]:
        """The sources that link the newest version of any that decides, the last of them first."""
        newest = max(version_of(self.links[source].version) for source in self.deciding)
        linking = [source for source, link in self.links.items() if version_of(link.version) == newest]
        return tuple(reversed(linking))

    @property
    def is_repeatable(self) -> bool:
        """True when one element can have it several times."""
        return self.definition is not None and self.definition.repeatable

    def value(self, node: ConstDirectiveNode) -> Hashable:
        """What an application says, defaults included: equal for two that say the same."""
        arguments = self.definition.arguments if self.definition else ()
        given = {item.name.value: item.default_value for item in arguments or () if item.default_value}
        given |= {item.name.value: item.value for item in node.arguments or ()}
        return frozenset((name, value_of(value)) for name, value in given.items())


@dataclass(frozen=True, slots=True)
class ComposedDirectives:
    """The composed directives, and by source what each is called there."""

    directives: tuple[ComposedDirective, ...] = ()
    local: Mapping[str, Mapping[str, ComposedDirective]] = field(default_factory=dict)

    def applied(self, said: Mapping[str, Marks]) -> list[ConstDirectiveNode]:
        """Those on one element: repeatable ones of all sources, of others what most sources say."""
        found: list[ConstDirectiveNode] = []
        for directive, applications in self.said(said):
            nodes = {directive.value(node): node for _, node in reversed(applications)}
            values = [directive.value(node) for _, node in applications]
            standing = list(dict.fromkeys(values)) if directive.is_repeatable else [commonest(values)]
            found += [nodes[value] for value in standing]
        return found

    def said(
        self, said: Mapping[str, Marks]
    ) -> list[tuple[ComposedDirective, list[tuple[str, ConstDirectiveNode]]]]:
        """Those on one element, with every source and what it applies, under the names of the composed schema.

        Who composes a directive keeps it on its own elements; what other sources say of these is kept with it.
        """
        if not self.directives:
            return []
        found: dict[str, list[tuple[str, ConstDirectiveNode]]] = {}
        for source, marks in said.items():
            local = self.local.get(source, {})
            for node in marks.applied:
                known = local.get(node.name.value)
                if known and known.definition:
                    renamed = ConstDirectiveNode(
                        name=NameNode(value=known.name), arguments=node.arguments, loc=node.loc
                    )
                    found.setdefault(known.name, []).append((source, renamed))
        by_name = {directive.name: directive for directive in self.directives}
        every = [(by_name[name], applications) for name, applications in found.items()]
        return [
            (directive, applications)
            for directive, applications in every
            if any(source in directive.composed_by for source, _ in applications)
        ]


def find_composed(sources: Sources) -> ComposedDirectives:
    """The custom directives that any source composes and links; the rules tell what cannot be composed."""
    links: dict[str, dict[str, Link]] = {}
    composed_by: dict[Identity, dict[str, SourcePlace]] = {}
    deciding: dict[str, dict[str, None]] = {}
    for source, schema in sources.schemas.items():
        for link in schema.links:
            links.setdefault(link.identity, {})[source] = link
        for name, identity in identities_of(schema).items():
            if identity and identity[0] not in FEDERATED:
                composed_by.setdefault(identity, {})[source] = schema.composed[name]
                deciding.setdefault(identity[0], {})[source] = None
    directives = []
    for identity, places in composed_by.items():
        linked = links[identity[0]]
        name = name_in(linked[next(iter(places))], identity[1])
        bare = ComposedDirective(identity, name, linked, places, tuple(deciding[identity[0]]))
        directives.append(_defined(bare, sources))
    local: dict[str, dict[str, ComposedDirective]] = {}
    for directive in directives:
        for source, link in directive.links.items():
            local.setdefault(source, {})[name_in(link, directive.identity[1])] = directive
    return ComposedDirectives(tuple(directives), local)


def identities_of(schema: SourceSchema) -> dict[str, Identity | None]:
    """What each directive is that a source composes, by its `@link`; None for one of no linked specification."""
    imported = {
        called: (link.identity, original.removeprefix("@"))
        for link in schema.links
        for original, called in link.imports.items()
    }
    return {name: imported.get(f"@{name}") or _in_namespace(schema, name) for name in schema.composed}


def _in_namespace(schema: SourceSchema, name: str) -> Identity | None:
    for link in schema.links:
        if link.namespace and name == link.namespace:
            return (link.identity, link.identity.rpartition("/")[2])
        if link.namespace and name.startswith(link.namespace + "__"):
            return (link.identity, name.removeprefix(link.namespace + "__"))
    return None


def name_in(link: Link, original: str) -> str:
    """What a source calls a directive of a specification that it links."""
    imported = link.imports.get(f"@{original}")
    if imported:
        return imported.removeprefix("@")
    if original == link.identity.rpartition("/")[2]:
        return link.namespace
    return f"{link.namespace}__{original}"


def version_of(text: str) -> tuple[int, ...]:
    """A version's numbers, to compare by."""
    return tuple(int(part) for part in text.removeprefix("v").split(".") if part.isdecimal())


def _defined(directive: ComposedDirective, sources: Sources) -> ComposedDirective:
    """With its definition in the newest version of its specification."""
    for source in directive.newest:
        name = name_in(directive.links[source], directive.identity[1])
        definition = sources.schemas[source].definitions.get(name)
        if definition is not None:
            return replace(directive, defined_in=source, definition=definition)
    return directive
