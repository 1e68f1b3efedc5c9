"""Fields of a composed supergraph: which sources have them, and how far they resolve them (`join__field`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    InputValueDefinitionNode,
    Node,
    parse_type,
)

from gateway.supergraph.field_sets import read_field_set
from gateway.supergraph.join.document import (
    COMPOSE_AGAIN,
    INVALID,
    UNSUPPORTED,
    Applied,
    Report,
    applied,
    has,
)
from gateway.supergraph.join.features import OLDEST_JOIN, Features
from gateway.supergraph.join.security import Security
from gateway.supergraph.join.sources import Graphs
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.model import Field, FieldInSource, FieldSet, Kind, TypeRef
from gateway.supergraph.source_schema import type_ref, type_text


@dataclass(frozen=True, slots=True)
class KeysRead:
    """The keys of all types. `parts`: per source, every (type, field) that is part of one of its keys there."""

    resolvable: Mapping[str, Mapping[str, tuple[FieldSet, ...]]]
    parts: Mapping[str, frozenset[tuple[str, str]]]
    extended: Mapping[str, frozenset[tuple[str, str]]]


def read_keys(types: WrittenTypes, report: Report) -> KeysRead:
    """Read every `key:` of `join__type`. Field sets that do not fit the types are findings."""
    resolvable: dict[str, dict[str, tuple[FieldSet, ...]]] = {}
    parts: dict[str, set[tuple[str, str]]] = {}
    extended: dict[str, set[tuple[str, str]]] = {}
    for found in types.by_name.values():
        for source, said in found.sources.items():
            read = []
            for key in said.keys:
                fields = _field_set(key.text, found.name, types, report, key.node)
                named = set(_coordinates(fields, found.name, types))
                parts.setdefault(source, set()).update(named)
                if said.extension:
                    extended.setdefault(source, set()).update(named)
                if key.resolvable and fields:
                    read.append(fields)
            if read:
                resolvable.setdefault(found.name, {})[source] = tuple(dict.fromkeys(read))
    return KeysRead(
        resolvable,
        {source: frozenset(named) for source, named in parts.items()},
        {source: frozenset(named) for source, named in extended.items()},
    )


def _field_set(text: str, type_name: str, types: WrittenTypes, report: Report, node: Node) -> FieldSet:
    if not text.strip():
        return ()
    try:
        return read_field_set(text, type_name, types)
    except ValueError as error:
        report.add(INVALID, f"{type_name}: {error}", COMPOSE_AGAIN, node)
        return ()


def _coordinates(fields: FieldSet, type_name: str, types: WrittenTypes) -> Iterator[tuple[str, str]]:
    """Every (type, field) that a field set names, nested ones too; below an interface those of its types as well."""
    for part in fields:
        owner = part.on or type_name
        for name in {owner, *types.possible(owner)}:
            yield name, part.name
        returned = types.returns(owner, part.name)
        if returned:
            yield from _coordinates(part.children, returned, types)


class FieldReader:
    """Reads the fields of types into the model."""

    def __init__(
        self, features: Features, graphs: Graphs, types: WrittenTypes, keys: KeysRead, report: Report
    ) -> None:
        self.features = features
        self.graphs = graphs
        self.types = types
        self.keys = keys
        self.report = report
        self.security = Security(features, types)
        self.oldest = features.join.version in OLDEST_JOIN

    def fields(self, owner: WrittenType) -> dict[str, Field]:
        """The fields of an object, interface or input type, by name; other kinds have none."""
        return {
            name: self._field(owner, node)
            for name, node in owner.fields.items()
            if not isinstance(node, EnumValueDefinitionNode)
        }

    def _field(self, owner: WrittenType, node: FieldDefinitionNode | InputValueDefinitionNode) -> Field:
        name = node.name.value
        composed = type_ref(node.type)
        arguments = {item.name.value: type_text(item.type) for item in getattr(node, "arguments", None) or ()}
        sources = self._sources(owner, node, composed, arguments)
        if self.oldest:
            self._add_key_field(owner, name, composed, arguments, sources)
        hidden = has(node, self.features.inaccessible)
        secured = () if owner.kind is Kind.INPUT else self.security.of(owner, name)
        return Field(name, composed, sources, secured_by=secured, inaccessible=hidden)

    def _sources(
        self,
        owner: WrittenType,
        node: FieldDefinitionNode | InputValueDefinitionNode,
        composed: TypeRef,
        arguments: Mapping[str, str],
    ) -> dict[str, FieldInSource]:
        said_of = applied(node, self.features.join.directive("field"))
        if not said_of:
            everywhere = [owner.owner] if owner.owner else list(owner.sources)
            return {source: FieldInSource(composed, arguments) for source in everywhere}
        overridden = {said.text("override") for said in said_of}
        sources: dict[str, FieldInSource] = {}
        for said in said_of:
            self._refuse_unsupported(said, f"{owner.name}.{node.name.value}")
            source = self.graphs.of(said, self.report)
            if source is None:
                continue  # it comes from an interface object, through the interface's own field
            if source not in owner.sources:
                self.report.add(INVALID, f"{owner.name}.{node.name.value} is in {source}, and {owner.name} is not",
                                COMPOSE_AGAIN, said.node)  # fmt: skip
                continue
            sources[source] = self._in_source(
                owner, node.name.value, said, source, composed, arguments, overridden
            )
        return sources

    def _in_source(
        self,
        owner: WrittenType,
        name: str,
        said: Applied,
        source: str,
        composed: TypeRef,
        arguments: Mapping[str, str],
        overridden: set[str],
    ) -> FieldInSource:
        external = said.says("external") is True and (owner.name, name) not in self.keys.extended.get(
            source, ()
        )
        own_type = self._own_type(said, composed)
        requires = _field_set(said.text("requires"), owner.name, self.types, self.report, said.node)
        provides = _field_set(said.text("provides"), own_type.name, self.types, self.report, said.node)
        external = external or said.says("usedOverridden") is True or source in overridden
        return FieldInSource(own_type, arguments, external, requires, provides)

    def _own_type(self, said: Applied, composed: TypeRef) -> TypeRef:
        text = said.text("type")
        if not text:
            return composed
        try:
            own = type_ref(parse_type(text, no_location=True, max_tokens=200))
        except (GraphQLError, RecursionError):
            self.report.add(INVALID, f"{text[:60]!r} is no type", COMPOSE_AGAIN, said.node)
            return composed
        if own.lists != composed.lists:
            self.report.add(INVALID, f"{text[:60]!r} does not fit {composed.text}", COMPOSE_AGAIN, said.node)
        return own

    def _refuse_unsupported(self, said: Applied, coordinate: str) -> None:
        if said.text("overrideLabel"):
            self.report.add(UNSUPPORTED, f"{coordinate} is overridden progressively, by a label",
                            "take `label` out of its @override and compose again", said.node)  # fmt: skip
        if said.values.get("contextArguments"):
            self.report.add(UNSUPPORTED, f"{coordinate} takes an argument from a context (@fromContext)",
                            "take @context and @fromContext out and compose again", said.node)  # fmt: skip

    def _add_key_field(
        self,
        owner: WrittenType,
        name: str,
        composed: TypeRef,
        arguments: Mapping[str, str],
        sources: dict[str, FieldInSource],
    ) -> None:
        """Join v0.1 and v0.2 write no `join__field` for the key fields of the sources that extend a type."""
        for source in owner.sources:
            if source not in sources and (owner.name, name) in self.keys.parts.get(source, ()):
                sources[source] = FieldInSource(composed, arguments)
