"""The merged schema as plain data: what the writer of composed SDL prints, and what merge rules look at.

`Join…` values are the applications of the join specification (v0.5) just as they are to be printed, in order;
beside them, `sources` keeps what each source said. Sources stand in the order of their names everywhere. A field
without `joins` is resolved by every source that has its type.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    ConstArgumentNode,
    ConstDirectiveNode,
    DirectiveDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeNode,
    ValueNode,
)

from gateway.supergraph.model import Kind, Label
from gateway.supergraph.source.model import EnumValue, SourceField, SourceInput, SourceType


@dataclass(frozen=True, slots=True)
class Graph:
    """A source as composed SDL names it: `value @join__graph(name:, url:)`, a value of the enum `join__Graph`."""

    name: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A specification that the composed schema links: `@link(url: "identity/version", as:, import:, for:)`.

    `imports`: the specification's name → the name in the composed schema, directives with their `@`. `alias` is
    the namespace where it is not the identity's last part. `purpose`: SECURITY, EXECUTION or none.
    """

    identity: str
    version: str
    alias: str | None = None
    imports: Mapping[str, str] = field(default_factory=dict)
    purpose: str | None = None

    @property
    def url(self) -> str:
        """The URL of the link."""
        return f"{self.identity}/{self.version}"


@dataclass(frozen=True, slots=True)
class JoinDirective:
    """`@join__directive(graphs:, name:, args:)`: what sources say for themselves, by the name that it always has."""

    sources: tuple[str, ...]
    name: str
    arguments: tuple[ConstArgumentNode, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedMarks:
    """What is said of any element beside its own definition, merged over its sources.

    `scopes` and `policies`: alternatives of what must all hold; None: not said. `contexts`: those that a type sets,
    each under the name that it has over all sources. `labels`: by source.
    `directives`: every application to be printed after those of the join specification (deprecated, tags,
    inaccessible, security, specifiedBy, oneOf, composed ones), under its name in the composed schema; labels are
    not among them. `joined`: what is said source by source.
    """

    description: str = ""
    deprecated: str | None = None
    inaccessible: bool = False
    tags: tuple[str, ...] = ()
    authenticated: bool = False
    scopes: tuple[tuple[str, ...], ...] | None = None
    policies: tuple[tuple[str, ...], ...] | None = None
    contexts: tuple[str, ...] = ()
    labels: tuple[tuple[str, Label], ...] = ()
    directives: tuple[ConstDirectiveNode, ...] = ()
    joined: tuple[JoinDirective, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinType:
    """`@join__type(graph:, key:, extension:, resolvable:, isInterfaceObject:)`; once for each key of a source."""

    source: str
    key: str | None = None
    extension: bool = False
    resolvable: bool = True
    interface_object: bool = False


@dataclass(frozen=True, slots=True)
class JoinImplements:
    """`@join__implements(graph:, interface:)`."""

    source: str
    interface: str


@dataclass(frozen=True, slots=True)
class JoinMember:
    """`@join__unionMember(graph:, member:)`."""

    source: str
    member: str


@dataclass(frozen=True, slots=True)
class JoinContextArgument:
    """An argument that a source takes from a context (`join__ContextArgument`). `type` is the source's own."""

    name: str
    type: str
    context: str
    selection: str


@dataclass(frozen=True, slots=True)
class JoinField:
    """`@join__field(…)`. `source` None: the field comes from an interface object (no arguments at all).

    `type` is the source's own where it differs; `override` is the name of the source that is overridden, as the
    source wrote it.
    """

    source: str | None
    requires: str | None = None
    provides: str | None = None
    type: str | None = None
    external: bool = False
    override: str | None = None
    used_overridden: bool = False
    override_label: str | None = None
    context_arguments: tuple[JoinContextArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedInput:
    """An argument or a field of an input type. `default` None: there is none. Arguments have no `joins`."""

    name: str
    type: TypeNode
    marks: MergedMarks
    sources: Mapping[str, SourceInput]
    default: ValueNode | None = None
    joins: tuple[JoinField, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedField:
    """An output field. A field that was copied from an interface object has no `sources`."""

    name: str
    type: TypeNode
    arguments: Mapping[str, MergedInput]
    marks: MergedMarks
    sources: Mapping[str, SourceField]
    joins: tuple[JoinField, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedValue:
    """A value of an enum: `NAME @join__enumValue(graph:)`, once for each of `sources`."""

    name: str
    marks: MergedMarks
    sources: Mapping[str, EnumValue]


@dataclass(frozen=True, slots=True)
class MergedType:
    """A type. Which of the parts it has depends on `kind`; `inputs` are the fields of an input type.

    `interfaces` are those that it implements in any source; `members` those of a union in any source.
    """

    name: str
    kind: Kind
    marks: MergedMarks
    sources: Mapping[str, SourceType]
    joins: tuple[JoinType, ...]
    fields: Mapping[str, MergedField] = field(default_factory=dict)
    inputs: Mapping[str, MergedInput] = field(default_factory=dict)
    values: Mapping[str, MergedValue] = field(default_factory=dict)
    interfaces: tuple[str, ...] = ()
    implements: tuple[JoinImplements, ...] = ()
    members: tuple[str, ...] = ()
    member_joins: tuple[JoinMember, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedDirective:
    """A directive that sources define: for operations, or `composed`. `definition`: as it is printed."""

    name: str
    arguments: Mapping[str, MergedInput]
    definition: DirectiveDefinitionNode
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged schema.

    `graphs`: source name → how it is called. `features`: all that is to be linked beside link and join. `directives`:
    definitions of every directive applied or executable, whatever its feature; `scalars`: the scalars that only
    those definitions need (`requiresScopes__Scope`); built-in directives and those of link and join are not among
    them. `types` stand in the order in which sources define them, the root types first. `marks`: what is said of
    the schema itself.
    """

    graphs: Mapping[str, Graph]
    types: Mapping[str, MergedType]
    features: tuple[Feature, ...] = ()
    directives: Mapping[str, DirectiveDefinitionNode] = field(default_factory=dict)
    scalars: Mapping[str, ScalarTypeDefinitionNode] = field(default_factory=dict)
    marks: MergedMarks = field(default_factory=MergedMarks)
