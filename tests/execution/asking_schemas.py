"""Questions about schemas, drawn at random, and a schema that has one of everything to be told of."""

from random import Random
from typing import Final

from graphql import (
    GraphQLObjectType,
    build_schema,
    get_introspection_query,
    get_named_type,
    introspection_types,
    is_leaf_type,
)

from connectors.base import Variables
from gateway.execution.introspection import MAX_VALUES, Introspected, introspect
from gateway.execution.visible import VisibleSchema
from gateway.operation import OperationLimits, coerce_variables, read_operation
from gateway.supergraph.model import Kind, Supergraph, Type

EVERYTHING: Final = build_schema('''
"""What the city tells."""
schema { query: Query mutation: Mutation }
directive @seen(by: [Role!]! = [CLERK], old: Int @deprecated(reason: "new")) repeatable on FIELD | QUERY
scalar Day @specifiedBy(url: "https://example.org/day")
enum Role { "At the desk." CLERK JUDGE @deprecated GUEST @deprecated(reason: "none left") }
"""How to find somebody."""
input Search {
  name: String = "a \\"b\\"" near: Place = {x: 1, y: [2, 3]} roles: [Role!] = [JUDGE] old: Int @deprecated
}
input Place { x: Int! y: [Int] }
input Key @oneOf { id: ID number: Int }
interface Node { "The key." id: ID! }
interface Named implements Node { id: ID! name(short: Boolean! = false, in: String @deprecated): String }
type Person implements Named & Node {
  id: ID!
  name(short: Boolean! = false, in: String @deprecated, more: Search): String
  born: Day @deprecated(reason: "use age")
  kin(first: Int = 10): [[Person!]]!
}
type House implements Node { id: ID! owner: Owner rooms: [Int!] }
union Owner = Person | House
type Query { node(key: Key!): Node find(by: Search = {name: "x"}): [Named!]! house: House owner: Owner! }
type Mutation { erase(id: ID!): Person }
''')

USUAL: Final = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)

VARIABLES: Final = {
    "$yes": "Boolean!", "$no": "Boolean! = false", "$null": "Boolean = true",
    "$name": 'String! = "Person"', "$gone": 'String = "x"',
}  # fmt: skip
VALUES: Final[Variables] = {"yes": True, "null": None, "gone": None}
"""Given with each drawn question: `$no` and `$name` take their defaults, two are null where null may not stand."""


def ask(
    shown: VisibleSchema,
    text: str,
    given: Variables | None = None,
    size: int = 2**25,
    values: int = MAX_VALUES,
) -> Introspected:
    """The answer of introspection to a question about this schema."""
    query = Type("Query", Kind.OBJECT, {}, frozenset({"Query"}), {})
    graph = Supergraph({"Query": query}, {}, {}, shown.schema, "")
    operation = read_operation(text, None, graph, OperationLimits())
    return introspect(shown, operation, coerce_variables(operation, given or {}, graph), size, values)


def drawn(random: Random) -> str:
    """A question with aliases, fragments, conditions and arguments. Equal response keys ask for the same."""
    drawing = _Drawing(random)
    root = drawing.around("Query", [drawing.root() for _ in range(random.randint(1, 3))])
    text = f"{{ {root} }} {' '.join(drawing.fragments)}"
    variables = [f"{name}: {kind}" for name, kind in VARIABLES.items() if name in text]
    return f"query ({', '.join(variables)}) {text}" if variables else text


_LISTS: Final = frozenset({"fields", "interfaces", "possibleTypes", "inputFields"})
"""No more than two of these may stand inside each other, so that no question grows beyond bounds."""


class _Drawing:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.fragments: list[str] = []

    def root(self) -> str:
        if self.random.random() < 0.5:
            return f"__schema {self.condition()} {{ {self.selections('__Schema', 4)} }}"
        response, name = self.random.choice(
            [
                ("t1", '"Person"'),
                ("t2", "$name"),
                ("t3", '"Node"'),
                ("t4", "$gone"),
                ("t5", '"Nobody"'),
                ("t6", '"__Type"'),
            ]
        )
        return f"{response}: __type(name: {name}) {self.condition()} {{ {self.selections('__Type', 4)} }}"

    def selections(self, owner: str, depth: int) -> str:
        kind = introspection_types[owner]
        assert isinstance(kind, GraphQLObjectType)
        names = [
            name for name, field in kind.fields.items() if depth or is_leaf_type(get_named_type(field.type))
        ]
        found = [self.field(owner, name, depth) for name in self.random.choices([*names, "__typename"], k=3)]
        return self.around(owner, found)

    def field(self, owner: str, name: str, depth: int) -> str:
        if name == "__typename":
            return "kind_: __typename" if self.random.random() < 0.5 else name
        kind = introspection_types[owner]
        assert isinstance(kind, GraphQLObjectType)
        field = kind.fields[name]
        response, argument = f"x_{name}: {name}" if self.random.random() < 0.2 else name, ""
        if field.args and self.random.random() < 0.7:
            value = self.random.choice(
                ["true", "false", "$yes", "$no", *["$null"] * (self.random.random() < 0.3)]
            )
            response, argument = f"{name}_{value.strip('$')}: {name}", f"(includeDeprecated: {value})"
        named = get_named_type(field.type)
        below = min(depth - 1, 1) if name in _LISTS else depth - 1
        inner = "" if is_leaf_type(named) else f"{{ {self.selections(named.name, below)} }}"
        return f"{response}{argument} {self.condition()} {inner}"

    def condition(self) -> str:
        if self.random.random() < 0.8:
            return ""
        name, value = (
            self.random.choice(["skip", "include"]),
            self.random.choice(["$yes", "$no", "true", "false"]),
        )
        return f"@{name}(if: {value})"

    def around(self, owner: str, found: list[str]) -> str:
        """Selections, some of them within a fragment; small ones stand there again."""
        chance = self.random.random()
        again = " ".join(one for one in found if "{" not in one and "..." not in one)
        if chance < 0.7:
            return " ".join(found)
        if chance < 0.85:
            return f"{again} ... on {owner} {self.condition()} {{ {' '.join(found)} }}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {owner} {{ {' '.join(found)} }}")
        return f"...{name} {self.condition()} {again} {f'...{name}' if again == ' '.join(found) else ''}"
