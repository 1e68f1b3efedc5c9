"""Types of a composed supergraph and what each source says of them, fields apart.

Directives: `join__type`, `join__implements`, `join__unionMember`, `join__enumValue` (join v0.2 to v0.5) and
`join__owner` (v0.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    Node,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    UnionTypeDefinitionNode,
)
from graphql.language import TypeDefinitionNode

from gateway.supergraph.join.document import (
    COMPOSE_AGAIN,
    INVALID,
    Document,
    Member,
    Report,
    applied,
    members,
)
from gateway.supergraph.join.features import Features
from gateway.supergraph.join.sources import Graphs
from gateway.supergraph.model import Kind, TypeInSource
from gateway.supergraph.type_refs import type_ref

_KINDS: dict[type[Node], Kind] = {
    ObjectTypeDefinitionNode: Kind.OBJECT,
    InterfaceTypeDefinitionNode: Kind.INTERFACE,
    UnionTypeDefinitionNode: Kind.UNION,
    EnumTypeDefinitionNode: Kind.ENUM,
    InputObjectTypeDefinitionNode: Kind.INPUT,
    ScalarTypeDefinitionNode: Kind.SCALAR,
}

MAX_GUESSES = 1_000_000
"""Types that do not say which sources have them (join v0.1), each counted once for every source."""


@dataclass(frozen=True, slots=True)
class WrittenKey:
    """A `@key` as a source wrote it."""

    text: str
    resolvable: bool
    node: Node


@dataclass(slots=True)
class Membership:
    """One source's part in a type: its keys, whether it merely extends the type (Federation 1), its interfaces."""

    keys: list[WrittenKey] = field(default_factory=list)
    extension: bool = False
    interface_object: bool = False
    interfaces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class WrittenType:
    """A type as the supergraph writes it.

    Join v0.1 alone: `owner` is the source that it calls the type's owner; `unsaid`: it does not say which sources
    have the type, so that all of them may.
    """

    name: str
    kind: Kind
    node: TypeDefinitionNode
    fields: Mapping[str, Member]
    interfaces: tuple[str, ...]
    members: tuple[str, ...]
    unions: dict[str, set[str]] = field(
        default_factory=dict
    )  # source → members there, where the document says so
    sources: dict[str, Membership] = field(default_factory=dict)
    owner: str | None = None
    unsaid: bool = False


class WrittenTypes:
    """All types by name, features' own left out, and what can be asked of them together."""

    def __init__(self, by_name: Mapping[str, WrittenType]) -> None:
        self.by_name = by_name
        self._implementers: dict[tuple[str, str], list[str]] = {}
        possible: dict[str, set[str]] = {}
        abstracted: list[str] = []
        for found in by_name.values():
            if found.kind is Kind.UNION:
                possible[found.name] = set(found.members)
            elif found.kind is Kind.OBJECT:
                for name in (found.name, *found.interfaces):
                    possible.setdefault(name, set()).add(found.name)
            for source, said in found.sources.items():
                if found.kind is Kind.OBJECT or said.interface_object:
                    for name in said.interfaces:
                        self._implementers.setdefault((source, name), []).append(found.name)
            if any(said.interface_object for said in found.sources.values()):
                abstracted.append(found.name)
        for name in abstracted:
            possible.setdefault(name, {name})
        self._possible = {name: frozenset(names) for name, names in possible.items()}

    def possible(self, type_name: str) -> frozenset[str]:
        """The concrete types of a type in the whole supergraph; empty for leaves and inputs.

        Objects of an interface object that nothing implements have no type but the interface itself.
        """
        return self._possible.get(type_name, frozenset())

    def returns(self, type_name: str, field: str) -> str | None:
        """The name of the type that a field returns, or None."""
        known = self.by_name.get(type_name)
        node = known.fields.get(field) if known else None
        return None if node is None or isinstance(node, EnumValueDefinitionNode) else type_ref(node.type).name

    def in_source(self, found: WrittenType, source: str) -> TypeInSource:
        """What `source` says of a type that it has."""
        said = found.sources[source]
        kind = Kind.OBJECT if said.interface_object else found.kind
        interfaces = tuple(name for name in said.interfaces if source in self.by_name[name].sources)
        return TypeInSource(kind, self._possible_in(found, source), said.interface_object, interfaces)

    def _possible_in(self, found: WrittenType, source: str) -> frozenset[str]:
        if found.kind is Kind.OBJECT or found.sources[source].interface_object:
            return self.possible(found.name)
        if found.kind is Kind.UNION:
            there = found.unions.get(source, frozenset()) if found.unions else frozenset(found.members)
            return frozenset(name for name in there if source in self.by_name[name].sources)
        implementers = self._implementers.get((source, found.name), ())
        return frozenset().union(*(self.possible(name) for name in implementers))


def read_types(document: Document, features: Features, graphs: Graphs, report: Report) -> WrittenTypes:
    """Read every type. References to types or sources that do not exist are findings."""
    reader = _Reader(document, features, graphs, report)
    by_name = {
        name: reader.read(node) for name, node in document.types.items() if not features.own_type(name)
    }
    return WrittenTypes(by_name)


class _Reader:
    def __init__(self, document: Document, features: Features, graphs: Graphs, report: Report) -> None:
        self.document = document
        self.join = features.join
        self.graphs = graphs
        self.report = report
        self.guesses = 0

    def read(self, node: TypeDefinitionNode) -> WrittenType:
        kind = _KINDS[type(node)]
        found = WrittenType(
            node.name.value,
            kind,
            node,
            {item.name.value: item for item in members(node)},
            self._names(getattr(node, "interfaces", None) or (), InterfaceTypeDefinitionNode),
            self._names(getattr(node, "types", None) or (), ObjectTypeDefinitionNode),
        )
        self._memberships(found)
        if kind in (Kind.OBJECT, Kind.INTERFACE):
            self._interfaces(found)
        elif kind is Kind.UNION:
            self._union(found)
        return found

    def _memberships(self, found: WrittenType) -> None:
        for said in applied(found.node, self.join.directive("type")):
            source = self.graphs.of(said, self.report)
            if source is None:
                continue
            part = found.sources.setdefault(source, Membership())
            if said.text("key"):
                part.keys.append(
                    WrittenKey(said.text("key"), said.says("resolvable") is not False, said.node)
                )
            part.extension |= said.says("extension") is True
            part.interface_object |= said.says("isInterfaceObject") is True
        for said in applied(found.node, self.join.directive("owner")):
            found.owner = self.graphs.of(said, self.report)
        if found.owner is not None:
            found.sources.setdefault(found.owner, Membership())
        if not found.sources:
            found.unsaid = True
            self.guesses += len(self.graphs.sources)
            if self.guesses > MAX_GUESSES:
                self.report.add(
                    INVALID, "too many types do not say which sources have them", COMPOSE_AGAIN, found.node
                )
                self.report.stop()
            found.sources = {source: Membership() for source in self.graphs.sources}

    def _interfaces(self, found: WrittenType) -> None:
        """Which interfaces the type implements in which source; where nothing says so, all of them (join v0.1)."""
        said_so = applied(found.node, self.join.directive("implements"))
        for said in said_so:
            source, name = self.graphs.of(said, self.report), said.text("interface")
            if source in found.sources and name in found.interfaces:
                found.sources[source].interfaces.append(name)
            else:
                self.report.add(INVALID, f"{found.name} implements {name[:60]} in a source alone", COMPOSE_AGAIN, said.node)  # fmt: skip
        if not said_so:
            for part in found.sources.values():
                part.interfaces = list(found.interfaces)

    def _union(self, found: WrittenType) -> None:
        for said in applied(found.node, self.join.directive("unionMember")):
            source, name = self.graphs.of(said, self.report), said.text("member")
            if source in found.sources and name in found.members:
                found.unions.setdefault(source, set()).add(name)
            else:
                self.report.add(INVALID, f"{found.name} has the member {name[:60]} in a source alone", COMPOSE_AGAIN, said.node)  # fmt: skip

    def _names(self, nodes: tuple[NamedTypeNode, ...], wanted: type[TypeDefinitionNode]) -> tuple[str, ...]:
        for node in nodes:
            if not isinstance(self.document.types.get(node.name.value), wanted):
                self.report.add(INVALID, f"{node.name.value} is not the kind of type that it is named as",
                                COMPOSE_AGAIN, node)  # fmt: skip
        return tuple(dict.fromkeys(node.name.value for node in nodes))
