"""What the federation specification defines: its directives and types, and since which version.

Apollo's subgraph specification (versions 1 and 2.0 to 2.14), the stand-alone specifications of single directives
(https://specs.apollo.dev/tag and the like), GraphQL's own directives, and Huitong's `@label`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graphql import DirectiveDefinitionNode, parse

SPECS = "https://specs.apollo.dev/"
"""Where the federation and all that belongs to it is specified."""

FEDERATION = SPECS + "federation"
LINK = SPECS + "link"

Version = tuple[int, int]

VERSION_1: Version = (1, 0)
OLDEST: Version = (2, 0)
NEWEST: Version = (2, 14)
UPGRADED: Version = (2, 4)
"""The version of which a schema of Federation 1 is taken to be."""
LATER_IN_1 = ("shareable", "inaccessible", "override", "composeDirective", "interfaceObject")
"""Directives of Federation 2 that a schema of Federation 1 may use when it defines them."""

_VISIBLE = (
    "FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE"
    " | INPUT_OBJECT | INPUT_FIELD_DEFINITION"
)
_GUARDED = "FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"
_WEIGHED = "ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR"

LINK_DEFINITION = "(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA"

_FEDERATION_2: tuple[tuple[str, Version, str], ...] = (
    ("key", (2, 0), "(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE"),
    ("requires", (2, 0), "(fields: FieldSet!) on FIELD_DEFINITION"),
    ("provides", (2, 0), "(fields: FieldSet!) on FIELD_DEFINITION"),
    ("external", (2, 0), "(reason: String) on OBJECT | FIELD_DEFINITION"),
    ("extends", (2, 0), " on OBJECT | INTERFACE"),
    ("shareable", (2, 0), " on OBJECT | FIELD_DEFINITION"),
    ("shareable", (2, 2), " repeatable on OBJECT | FIELD_DEFINITION"),
    ("override", (2, 0), "(from: String!) on FIELD_DEFINITION"),
    ("override", (2, 7), "(from: String!, label: String) on FIELD_DEFINITION"),
    ("inaccessible", (2, 0), f" on {_VISIBLE}"),
    ("tag", (2, 0), f"(name: String!) repeatable on {_VISIBLE}"),
    ("tag", (2, 3), f"(name: String!) repeatable on {_VISIBLE} | SCHEMA"),
    ("composeDirective", (2, 1), "(name: String) repeatable on SCHEMA"),
    ("interfaceObject", (2, 3), " on OBJECT"),
    ("authenticated", (2, 5), f" on {_GUARDED}"),
    ("requiresScopes", (2, 5), f"(scopes: [[Scope!]!]!) on {_GUARDED}"),
    ("policy", (2, 6), f"(policies: [[Policy!]!]!) on {_GUARDED}"),
    ("context", (2, 8), "(name: String!) repeatable on INTERFACE | OBJECT | UNION"),
    ("fromContext", (2, 8), "(field: ContextFieldValue) on ARGUMENT_DEFINITION"),
    ("cost", (2, 9), f"(weight: Int!) on {_WEIGHED}"),
    ("listSize", (2, 9), "(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],"
                         " requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION"),
    ("cacheTag", (2, 12), "(format: String!) repeatable on OBJECT | FIELD_DEFINITION"),
)  # fmt: skip

_FEDERATION_1: tuple[tuple[str, str], ...] = (
    ("key", "(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE"),
    ("requires", "(fields: FieldSet!) on FIELD_DEFINITION"),
    ("provides", "(fields: FieldSet!) on FIELD_DEFINITION"),
    ("external", "(reason: String) on OBJECT | FIELD_DEFINITION"),
    ("extends", " on OBJECT | INTERFACE"),
    ("tag", f"(name: String!) repeatable on {_VISIBLE}"),
)

_TYPES: tuple[tuple[str, Version], ...] = (
    ("FieldSet", (2, 0)),
    ("Scope", (2, 5)),
    ("Policy", (2, 6)),
    ("ContextFieldValue", (2, 8)),
)

BUILT_IN: Mapping[str, str] = {
    "deprecated": '(reason: String = "No longer supported")'
    " on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE",
    "specifiedBy": "(url: String!) on SCALAR",
    "oneOf": " on INPUT_OBJECT",
    "skip": "(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
    "include": "(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
    "label": "(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT",
}
"""GraphQL's own directives, and `@label`, which every source may use without linking anything."""

OF_THE_LANGUAGE = frozenset(BUILT_IN) - {"label"}

BUILT_IN_SCALARS = frozenset({"Int", "Float", "String", "Boolean", "ID"})

FIRST_WITH: Mapping[str, Version] = {
    SPECS + "authenticated": (2, 5),
    SPECS + "cost": (2, 9),
}
"""Specifications that ask for a version of the federation's, or one after it."""

SINGLE_DIRECTIVES: Mapping[str, str] = {
    SPECS + name: directive
    for name, directive in (
        ("tag", "tag"),
        ("inaccessible", "inaccessible"),
        ("authenticated", "authenticated"),
        ("requiresScopes", "requiresScopes"),
        ("policy", "policy"),
    )
}
"""Specifications of one directive each, which means what the federation's directive of the same name does."""

CONNECT = SPECS + "connect"
"""The specification by which a router asks REST services itself, with no subgraph behind the schema."""

COSTS = SPECS + "cost"
"""The specification of `@cost` and `@listSize`."""


_NAME = re.compile(r"[A-Za-z_]+")


@dataclass(frozen=True, slots=True)
class Specified:
    """A directive as its specification defines it, before a schema gives it a name."""

    name: str
    text: str  # arguments, `repeatable`, locations

    def definition(self, called: str, types: Mapping[str, str]) -> DirectiveDefinitionNode:
        """Its definition under the name that a schema gives it; `types`: the specification's name → here."""
        text = _NAME.sub(lambda found: types.get(found[0], found[0]), self.text)
        return _parsed(f"directive @{called}{text}")


@lru_cache(maxsize=1024)
def _parsed(sdl: str) -> DirectiveDefinitionNode:
    definition = parse(sdl, no_location=True).definitions[0]
    assert isinstance(definition, DirectiveDefinitionNode)
    return definition


def federation_directives(version: Version) -> dict[str, Specified]:
    """The directives of a version of the federation specification, by name."""
    if version < OLDEST:
        return {name: Specified(name, text) for name, text in _FEDERATION_1}
    return {name: Specified(name, text) for name, since, text in _FEDERATION_2 if since <= version}


def federation_types(version: Version) -> frozenset[str]:
    """The types that a version of the federation specification defines."""
    return frozenset(name for name, since in _TYPES if since <= version)


def later_directives(version: Version) -> Iterator[tuple[str, Version]]:
    """The directives that a later version brings, with the version that does."""
    known = federation_directives(version)
    for name, since, _ in _FEDERATION_2:
        if name not in known:
            yield name, since
