"""Random valid operations over a public schema, drawn towards the fields that more than one source is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
)

from tests.difference.choices import Choices
from tests.difference.draft import COLOUR
from tests.federation.case import Run

ALIASES = ("id", "code", "f0", "x", "part", "a", "v0", "__typename2")
"""Names that sources have for other fields."""

_TRIES = 5
_Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


@dataclass(frozen=True)
class About:
    """What operations may ask: `ids` that exist, `telling` names of fields that are worth asking for.

    `provided`: what some source provides below a field, by (type, field), as selections. `renamed_objects`: whether
    fields that lead to objects have aliases: where null rises, all places of one field are one to Huitong.
    """

    schema: GraphQLSchema
    ids: Sequence[str]
    telling: Collection[str]
    provided: Mapping[tuple[str, str], str]
    renamed_objects: bool


def make_run(choices: Choices, about: About, name: str, mutation: bool) -> Run | None:
    """An operation with its variables; None when what was drawn is not valid."""
    for _ in range(_TRIES):
        writer = _OperationWriter(choices, about)
        text = writer.text(name, mutation)
        if not validate(about.schema, parse(text)):
            return Run(name, text, writer.values)
    return None


@dataclass
class _OperationWriter:
    """Writes one operation. `left`: how many more fields it may ask for."""

    choices: Choices
    about: About
    declared: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)  # Any: JSON
    fragments: list[str] = field(default_factory=list)
    left: int = 0
    conditions: bool = False

    def text(self, name: str, mutation: bool) -> str:
        """The whole document."""
        schema = self.about.schema
        root = schema.mutation_type if mutation else schema.query_type
        assert root is not None
        self.left = self.choices.one([25, 40, 12, 60])
        self.conditions = self.choices.chance(35)
        body = self._selections(root, self.choices.one([4, 5, 3, 5]), 4)
        head = f"({', '.join(self.declared)})" if self.declared else ""
        return f"{'mutation' if mutation else 'query'} {name}{head} {body}" + "".join(self.fragments)

    def _selections(self, of: _Composite, depth: int, most: int) -> str:
        fields = {} if isinstance(of, GraphQLUnionType) else dict(of.fields)
        leaves = [name for name, one in fields.items() if is_leaf_type(get_named_type(one.type))]
        others = [name for name in fields if name not in leaves]
        parts = []
        for _ in range(self.choices.number(1 if depth <= 2 else 2, most)):
            self.left -= 1
            pool = leaves if depth <= 1 or self.left <= 0 else [*leaves, *others]
            if others and pool is not leaves and self.choices.chance(55):
                pool = others
            telling = [name for name in pool if name in self.about.telling]
            if telling and self.choices.chance(50, "telling"):
                pool = telling
            if pool:
                name = self.choices.one(pool)
                parts.append(self._field(of.name, name, fields[name], depth))
        parts += self._fragments(of, depth)
        if not parts or self.choices.chance(12):
            parts.append(self.choices.one(["__typename", "tn: __typename"]) + self._directive())
        return "{ " + " ".join(parts) + " }"

    def _fragments(self, of: _Composite, depth: int) -> list[str]:
        abstract = not isinstance(of, GraphQLObjectType)
        if depth <= 0 or of.name in ("Query", "Mutation") or not self.choices.chance(90 if abstract else 12):
            return []
        fitting = [one for one in self.about.schema.type_map.values() if self._overlap(one, of)]
        return [self._fragment(self.choices.one(fitting), depth) for _ in range(self.choices.number(1, 3))]

    def _overlap(self, one: GraphQLNamedType, other: _Composite) -> bool:
        if not isinstance(one, _Composite) or one.name.startswith("__"):
            return False
        return bool(self._possible(one) & self._possible(other))

    def _possible(self, one: _Composite) -> set[str]:
        if isinstance(one, GraphQLObjectType):
            return {one.name}
        return {known.name for known in self.about.schema.get_possible_types(one)}

    def _fragment(self, on: GraphQLNamedType, depth: int) -> str:
        assert isinstance(on, _Composite)
        directive = self._directive()
        if self.choices.chance(25):
            name, at = f"F{len(self.fragments)}", len(self.fragments)
            self.fragments.append("")
            self.fragments[at] = f" fragment {name} on {on.name} {self._selections(on, depth - 1, 3)}"
            return f"...{name}{directive}"
        return f"... on {on.name}{directive} {self._selections(on, depth - self.choices.number(0, 1), 3)}"

    def _field(self, owner: str, name: str, said: GraphQLField, depth: int) -> str:
        named = get_named_type(said.type)
        alias = ""
        if (self.about.renamed_objects or is_leaf_type(named)) and self.choices.chance(20):
            alias = self.choices.one([f"z{self.choices.number(0, 99)}", *ALIASES]) + ": "
        asked = f"{alias}{name}{self._arguments(said)}{self._directive()}"
        if is_leaf_type(named):
            return asked
        assert isinstance(named, _Composite)
        below = min(depth - 1, 3) if named.name == "Query" else depth - 1
        selections = self._selections(named, below, 5)
        provided = self.about.provided.get((owner, name))
        if provided is not None and self.choices.chance(50):
            selections = f"{{ ... {provided} {selections[2:]}"
        return f"{asked} {selections}"

    def _directive(self) -> str:
        if not self.conditions or not self.choices.chance(25):
            return ""
        name = self.choices.one(["c0", "c1", "c2"])
        if f"${name}: Boolean!" not in self.declared:
            self.declared.append(f"${name}: Boolean!")
            self.values[name] = self.choices.chance(50)
        return f" @{self.choices.one(['include', 'skip'])}(if: ${name})"

    def _arguments(self, said: GraphQLField) -> str:
        given = []
        for name, argument in said.args.items():
            if isinstance(argument.type, GraphQLNonNull) or self.choices.chance(60):
                given.append(f"{name}: {self._argument(argument)}")
        return f"({', '.join(given)})" if given else ""

    def _argument(self, argument: GraphQLArgument) -> str:
        leaf = get_named_type(argument.type).name
        needed = isinstance(argument.type, GraphQLNonNull)
        value = self._value(leaf) if needed or not self.choices.chance(10) else None
        literal = (
            {True: str(value), False: f'"{value}"'}[leaf in ("Int", COLOUR)] if value is not None else "null"
        )
        if not self.choices.chance(40):
            return literal
        name = f"v{len(self.declared)}"
        default = f" = {literal}" if not needed and value is not None and self.choices.chance(30) else ""
        self.declared.append(f"${name}: {argument.type}{default}")
        if needed or self.choices.chance(70):
            self.values[name] = value
        return f"${name}"

    def _value(self, leaf: str) -> Any:
        match leaf:
            case "Int":
                return self.choices.number(0, 3)
            case "ID":
                return self.choices.one(self.about.ids)
            case "String":
                return self.choices.one(["p", "q"])
            case _:
                return self.choices.one(["RED", "BLUE"])
