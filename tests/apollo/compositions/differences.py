"""Where Huitong's composition and @apollo/composition's differ, and why: every difference that the tests find.

A difference that is no more has to go from here: the tests compare exactly.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Codes:
    """The codes of errors on each side; none: it composes. One in parentheses: @apollo/composition failed itself."""

    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Lines:
    """How the public schemas differ, as `-` theirs and `+` ours, and where the models do that are read of both texts."""

    changed: tuple[str, ...]
    reason: str
    places: tuple[str, ...] = ()


_AT_ONCE: Final = "Theirs stops at the first; ours tells all that is to be mended at once."
_EACH_FIRST: Final = "What is wrong with one source alone is told before the sources are compared."
_SPECIFIED: Final = "Theirs lets it pass; the GraphQL specification forbids it."
_ONE_KIND: Final = "What a type has is compared where it is of one kind."
_FAILS: Final = "@apollo/composition fails on it without a code; the mistake is one of the sources."

ERRORS: Final = {
    "KEY_INVALID_FIELDS: a selection on a scalar": Codes(("(TypeError)",), ("KEY_INVALID_FIELDS",), _FAILS),
    "REQUIRES_INVALID_FIELDS: a fragment on a type that cannot be there": Codes(
        ("(Error)",), ("REQUIRES_INVALID_FIELDS",), _FAILS
    ),
    "REQUIRES_INVALID_FIELDS: a value that the source does not know which resolves the field": Codes(
        ("(Error)",), ("REQUIRES_INVALID_FIELDS",), _FAILS
    ),
    "INVALID_LINK_IDENTIFIER: no address": Codes(("(TypeError)",), ("INVALID_LINK_IDENTIFIER",), _FAILS),
    "DIRECTIVE_COMPOSITION_ERROR: a composed directive by two names": Codes(
        ("(Error)",), ("DIRECTIVE_COMPOSITION_ERROR",), _FAILS
    ),
    "INVALID_GRAPHQL: a composed directive twice that its newest version lets stand once": Codes(
        ("(Error)",), ("INVALID_GRAPHQL",), _FAILS
    ),
    "SATISFIABILITY_ERROR: requirements in a circle": Codes(
        ("(RangeError)",), ("SATISFIABILITY_ERROR",), _FAILS
    ),
    "INVALID_GRAPHQL: an extension of another kind": Codes(
        (),
        ("INVALID_GRAPHQL",),
        "Theirs takes the extension for one of the object; the specification forbids it.",
    ),
    "UNKNOWN_LINK_VERSION: a version of @link itself, which is not defined": Codes(
        ("INVALID_LINK_DIRECTIVE_USAGE",),
        ("UNKNOWN_LINK_VERSION",),
        "Theirs adds a @link of its own and finds two; the version is what has to be mended.",
    ),
    "legal: a query that requires another by a key of the root": Codes(
        (),
        ("SATISFIABILITY_ERROR",),
        "Theirs takes a root with a @key for an entity; ours asks roots without representations, which would hold it.",
    ),
    "UNSUPPORTED_LINKED_FEATURE: a feature for security that nobody knows": Codes(
        (),
        ("UNSUPPORTED_LINKED_FEATURE",),
        "Theirs drops the feature and shows clients everything; nobody may lose a protection by composing.",
    ),
    "DIRECTIVE_DEFINITION_INVALID: fields of @key that are numbers": Codes(
        ("INVALID_GRAPHQL",),
        ("DIRECTIVE_DEFINITION_INVALID",),
        "Theirs blames the application, which is right; the definition is what has to be mended.",
    ),
    "DIRECTIVE_DEFINITION_INVALID: a scalar of its own in place of a federation's": Codes(
        ("DIRECTIVE_DEFINITION_INVALID",),
        (),
        "What libraries call these scalars is no matter here: they mean what the federation's do.",
    ),
    "KEY_INVALID_FIELDS_TYPE: fields of @key that are of an enum": Codes(
        ("KEY_INVALID_FIELDS_TYPE",),
        ("DIRECTIVE_DEFINITION_INVALID",),
        "Theirs lets any type stand for text, and blames the application; the definition is what has to be mended.",
    ),
    "INVALID_GRAPHQL: @link that imports texts, and is given an object": Codes(
        ("INVALID_GRAPHQL",), (), "What is imported is understood, whatever the definition says of it."
    ),
    "TYPE_DEFINITION_INVALID: _Any as an object": Codes(
        (),
        ("TYPE_DEFINITION_INVALID",),
        "Theirs composes, and then no service can ever serve `_entities` beside it.",
    ),
    "OVERRIDE_LABEL_INVALID: an empty label": Codes(
        (),
        ("OVERRIDE_LABEL_INVALID",),
        "Theirs takes it for no label, so that the field moves for all requests at once.",
    ),
    "OVERRIDE_LABEL_INVALID: a label of a move from nowhere": Codes(
        (), ("OVERRIDE_LABEL_INVALID",), "Theirs reads no label of an override that moves nothing."
    ),
    "legal: a field that another source requires moves by degrees": Codes(
        ("SATISFIABILITY_ERROR",),
        (),
        "Theirs lets no field set name a field that moves by a label; here it is supplied by the source of the moment.",
    ),
    "NO_CONTEXT_IN_SELECTION: no value at all": Codes(("(TypeError)",), ("NO_CONTEXT_IN_SELECTION",), _FAILS),
    "REQUIRES_INVALID_FIELDS: an argument that another source takes from a context": Codes(
        ("(Error)",), ("REQUIRES_INVALID_FIELDS",), _FAILS
    ),
    "legal: one type that sets a context of one name in two sources": Codes(
        ("(Error)",),
        (),
        "Theirs keeps one of the two contexts, and then misses the other; here each source keeps its own.",
    ),
    "legal: REST services that the router asks": Codes(
        (),
        ("UNSUPPORTED_FEATURE",),
        "REST services are asked by connectors that manifests describe, not by a router.",
    ),
    'FIELD_ARGUMENT_DEFAULT_MISMATCH: an identifier that is 1 here and "1" there': Codes(
        ("(Error)",),
        ("FIELD_ARGUMENT_DEFAULT_MISMATCH",),
        "@apollo/composition fails while it reports the mismatch.",
    ),
    "INVALID_GRAPHQL: names of sources that no letter of the language begins": Codes(
        ("INVALID_GRAPHQL",),
        ("INVALID_SUBGRAPH_NAME",),
        "Theirs tells of a name `__` that nobody wrote; the source's name is what has to be mended.",
    ),
    "PROVIDES_INVALID_FIELDS: a fragment on a type that cannot be there": Codes(
        ("(Error)",), ("PROVIDES_INVALID_FIELDS",), _FAILS
    ),
    "legal: federation 1 that shares what extensions beside definitions have": Codes(
        ("INVALID_FIELD_SHARING",),
        (),
        "Theirs marks the definition, which does not cover the extension; in Federation 1 all of it was shared.",
    ),
    "EXTENSION_WITH_NO_BASE: federation 1 with a key that is wrong besides": Codes(
        ("EXTENSION_WITH_NO_BASE",), ("EXTENSION_WITH_NO_BASE", "KEY_INVALID_FIELDS"), _AT_ONCE
    ),
    "EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: with externals that nothing uses": Codes(
        ("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE",),
        ("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE", "EXTERNAL_UNUSED"),
        _AT_ONCE,
    ),
    "legal: federation 1 that links @inaccessible alone": Codes(
        ("INVALID_GRAPHQL",), (), "Theirs reads past links where neither @link nor the federation is linked."
    ),
    "legal: a wrong label where nothing moves": Codes(
        (), ("OVERRIDE_LABEL_INVALID",), "Theirs looks at labels where fields move; ours wherever they stand."
    ),
    "legal: requiring a field that moves by degrees": Codes(
        ("SATISFIABILITY_ERROR",),
        (),
        "Theirs takes a field that moves for one that nobody resolves where another needs it; here one source or the"
        " other does, whatever labels are active.",
    ),
    "legal: requiring a fragment on an interface that an object does not implement": Codes(
        (), ("REQUIRES_INVALID_FIELDS",), _SPECIFIED
    ),
    "legal: an empty label": Codes(
        (),
        ("OVERRIDE_LABEL_INVALID",),
        "Theirs takes it for none, and moves the field at once; who writes a label does not mean that.",
    ),
    "OVERRIDE_LABEL_INVALID: beside types that do not fit": Codes(
        ("FIELD_TYPE_MISMATCH", "OVERRIDE_LABEL_INVALID"), ("OVERRIDE_LABEL_INVALID",), _EACH_FIRST
    ),
    "ROOT_QUERY_USED: with an external that nothing uses": Codes(
        ("EXTERNAL_UNUSED", "ROOT_QUERY_USED"),
        ("ROOT_QUERY_USED",),
        "Which type is the root says what its fields are for: that is mended first.",
    ),
    "UNKNOWN_FEDERATION_LINK_VERSION: with directives of it": Codes(
        ("INVALID_GRAPHQL", "UNKNOWN_FEDERATION_LINK_VERSION"),
        ("UNKNOWN_FEDERATION_LINK_VERSION",),
        "Theirs tells each use of a directive too, which the version alone makes unknown.",
    ),
    "EXTERNAL_UNUSED: beside a source of federation 1 with a wrong key": Codes(
        ("EXTERNAL_UNUSED",), ("EXTERNAL_UNUSED", "KEY_INVALID_FIELDS"), _AT_ONCE
    ),
    "legal: federation 1 that shares what is a key of an interface": Codes(
        ("INVALID_FIELD_SHARING",),
        (),
        "Theirs takes the field for one of a key, and does not share it; in Federation 1 interfaces had no keys.",
    ),
    "legal: an extension that is external beside a definition": Codes(
        ("EXTERNAL_UNUSED",), (), "Theirs takes the definition for external too, which does not say so."
    ),
    "legal: the fields of the federation, without their types": Codes(
        ("INVALID_GRAPHQL",), (), "What these fields return is known, so that a source need not define it."
    ),
    "INVALID_GRAPHQL: text as the default of an enum": Codes((), ("INVALID_GRAPHQL",), _SPECIFIED),
    "INVALID_GRAPHQL: a name as the default of an identifier": Codes((), ("INVALID_GRAPHQL",), _SPECIFIED),
    "INVALID_GRAPHQL: a value of an enum twice": Codes((), ("INVALID_GRAPHQL",), _SPECIFIED),
    "INVALID_GRAPHQL: an argument twice": Codes((), ("INVALID_GRAPHQL",), _SPECIFIED),
    "INVALID_GRAPHQL: a directive without a required part of its input": Codes(
        (), ("INVALID_GRAPHQL",), _SPECIFIED
    ),
    "INVALID_GRAPHQL: an argument that is required here, and deprecated and hidden there": Codes(
        ("INVALID_GRAPHQL",), ("INVALID_GRAPHQL", "REQUIRED_INACCESSIBLE"), _AT_ONCE
    ),
    "TYPE_KIND_MISMATCH: an input here that is an object there, with the same fields": Codes(
        ("EMPTY_MERGED_INPUT_TYPE", "TYPE_KIND_MISMATCH"), ("TYPE_KIND_MISMATCH",), _ONE_KIND
    ),
    "TYPE_KIND_MISMATCH: an interface here, an entity with externals there": Codes(
        ("EXTERNAL_MISSING_ON_BASE", "TYPE_KIND_MISMATCH"), ("TYPE_KIND_MISMATCH",), _ONE_KIND
    ),
    "TYPE_KIND_MISMATCH: an input, and an extension of an object of its name": Codes(
        ("EXTENSION_WITH_NO_BASE",),
        ("TYPE_KIND_MISMATCH",),
        "Theirs looks for a definition that is an object; that there is one of another kind says more.",
    ),
    "INTERFACE_FIELD_NO_IMPLEM: beside a field that the interface alone shows": Codes(
        ("INTERFACE_FIELD_NO_IMPLEM",), ("IMPLEMENTED_BY_INACCESSIBLE", "INTERFACE_FIELD_NO_IMPLEM"), _AT_ONCE
    ),
    "DIRECTIVE_COMPOSITION_ERROR: beside a field that is not shared": Codes(
        ("DIRECTIVE_COMPOSITION_ERROR",), ("DIRECTIVE_COMPOSITION_ERROR", "INVALID_FIELD_SHARING"), _AT_ONCE
    ),
    "legal: a directive for fields with the name of one for incremental delivery": Codes(
        ("INVALID_GRAPHQL",), (), "Theirs takes @defer for its own, for operations, whoever defines it."
    ),
    "legal: a union of entities without any": Codes(
        ("INVALID_GRAPHQL",),
        (),
        "Frameworks print it; what the union is comes from the entities, not from its text.",
    ),
    "INVALID_GRAPHQL: an unknown type, beside a type with the name of a root": Codes(
        ("INVALID_GRAPHQL",), ("INVALID_GRAPHQL", "ROOT_MUTATION_USED"), _AT_ONCE
    ),
    "legal: the federation, by the directive that was there before @link": Codes(
        (), ("INVALID_GRAPHQL",), "Federation 2 is linked by @link; @core was of composed schemas."
    ),
    "PROVIDES_ON_NON_OBJECT_FIELD: beside an external that nothing uses": Codes(
        ("PROVIDES_ON_NON_OBJECT_FIELD",), ("EXTERNAL_UNUSED", "PROVIDES_ON_NON_OBJECT_FIELD"), _AT_ONCE
    ),
    "EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: on a field without fields": Codes(
        ("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE",),
        ("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE", "EXTERNAL_UNUSED", "PROVIDES_ON_NON_OBJECT_FIELD"),
        _AT_ONCE,
    ),
    "REQUIRES_DIRECTIVE_IN_FIELDS_ARG: on a field that is not external": Codes(
        ("REQUIRES_DIRECTIVE_IN_FIELDS_ARG", "REQUIRES_FIELDS_MISSING_EXTERNAL"),
        ("REQUIRES_DIRECTIVE_IN_FIELDS_ARG",),
        "What a set of fields names is looked at when it is one.",
    ),
    "INVALID_GRAPHQL: a field of a type of the federation": Codes(("(Error)",), ("INVALID_GRAPHQL",), _FAILS),
    "INVALID_GRAPHQL: an argument of a type of @link": Codes(
        ("REFERENCED_INACCESSIBLE",),
        ("INVALID_GRAPHQL",),
        "Nothing is hidden: the type is not the source's to use.",
    ),
    "INVALID_GRAPHQL: a type with a name of a specification that is linked": Codes(
        ("REFERENCED_INACCESSIBLE",),
        ("INVALID_GRAPHQL",),
        "Nothing is hidden but by the name, which has to be another.",
    ),
    "legal: types of @link by other names, where nothing defines @link": Codes(
        ("INVALID_LINK_DIRECTIVE_USAGE",), (), "Theirs finds the definitions in the way that it adds itself."
    ),
}
"""By the set's title."""

_AS_WRITTEN: Final = (
    "A default is shown as the source wrote it here; theirs writes the list that the item is coerced to."
)
_FIELD_SET: Final = Lines(
    ("-", "-scalar _FieldSet"),
    "Theirs shows clients the scalar that belongs to @key, where frameworks print it or @link has another name.",
    (".supergraph.types[_FieldSet]", ".source_sdl[a]"),
)

SCHEMAS: Final = {
    "inputs-search": Lines(
        (
            "-input Choice {",
            "+input Choice @oneOf {",
            '-  search(filter: Filter = { sort: NAME, words: ["all"] }, page: Int! = 1, sort: [Sort!] = [NAME]): Answer',
            '+  search(filter: Filter = { words: ["all"] }, page: Int! = 1, sort: [Sort!] = [NAME]): Answer',
        ),
        "@apollo/federation-internals does not know @oneOf and writes defaults of input fields into default objects.",
    ),
    "legal: what a running service tells of itself": _FIELD_SET,
    "legal: one item as the default of a list": Lines(
        ("-  x(n: [Int] = [2]): Int", "+  x(n: [Int] = 2): Int"),
        _AS_WRITTEN,
    ),
    "legal: one item as the default of lists within lists, and of a list within an input": Lines(
        (
            '-  x(m: In = { l: [{ n: 1 }] }, n: [[[String]!]]! = [[["one"]]]): Int',
            '+  x(m: In = { l: { n: 1 } }, n: [[[String]!]]! = "one"): Int',
        ),
        _AS_WRITTEN,
    ),
    "legal: @link by another name": _FIELD_SET,
    "legal: a composed directive for operations": Lines(
        ("+directive @mine(e: Int @deprecated) on FIELD | FIELD_DEFINITION", "+"),
        "Theirs hides composed directives from clients; who composes one for operations wants it applied.",
    ),
    "legal: a directive of the language is composed": Lines(
        (), "Theirs links a specification for what every gateway knows without.", (".supergraph.hints",)
    ),
}
"""By the set's title."""

OWN_HINTS: Final = {
    "UNSUPPORTED_FEATURE": "What is composed and has no effect here is told; @apollo/composition has no such code."
}
"""Codes of hints that are only ours."""

NEVER_HINTED: Final = {
    "INCONSISTENT_TYPE_SYSTEM_DIRECTIVE_LOCATIONS": "Theirs has the code and never tells it.",
    "INCONSISTENT_TYPE_SYSTEM_DIRECTIVE_REPEATABLE": "Theirs has the code and never tells it.",
}
"""Codes of hints that @apollo/composition gives to no set of sources that composes here."""

NOT_COMPOSED: Final = {
    "DOWNSTREAM_SERVICE_ERROR": "It is told while operations run.",
    "INVALID_FEDERATION_SUPERGRAPH": "It is told of composed SDL that is read.",
    "MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED": "It takes a million paths.",
    "UNSUPPORTED_FEATURE": "Theirs never raises it any more; ours tells so what it does not do.",
    "UNSUPPORTED_LINKED_FEATURE": "Theirs tells it of composed SDL that is read; ours has a set, above.",
}
"""Codes that @apollo/composition gives to no set of sources."""

_NULL_KEYS: Final = "It sends representations whose key is null, which the suite's sources refuse."
_MORE: Final = "It sends more in a representation than is required, which the suite's sources refuse."
_CHAINS: Final = (
    "It asks a field with @requires where there is no representation, or an external field nobody provides."
)
_NAMES: Final = (
    "Fields that are asked under several names or with several arguments get the value of one of them."
)
_INTERFACES: Final = "It cannot plan for types that other sources know as interface objects."

_DIRECTIVES: Final = (
    "It writes directives of spreads on inline fragments and those of mutations on queries, where they may not stand, "
    "and sorts those of one field."
)
GATEWAY: Final = {
    "directives-lamps": _DIRECTIVES,
    "directives-tasks": _DIRECTIVES,
    "federation1-users": _NULL_KEYS,
    "hidden-keys-members": _NULL_KEYS,
    "interface-objects-accounts": _INTERFACES,
    "interface-objects-keys": _NULL_KEYS,
    "join01-post": _NULL_KEYS,
    "keys-books": _NAMES,
    "keys-composite-tickets": _NULL_KEYS,
    "keys-overlap-parts": _NULL_KEYS,
    "lists-of-lists-boards": _NAMES,
    "null-keys-detours": _NULL_KEYS,
    "null-keys-flights": _NULL_KEYS,
    "null-keys-vehicles": _NULL_KEYS,
    "provides-union-ads": _NAMES,
    "requires-arguments-freight": _NAMES,
    "requires-arguments-maps": _MORE,
    "requires-fragments-fleet": _MORE,
    "requires-fragments-payments": _MORE,
    "requires-orders": _NAMES,
    "requires-selections-rooms": _NAMES,
    "requires-shipping": _NAMES,
    "stages-cycle-loans": _CHAINS,
    "stages-three-visas": _CHAINS,
    "travel-everything": _MORE,
}
"""Cases of the suite of which @apollo/gateway answers some operation wrongly, whoever composed them."""
