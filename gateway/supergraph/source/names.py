"""What a schema's names of directives mean, and which of its definitions are the federation's own.

A directive is recognised by the identity of the specification that its `@link` names, under whatever name it is
imported: `@key`, `@federation__key`, or an alias.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graphql import ConstDirectiveNode, Node

from gateway.supergraph.source.link_names import replaced_names
from gateway.supergraph.source.model import Link
from gateway.supergraph.source.specification import (
    BUILT_IN,
    COSTS,
    FEDERATION,
    LATER_IN_1,
    LINK,
    LINK_DEFINITION,
    OLDEST,
    SINGLE_DIRECTIVES,
    UPGRADED,
    Specified,
    Version,
    federation_directives,
    federation_types,
)

MACHINERY_TYPES = frozenset({"_Any", "_Entity", "_Service", "_FieldSet"})
"""Types that subgraph libraries add to a schema; composition does not know them."""
MACHINERY_FIELDS = frozenset({"_entities", "_service"})
"""Fields that subgraph libraries add to Query."""


@dataclass(frozen=True, slots=True)
class Names:
    """`directives`: the name here → what it is specified to be. `types`: the specification's name → the name here.

    `replaced`: the full name of what is imported → the name by which it is, both with `@` for directives.
    """

    directives: Mapping[str, Specified]
    types: Mapping[str, str]
    link: str | None
    replaced: Mapping[str, str]

    def meaning(self, directive: ConstDirectiveNode) -> str | None:
        """The specification's name of a directive; None when it is the source's own."""
        known = self.directives.get(directive.name.value)
        return known.name if known else None

    def applied(self, node: Node, meaning: str) -> Iterator[ConstDirectiveNode]:
        """The applications to `node` of what the specification calls `meaning`, in order."""
        for directive in getattr(node, "directives", None) or ():
            if self.meaning(directive) == meaning:
                yield directive

    def has(self, node: Node, meaning: str) -> bool:
        """True when what the specification calls `meaning` is applied to `node`."""
        return next(self.applied(node, meaning), None) is not None

    def written(self, meaning: str) -> str:
        """How the schema may write a directive: its shortest name, with `@`."""
        names = [name for name, known in self.directives.items() if known.name == meaning]
        return "@" + min(names, key=len, default=meaning)

    def is_machinery(self, type_name: str) -> bool:
        """True for types that are the federation's, not the source's."""
        return type_name in MACHINERY_TYPES or type_name in self.types.values()


def names_of(
    links: tuple[Link, ...], version: Version, link: str | None, defined: Collection[str] = ()
) -> Names:
    """The names of a schema with these `links`; without any, Federation 1 knows its directives by plain name.

    `defined`: the directives that the schema defines itself. Those of them that Federation 2 knows mean the same in
    a schema of Federation 1.
    """
    directives = {name: Specified(name, text) for name, text in BUILT_IN.items()}
    types: dict[str, str] = {}
    if version < OLDEST:
        directives.update(federation_directives(version))
        later = federation_directives(UPGRADED)
        directives.update({name: later[name] for name in LATER_IN_1 if name in defined})
        types["FieldSet"] = "_FieldSet"
    if link is not None:
        directives[link] = Specified("link", LINK_DEFINITION)
        types |= {"link__Purpose": "link__Purpose", "link__Import": "link__Import"}
    for known in links:
        _add_link(known, version, directives, types)
    return Names(directives, types, link, dict(pair for known in links for pair in replaced_names(known)))


def _add_link(link: Link, version: Version, directives: dict[str, Specified], types: dict[str, str]) -> None:
    imported = {name.removeprefix("@"): called.removeprefix("@") for name, called in link.imports.items()}
    if link.identity == FEDERATION:
        for name, found in federation_directives(version).items():
            called = link.imports.get(f"@{name}", f"{link.namespace}__{name}")
            directives[called.removeprefix("@")] = found
        for name in federation_types(version):
            types[name] = imported.get(name) or f"{link.namespace}__{name}"
    elif link.identity == COSTS:
        specified = federation_directives((2, 9))
        directives.setdefault(imported.get("cost") or link.namespace, specified["cost"])
        directives.setdefault(
            imported.get("listSize") or f"{link.namespace}__listSize", specified["listSize"]
        )
    elif link.identity == LINK:
        for name in ("Purpose", "Import"):
            types[f"link__{name}"] = imported.get(name) or f"{link.namespace}__{name}"
    elif link.identity in SINGLE_DIRECTIVES:
        _add_single(link, imported, directives, types)


def _add_single(
    link: Link, imported: Mapping[str, str], directives: dict[str, Specified], types: dict[str, str]
) -> None:
    name = SINGLE_DIRECTIVES[link.identity]
    found = federation_directives((2, 6))[name]
    directives.setdefault(imported.get(name) or link.namespace, found)
    for scalar in ("Scope", "Policy"):
        if f"{scalar}!" in found.text:
            types.setdefault(scalar, imported.get(scalar) or f"{link.namespace}__{scalar}")
