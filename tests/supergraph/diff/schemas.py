"""Pairs of schemas that differ in a few places, and operations that ask an old one for everything."""

from collections.abc import Iterator
from random import Random
from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLType,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

PLACES: Final[dict[str, tuple[str, ...]]] = {
    "Query.a": ("", "a: Int", "a: Int!", "a: [Int]", "a: [Int!]!", "a: E"),
    "Query.b": ("", "b: A", "b: A!", "b: [A]", "b: [A!]", "b: B", "b: N", "b: U"),
    "Query.c": (
        "",
        "c: N",
        "c(n: Int): N",
        "c(n: Int!): N",
        "c(n: Int = 1): N",
        "c(n: Int! = 1): N",
        "c(n: [Int!]): N",
        "c(m: Int): N",
    ),
    "Query.d": ("", "d(i: In): U", "d(i: In!): U", "d(i: [In!]!): [U!]", "d(i: E, j: E = X): U"),
    "A.f": ("", "f: Int", "f: Int!", "f: String", "f: [[Int]!]", "f: B", 'f: Int @deprecated(reason: "old")'),
    "B.f": ("", "f: Int", "f: A", "f(e: E): Int", "f(e: E = X): Int", "f(e: E!): Int", '"words" f: Int'),
    "A.of": ("type A", "type A implements N"),
    "B.of": ("type B", "type B implements N"),
    "U.of": ("A", "B", "A | B"),
    "N.kind": ("interface N", "interface N", "type N"),
    "E.Y": ("", "Y", "Y Z", "Z @deprecated"),
    "In.x": ("", "x: Int", "x: Int!", "x: Int = 1", "x: Int! = 1", "x: E", "x: [Int]"),
    "In.y": ("", "y: E", "y: E = X", "y: In"),
    "In.of": ("input In", "input In", "input In @oneOf"),
    "@show": (
        "",
        "directive @show on FIELD",
        "directive @show repeatable on FIELD | INLINE_FRAGMENT",
        "directive @show(as: Int) on FIELD",
        "directive @show(as: Int!) on FIELD",
        "directive @show(as: Int! = 1) on FIELD",
        "directive @show on INLINE_FRAGMENT",
    ),
    "roots": ("schema { query: Query }", "schema { query: Other }", "schema { query: Query mutation: A }"),
}
"""What may stand at each place of a schema."""

_DEEPEST: Final = 3

written = st.fixed_dictionaries({place: st.sampled_from(texts) for place, texts in PLACES.items()})
"""What stands at each place of one schema."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A schema, and what became of it by at most three changes."""
    old = draw(written)
    changed = draw(st.sets(st.sampled_from(sorted(PLACES)), max_size=3))
    new = {place: draw(st.sampled_from(texts)) for place, texts in PLACES.items() if place in changed}
    return text(old), text(old | new)


def text(at: dict[str, str]) -> str:
    implemented = at["N.kind"].startswith("interface")
    kinds = {
        name: at[f"{name}.of"] if implemented else at[f"{name}.of"].removesuffix(" implements N")
        for name in "AB"
    }
    return f"""
{at["roots"]}
{at["@show"]}
type Query {{ id: ID {at["Query.a"]} {at["Query.b"]} {at["Query.c"]} {at["Query.d"]} }}
type Other {{ id: ID {at["Query.a"]} }}
{at["N.kind"]} {{ id: ID }}
{kinds["A"]} {{ id: ID {at["A.f"]} }}
{kinds["B"]} {{ id: ID {at["B.f"]} }}
union U = {at["U.of"]}
enum E {{ X {at["E.Y"]} }}
{at["In.of"]} {{ w: Int {at["In.x"]} {at["In.y"]} }}
"""


def operation(schema: GraphQLSchema, random: Random) -> str:
    """A query for every field, three levels deep; arguments are left out, written or given as variables by chance."""
    variables: list[str] = []
    query = schema.query_type
    assert query is not None
    asked = _selection(query, schema, random, variables, 0)
    declared = f"({', '.join(variables)})" if variables else ""
    return f"query{declared} {{ ... on {query.name} {{ {asked} }} }}"


def _selection(
    type_: GraphQLOutputType, schema: GraphQLSchema, random: Random, variables: list[str], depth: int
) -> str:
    parts = ["__typename"]
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            inner = get_named_type(field.type)
            if is_composite_type(inner) and depth == _DEEPEST:
                continue
            below = (
                f" {{ {_selection(inner, schema, random, variables, depth + 1)} }}"
                if is_composite_type(inner)
                else ""
            )
            given = _given(field.args, random, variables)
            parts.append(f"{type_.name}_{name}: {name}{given}{_shown(schema, random, variables)}{below}")
    if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        for member in schema.get_possible_types(type_):
            parts.append(f"... on {member.name} {{ {_selection(member, schema, random, variables, depth)} }}")
    return " ".join(parts)


def _shown(schema: GraphQLSchema, random: Random, variables: list[str]) -> str:
    show = schema.get_directive("show")
    if show is None or "FIELD" not in {location.name for location in show.locations} or random.random() < 0.7:
        return ""
    once = f" @show{_given(show.args, random, variables)}"
    return once * 2 if show.is_repeatable else once


def _given(arguments: dict[str, GraphQLArgument], random: Random, variables: list[str]) -> str:
    given = [
        f"{name}: {_value(item.type, item.default is not None, random, variables)}"
        for name, item in arguments.items()
        if is_required_argument(item) or random.random() < 0.7
    ]
    return f"({', '.join(given)})" if given else ""


def _value(type_: GraphQLType, has_default: bool, random: Random, variables: list[str]) -> str:
    if random.random() < 0.5:
        name = f"$v{len(variables)}"
        loose = type_.of_type if isinstance(type_, GraphQLNonNull) and has_default else type_
        variables.append(f"{name}: {loose}")
        return name
    return _literal(type_, random)


def _literal(type_: GraphQLType, random: Random) -> str:
    if isinstance(type_, GraphQLNonNull):
        return _literal(type_.of_type, random)
    if isinstance(type_, GraphQLList):
        return f"[{_literal(type_.of_type, random)}]"
    if isinstance(type_, GraphQLEnumType):
        names: list[str] = sorted(type_.values)
        return random.choice(names)
    if isinstance(type_, GraphQLInputObjectType):
        return "{" + ", ".join(_fields(type_, random)) + "}"
    return "7"


def _fields(type_: GraphQLInputObjectType, random: Random) -> Iterator[str]:
    """Those that must be given, and `w`; of an input of which exactly one is given, that one is `w`."""
    for name, field in type_.fields.items():
        if get_named_type(field.type) is type_:
            continue  # it may go on for ever
        by_chance = not type_.is_one_of and random.random() < 0.5
        if name == "w" or is_required_input_field(field) or by_chance:
            yield f"{name}: {_literal(field.type, random)}"
