"""Fields of a composed supergraph: which sources have them, and how far they resolve them (`join__field`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    InputValueDefinitionNode,
    Node,
    parse_type,
)

from gateway.supergraph.join.contexts import Contexts
from gateway.supergraph.join.document import (
    COMPOSE_AGAIN,
    INVALID,
    Applied,
    Report,
    applied,
    has,
)
from gateway.supergraph.join.features import OLDEST_JOIN, Features
from gateway.supergraph.join.keys import FieldSets, Keys
from gateway.supergraph.join.own_types import MAX_TYPE_TOKENS
from gateway.supergraph.join.security import Security
from gateway.supergraph.join.sources import Graphs
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.model import Field, FieldInSource, Kind, ProgressiveOverride, TypeRef
from gateway.supergraph.type_refs import BUILT_IN_SCALARS, type_ref, type_text


class FieldReader:
    """Reads the fields of types into the model."""

    def __init__(
        self,
        features: Features,
        graphs: Graphs,
        types: WrittenTypes,
        field_sets: FieldSets,
        keys: Keys,
        contexts: Contexts,
        report: Report,
    ) -> None:
        self.features = features
        self.graphs = graphs
        self.types = types
        self.field_sets = field_sets
        self.keys = keys
        self.contexts = contexts
        self.report = report
        self.security = Security(features, types)
        self.oldest = features.join.version in OLDEST_JOIN

    def fields(self, owner: WrittenType) -> dict[str, Field]:
        """The fields of an object, interface or input type, by name; other kinds have none."""
        return {
            name: self._field(self._written(owner, node))
            for name, node in owner.fields.items()
            if not isinstance(node, EnumValueDefinitionNode)
        }

    def _written(
        self, owner: WrittenType, node: FieldDefinitionNode | InputValueDefinitionNode
    ) -> "_Written":
        arguments = getattr(node, "arguments", None) or ()
        for item in (node, *arguments):
            self._check_exists(type_ref(item.type), item)
        texts = {item.name.value: type_text(item.type) for item in arguments}
        return _Written(owner, node.name.value, node, type_ref(node.type), texts)

    def _field(self, written: "_Written") -> Field:
        said_of = applied(written.node, self.features.join.directive("field"))
        sources = self._sources(written, said_of)
        if self.oldest:
            self._add_key_field(written, sources)
        hidden = has(written.node, self.features.inaccessible)
        owner, name = written.owner, written.name
        secured = () if owner.kind is Kind.INPUT else self.security.of(owner, name)
        return Field(
            name, written.type, sources, secured_by=secured, inaccessible=hidden, moves=self._moves(said_of)
        )

    def _moves(self, said_of: Sequence[Applied]) -> tuple[ProgressiveOverride, ...]:
        return tuple(
            ProgressiveOverride(label, old, new)
            for said in said_of
            if (label := said.text("overrideLabel")) and (old := said.text("override"))
            if (new := self.graphs.names.get(said.text("graph"))) is not None
        )

    def _sources(self, written: "_Written", said_of: Sequence[Applied]) -> dict[str, FieldInSource]:
        owner = written.owner
        if not said_of:
            everywhere = [owner.owner] if owner.owner else list(owner.sources)
            return dict.fromkeys(everywhere, FieldInSource(written.type, written.arguments))
        overridden = {said.text("override") for said in said_of if not said.text("overrideLabel")}
        sources: dict[str, FieldInSource] = {}
        for said in said_of:
            source = self.graphs.of(said, self.report)
            if source is None:
                continue  # it comes from an interface object, through the interface's own field
            if source in owner.sources:
                sources[source] = self._in_source(written, said, source, overridden)
            else:
                self.report.add(INVALID, f"{written} is in {source}, and {owner.name} is not",
                                COMPOSE_AGAIN, said.node)  # fmt: skip
        return sources

    def _in_source(
        self, written: "_Written", said: Applied, source: str, overridden: set[str]
    ) -> FieldInSource:
        external = said.says("external") is True and not self.keys.extends(
            source, written.owner, written.name
        )
        gone = source in overridden or _has_lost(said)
        own_type = self._own_type(written, said)
        read = self.field_sets.read
        requires = read(said.text("requires"), written.owner.name, said.node, self.types)
        shapes = self.field_sets.shapes(source)
        provides = read(said.text("provides"), own_type.name, said.node, shapes)
        taken = self.contexts.arguments(said.values.get("contextArguments"), said.node)
        return FieldInSource(own_type, written.arguments, external or gone, requires, provides, taken)

    def _own_type(self, written: "_Written", said: Applied) -> TypeRef:
        text = said.text("type")
        if not text:
            return written.type
        try:
            own = type_ref(parse_type(text, no_location=True, max_tokens=MAX_TYPE_TOKENS))
        except GraphQLError:
            self.report.add(INVALID, f"{written} has {text[:60]!r} as a type", COMPOSE_AGAIN, said.node)
            return written.type
        if own.lists != written.type.lists:
            self.report.add(INVALID, f"{written} is {text[:60]!r} in a source, which does not fit",
                            COMPOSE_AGAIN, said.node)  # fmt: skip
        self._check_exists(own, said.node)
        return own

    def _check_exists(self, type_: TypeRef, node: Node) -> None:
        if type_.name not in self.types.by_name and type_.name not in BUILT_IN_SCALARS:
            self.report.add(INVALID, f"the type {type_.name[:60]} does not exist", COMPOSE_AGAIN, node)

    def _add_key_field(self, written: "_Written", sources: dict[str, FieldInSource]) -> None:
        """Join v0.1 and v0.2 write no `join__field` for the key fields of the sources that extend a type."""
        for source in written.owner.sources:
            if source not in sources and self.keys.names(source, written.owner, written.name):
                sources[source] = FieldInSource(written.type, written.arguments)


def _has_lost(said: Applied) -> bool:
    """Whether a source leaves the field to another while no label is active: of a move by label, the new source does."""
    if said.text("overrideLabel"):
        return bool(said.text("override"))
    return said.says("usedOverridden") is True


@dataclass(frozen=True, slots=True)
class _Written:
    """A field as the supergraph writes it: its composed type, and its arguments with the texts of their types."""

    owner: WrittenType
    name: str
    node: FieldDefinitionNode | InputValueDefinitionNode
    type: TypeRef
    arguments: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.owner.name}.{self.name}"
