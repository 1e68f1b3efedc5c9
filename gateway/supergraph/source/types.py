"""The types of a source: definitions and extensions folded into one, in the words of Federation 2."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    ConstDirectiveNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumValueDefinitionNode,
    EnumValueNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    StringValueNode,
    TypeNode,
    ValueNode,
    print_ast,
)
from graphql.language import TypeExtensionNode

from gateway.supergraph.model import Kind
from gateway.supergraph.source.contexts import read_from_context
from gateway.supergraph.source.marks import arguments, read_marks
from gateway.supergraph.source.model import (
    EnumValue,
    FieldSetText,
    Key,
    Override,
    SourceField,
    SourceInput,
    SourcePlace,
    SourceType,
)
from gateway.supergraph.source.names import MACHINERY_FIELDS, Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.roots import ROOT_NAMES, Roots
from gateway.supergraph.source.specification import BUILT_IN_SCALARS, OLDEST, Version
from gateway.supergraph.source.syntax import Member, TypeNodes, kind_of, members, type_nodes

_COMPOSITES = frozenset({Kind.OBJECT, Kind.INTERFACE})
_SHOWN = 120

MAX_KEYS = 100
"""Keys of one type."""


def read_types(
    document: DocumentNode, version: Version, names: Names, roots: Roots, report: Report
) -> dict[str, SourceType]:
    """Every type of the source by the name it has here, without the federation's own."""
    nodes: dict[str, list[TypeNodes]] = {}
    for node in type_nodes(document):
        name = node.name.value
        if not names.is_machinery(name) and name not in BUILT_IN_SCALARS:
            nodes.setdefault(name, []).append(node)
    reader = _Reader(version, names, roots, report)
    types = (reader.type(parts) for parts in nodes.values())
    return {found.name: found for found in types if not _is_empty_root(found)}


def read_arguments(
    definitions: Mapping[str, DirectiveDefinitionNode],
    version: Version,
    names: Names,
    roots: Roots,
    report: Report,
) -> dict[str, dict[str, SourceInput]]:
    """The arguments of the directives that a source defines, by directive."""
    reader = _Reader(version, names, roots, report)
    return {name: reader.inputs(node.arguments or ()) for name, node in definitions.items()}


def _is_empty_root(found: SourceType) -> bool:
    return found.name in ROOT_NAMES.values() and found.kind is Kind.OBJECT and not found.fields


def type_text(node: TypeNode) -> str:
    """A type as written; quicker than printing it as any other syntax tree."""
    if isinstance(node, NonNullTypeNode):
        return type_text(node.type) + "!"
    if isinstance(node, ListTypeNode):
        return f"[{type_text(node.type)}]"
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def _coerced(given: ValueNode) -> str | None:
    """The field set that Federation 1 takes a name, or a list of names and texts, for; None for anything else."""
    if isinstance(given, (StringValueNode, EnumValueNode)):
        return given.value
    if isinstance(given, ListValueNode):
        parts = [_coerced(item) for item in given.values]
        return None if None in parts else " ".join(part for part in parts if part)
    return None


@dataclass(frozen=True, slots=True)
class _Reader:
    version: Version
    names: Names
    roots: Roots
    report: Report

    def type(self, nodes: list[TypeNodes]) -> SourceType:
        """One type of the definitions and extensions `nodes`."""
        base = next((node for node in nodes if not isinstance(node, TypeExtensionNode)), nodes[0])
        name, kind = self.roots.name(base.name.value), kind_of(base)
        is_root = name in ROOT_NAMES.values()
        defined = is_root or any(not isinstance(node, TypeExtensionNode) for node in nodes)
        specified = next((item for node in nodes for item in self.names.applied(node, "specifiedBy")), None)
        return SourceType(
            name,
            kind,
            read_marks(base, self.names, self.report, [node for node in nodes if node is not base]),
            fields=dict(self._fields(nodes)) if kind in _COMPOSITES else {},
            inputs=self.inputs([item for node in nodes for item in members(node)])
            if kind is Kind.INPUT
            else {},
            values=self._values(nodes) if kind is Kind.ENUM else {},
            members=self._named(nodes, "types"),
            interfaces=self._named(nodes, "interfaces"),
            keys=tuple(self._keys(nodes)),
            defined=defined,
            extension=not defined or (not is_root and self._is_called_extension(nodes)),
            interface_object=any(self.names.has(node, "interfaceObject") for node in nodes),
            one_of=any(self.names.has(node, "oneOf") for node in nodes),
            specified_by=str(arguments(specified).get("url", "")) if specified else None,
            shared_at=tuple(self._places(node, "shareable") for node in nodes),
        )

    def _is_called_extension(self, nodes: list[TypeNodes]) -> bool:
        return any(self.names.has(node, "extends") for node in nodes)

    def _places(self, node: TypeNodes | FieldDefinitionNode, meaning: str) -> tuple[SourcePlace, ...]:
        return tuple(self.report.place(item) for item in self.names.applied(node, meaning))

    def _fields(self, nodes: list[TypeNodes]) -> Iterator[tuple[str, SourceField]]:
        for node in nodes:
            # Federation 1 let `@external` stand on a type, where it meant nothing.
            external = self.version >= OLDEST and self.names.has(node, "external")
            shareable = self.names.has(node, "shareable") and kind_of(node) is Kind.OBJECT
            is_query = self.roots.name(node.name.value) == "Query"
            for item in members(node):
                if isinstance(item, FieldDefinitionNode) and not (
                    is_query and item.name.value in MACHINERY_FIELDS
                ):
                    yield item.name.value, self._field(item, kind_of(node), external, shareable)

    def _field(self, node: FieldDefinitionNode, kind: Kind, external: bool, shareable: bool) -> SourceField:
        # What the type says of all its fields stands, of each, at the field itself.
        external_at = self._places(node, "external") or ((self.report.place(node),) if external else ())
        shared_at = self._places(node, "shareable")
        return SourceField(
            node.name.value,
            self._type(node.type),
            self.inputs(node.arguments or ()),
            read_marks(node, self.names, self.report),
            external=next(iter(external_at), None),
            shareable=shareable or (bool(shared_at) and kind is Kind.OBJECT),
            requires=self._field_set_of(node, "requires"),
            provides=self._field_set_of(node, "provides"),
            override=self._override(node),
            shared_at=shared_at,
        )

    def inputs(self, nodes: Iterable[Member]) -> dict[str, SourceInput]:
        """Arguments, or the fields of an input type."""
        return {
            node.name.value: SourceInput(
                node.name.value,
                self._type(node.type),
                read_marks(node, self.names, self.report),
                node.default_value,
                read_from_context(node, self.names, self.report),
            )
            for node in nodes
            if isinstance(node, InputValueDefinitionNode)
        }

    def _values(self, nodes: list[TypeNodes]) -> dict[str, EnumValue]:
        return {
            item.name.value: EnumValue(item.name.value, read_marks(item, self.names, self.report))
            for node in nodes
            for item in members(node)
            if isinstance(item, EnumValueDefinitionNode)
        }

    def _named(self, nodes: list[TypeNodes], part: str) -> dict[str, SourcePlace]:
        """The types named in the part `types` or `interfaces` of the nodes."""
        return {
            self.roots.name(item.name.value): self.report.place(item)
            for node in nodes
            for item in getattr(node, part, None) or ()
        }

    def _keys(self, nodes: list[TypeNodes]) -> list[Key]:
        keys = []
        called = self._is_called_extension(nodes)
        for node in nodes:
            # An extension of Federation 1 becomes a definition, unless a directive calls it an extension.
            extension = called or (self.version >= OLDEST and isinstance(node, TypeExtensionNode))
            for directive in self.names.applied(node, "key"):
                resolvable = arguments(directive).get("resolvable") is not False
                keys.append(Key(self._field_set(directive), resolvable, extension))
        if len(keys) > MAX_KEYS:
            self.report.add(
                INVALID, f"{nodes[0].name.value} has more than {MAX_KEYS} keys", "take keys out", nodes[0]
            )
        return keys[:MAX_KEYS]

    def _field_set_of(self, node: FieldDefinitionNode, meaning: str) -> FieldSetText | None:
        directive = next(self.names.applied(node, meaning), None)
        return self._field_set(directive) if directive else None

    def _field_set(self, directive: ConstDirectiveNode) -> FieldSetText:
        place = self.report.place(directive)
        given = next((item.value for item in directive.arguments or () if item.name.value == "fields"), None)
        if isinstance(given, StringValueNode):
            return FieldSetText(given.value, place)
        if self.version < OLDEST and given is not None and (text := _coerced(given)) is not None:
            return FieldSetText(text, place)
        return FieldSetText("", place, misfit=print_ast(given)[:_SHOWN] if given else "nothing")

    def _override(self, node: FieldDefinitionNode) -> Override | None:
        directive = next(self.names.applied(node, "override"), None)
        if directive is None:
            return None
        stated = arguments(directive)
        label = stated.get("label")
        return Override(str(stated.get("from", "")), str(label) if label is not None else None,
                        self.report.place(directive))  # fmt: skip

    def _type(self, node: TypeNode) -> TypeNode:
        """The type with root types under the names that they have here."""
        if not self.roots.renamed:
            return node
        if isinstance(node, ListTypeNode):
            return ListTypeNode(type=self._type(node.type), loc=node.loc)
        if isinstance(node, NonNullTypeNode):
            inner = self._type(node.type)
            assert isinstance(inner, (NamedTypeNode, ListTypeNode))
            return NonNullTypeNode(type=inner, loc=node.loc)
        assert isinstance(node, NamedTypeNode)
        name = self.roots.name(node.name.value)
        return node if name == node.name.value else NamedTypeNode(name=NameNode(value=name), loc=node.loc)
