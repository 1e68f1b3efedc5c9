"""A source's own schema as plain data, in the words of Federation 2 whatever the source was written in.

Names are the source's own, except that the root types are called Query, Mutation and Subscription. Directives of the
federation are recognised by their `@link` identity and stand here as fields; what else is applied is kept as syntax.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import ConstDirectiveNode, DirectiveDefinitionNode, TypeNode, ValueNode

from gateway.supergraph.model import Kind, Label


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as it comes to composition: its name, its department's name and its SDL.

    `places`: for SDL that was derived from a manifest, where a line of it comes from: line → (file, line).
    """

    name: str
    department: str
    sdl: str
    sharing: str = "unconditional"
    url: str = ""
    places: Mapping[int, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class SourcePlace:
    """Where something stands: `source:line:column`, counted from 1."""

    source: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.source, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Context:
    """`@context(name: …)`: from an object of the type it stands on, fields below take values by that name."""

    name: str
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class FromContext:
    """`@fromContext(field: "$context selection")`. `context` and `selection` are "" where the text has none."""

    text: str
    context: str
    selection: str
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said of any element beside its own definition.

    `scopes` and `policies`: alternatives of what must all hold (`@requiresScopes`, `@policy`); None: not said.
    `contexts`: those that a type sets. `applied`: every other directive, in order, for those that are composed
    (`@composeDirective`, `@cost`, …).
    """

    place: SourcePlace
    description: str = ""
    deprecated: str | None = None
    inaccessible: bool = False
    tags: tuple[str, ...] = ()
    authenticated: bool = False
    scopes: tuple[tuple[str, ...], ...] | None = None
    policies: tuple[tuple[str, ...], ...] | None = None
    labels: tuple[Label, ...] = ()
    contexts: tuple[Context, ...] = ()
    applied: tuple[ConstDirectiveNode, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceInput:
    """An argument or an input field. `default` is None when there is none (a null default is a node).

    `from_context`: the argument is not given by who asks, but taken from an object above.
    """

    name: str
    type: TypeNode
    marks: Marks
    default: ValueNode | None = None
    from_context: FromContext | None = None


@dataclass(frozen=True, slots=True)
class FieldSetText:
    """The text of a field set, and where it stands. `misfit`: what stands there in place of a string."""

    text: str
    place: SourcePlace
    misfit: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """`@override(from: source, label: …)`."""

    source: str
    label: str | None
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class SourceField:
    """An output field. `external` also when the whole type is; `shareable` likewise (never on interfaces).

    `shared_at`: where `@shareable` stands on the field itself, also where it must not.
    """

    name: str
    type: TypeNode
    arguments: Mapping[str, SourceInput]
    marks: Marks
    external: SourcePlace | None = None
    shareable: bool = False
    requires: FieldSetText | None = None
    provides: FieldSetText | None = None
    override: Override | None = None
    shared_at: tuple[SourcePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """`@key(fields: …, resolvable: …)`. `extension`: it stands on an extension of the type."""

    fields: FieldSetText
    resolvable: bool = True
    extension: bool = False


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One value of an enum."""

    name: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class SourceType:
    """A type, its extensions folded in. Which of the parts it has depends on `kind`.

    `inputs` are the fields of an input object. `defined`: it is not only extended (`extend type`). `extension`: it is
    only extended, or called an extension (`@extends`). `interface_object`: `@interfaceObject`. `one_of`: `@oneOf`.
    `shared_at`: for each declaration of the type, where `@shareable` stands on it.
    """

    name: str
    kind: Kind
    marks: Marks
    fields: Mapping[str, SourceField] = field(default_factory=dict)
    inputs: Mapping[str, SourceInput] = field(default_factory=dict)
    values: Mapping[str, EnumValue] = field(default_factory=dict)
    members: Mapping[str, SourcePlace] = field(default_factory=dict)
    interfaces: Mapping[str, SourcePlace] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    defined: bool = True
    extension: bool = False
    interface_object: bool = False
    one_of: bool = False
    specified_by: str | None = None
    shared_at: tuple[tuple[SourcePlace, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """`@link`: a specification that the schema uses. `imports`: the specification's name → the name here."""

    identity: str  # the URL without its version
    version: str  # "v2.3"
    namespace: str
    imports: Mapping[str, str]
    purpose: str | None
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class SourceSchema:
    """Everything that composition needs of one source.

    `federation`: the version that its `@link` names; (1, 0) without one. `composed`: the directives named by
    `@composeDirective`, without `@`. `definitions`: the directives that it defines itself, `arguments`: theirs.
    `marks`: what is said of the schema itself (its description, its tags).
    """

    source: SourceText
    federation: tuple[int, int]
    types: Mapping[str, SourceType]
    links: tuple[Link, ...] = ()
    definitions: Mapping[str, DirectiveDefinitionNode] = field(default_factory=dict)
    arguments: Mapping[str, Mapping[str, SourceInput]] = field(default_factory=dict)
    composed: Mapping[str, SourcePlace] = field(default_factory=dict)
    marks: Marks | None = None
