"""The supergraph: what can be asked, which sources resolve it, and how entities are found.

One model, filled by composition (and by any later reader of composed SDL). It is
immutable and shared by all requests of a snapshot.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum

from graphql import GraphQLSchema

from connectors.base import Capabilities

TYPENAME = "__typename"
"""The meta-field that names an object's concrete type (GraphQL specification, section 4.4)."""

QUERY_ROOT = "Query"
MUTATION_ROOT = "Mutation"
"""The names of the public schema's root types."""

ROOTS = frozenset({QUERY_ROOT, MUTATION_ROOT})


class Kind(Enum):
    """The kinds of types that a selection can meet."""

    OBJECT = "object"
    INTERFACE = "interface"
    UNION = "union"
    ENUM = "enum"
    SCALAR = "scalar"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type as a field states it: `name`, how many lists lie around it, the text of the whole."""

    name: str
    lists: int
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label as SDL states it: a level and categories, unchecked against the policy's own lists."""

    level: str
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyField:
    """One field of a key, or of any field set, with its sub-fields (`@key(fields: "id owner { id }")`).

    Field sets of `@requires` and `@provides` may hold more: `on` is the type condition of the fragment around
    the field (None: no fragment), `arguments` its arguments, each as (name, GraphQL literal).
    """

    name: str
    children: tuple["KeyField", ...] = ()
    on: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        called = ", ".join(f"{name}: {value}" for name, value in self.arguments)
        inner = " ".join(str(child) for child in self.children)
        text = self.name + (f"({called})" if called else "") + (f" {{ {inner} }}" if inner else "")
        return text if self.on is None else f"... on {self.on} {{ {text} }}"


FieldSet = tuple[KeyField, ...]


@dataclass(frozen=True, slots=True)
class ContextArgument:
    """An argument that a source takes from the nearest object above that sets a context; clients do not give it.

    `selections`: each concrete type that sets the context → what is taken of it.
    """

    name: str
    type: str
    context: str
    selections: Mapping[str, FieldSet]


@dataclass(frozen=True, slots=True)
class FieldInSource:
    """What one source says of one field: its own return type and how far it resolves the field.

    `external`: the source names the field and does not resolve it, unless a `@provides` says so on the way. A
    field that was overridden away is external too. The key fields that Federation 1 marks external are not.
    """

    type: TypeRef
    arguments: Mapping[str, str]  # argument name → type text in this source
    external: bool = False
    requires: FieldSet = ()
    provides: FieldSet = ()
    context_arguments: tuple[ContextArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressiveOverride:
    """`@override(from:, label:)`: for requests for which `label` is active, `new` resolves a field in place of `old`."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the supergraph: its composed type, its labels, and what each source says of it.

    `secured_by`: the security directives (`authenticated`, `requiresScopes`, `policy`) that stand on the field,
    on its type or on the type that it returns; empty for most. `inaccessible`: clients never see it, it serves
    as an input alone. `moves`: the overrides by which it moves for some requests; `sources` say what holds while
    none of their labels is active (`progressive.py` makes the rest of it).
    """

    name: str
    type: TypeRef
    sources: Mapping[str, FieldInSource]
    labels: tuple[Label, ...] = ()
    secured_by: tuple[str, ...] = ()
    inaccessible: bool = False
    moves: tuple[ProgressiveOverride, ...] = ()

    @property
    def resolvers(self) -> tuple[str, ...]:
        """The sources that can resolve the field, by name."""
        return tuple(sorted(name for name, said in self.sources.items() if not said.external))

    @property
    def ever_resolvers(self) -> frozenset[str]:
        """The sources that can resolve the field whichever labels are active."""
        return frozenset(self.resolvers) | {move.new for move in self.moves}


@dataclass(frozen=True, slots=True)
class TypeInSource:
    """What one source says of one type.

    `kind` is the source's own. `interface_object`: an interface of the supergraph that is an object in this
    source (`@interfaceObject`), so that the source does not know concrete types. `possible`: the concrete types
    that an object of this type can have when it comes from this source; for an interface object those of the
    whole supergraph. `interfaces`: the interfaces that the type implements there.
    """

    kind: Kind
    possible: frozenset[str]
    interface_object: bool = False
    interfaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the supergraph.

    `possible`: the concrete types an object of this type can be (itself for an object).
    `keys`: per source, the keys by which that source finds the entity (resolvable ones); an interface has keys
    where it is an entity interface or an interface object. `sources`: the sources that define the type. The
    root types are types like others: their fields are the root fields that sources resolve (`Lookup` apart).
    """

    name: str
    kind: Kind
    fields: Mapping[str, Field]
    possible: frozenset[str]
    keys: Mapping[str, tuple[FieldSet, ...]]
    labels: tuple[Label, ...] = ()
    sources: Mapping[str, TypeInSource] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A root field that finds one entity by its key; `record` is the source that decides existence."""

    field: str
    type_name: str
    argument: str
    key_field: str
    record: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source as composition and planning see it. `url`: where it answers, when composed SDL says so."""

    name: str
    department: str
    capabilities: Capabilities
    sharing: str = "unconditional"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Supergraph:
    """Everything that planning, policy and projection ask of the composed sources.

    `schema` is the public schema that clients see and operations are validated
    against; `sdl` is its text. `lookups` are the fields of the root query type that
    are native to the planner; every other root field is a field of the types `Query`
    and `Mutation`.
    """

    types: Mapping[str, Type]
    sources: Mapping[str, Source]
    lookups: Mapping[str, Lookup]
    schema: GraphQLSchema
    sdl: str
    hints: tuple[str, ...] = ()

    def field(self, type_name: str, field_name: str) -> Field:
        """The field of an object or interface type; raises KeyError when there is none."""
        return self.types[type_name].fields[field_name]

    def returned(self, type_name: str, field_name: str) -> TypeRef:
        """The type that a field of an object, interface or root type returns; raises KeyError when there is none."""
        lookup = self.lookups.get(field_name) if type_name == QUERY_ROOT else None
        if lookup is not None:
            return TypeRef(lookup.type_name, 0, lookup.type_name)
        return self.field(type_name, field_name).type

    def public_types(self, type_name: str) -> frozenset[str]:
        """The concrete types, among those that clients may know of, that an object of `type_name` can have."""
        known = self.schema.type_map
        return frozenset(name for name in self.possible(type_name) if name in known)

    def possible(self, type_name: str) -> frozenset[str]:
        """The concrete types an object of `type_name` can be; empty for leaves, built-in scalars among them."""
        known = self.types.get(type_name)
        return known.possible if known else frozenset()
