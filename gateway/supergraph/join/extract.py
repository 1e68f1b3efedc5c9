"""A source's own schema, taken out of the supergraph: what it has, in its own words (Federation 2 SDL)."""

from collections.abc import Iterator, Mapping, Sequence

from graphql import DirectiveDefinitionNode, Node, StringValueNode, print_ast

from gateway.supergraph.join.document import applied
from gateway.supergraph.join.features import Features
from gateway.supergraph.join.public import ROOT_NAMES
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.model import FieldInSource, Kind, Type
from gateway.supergraph.type_refs import BUILT_IN_SCALARS, type_ref, type_text

_HEAD = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: '
    '["@key", "@external", "@requires", "@provides", "@interfaceObject"])'
)
_WORDS = {Kind.OBJECT: "type", Kind.INTERFACE: "interface", Kind.INPUT: "input"}


class Extraction:
    """Prints the schemas of single sources.

    `graphs`: source → its name in the document's directives; `directives`: those for operations, which every source
    defines.
    """

    def __init__(
        self,
        features: Features,
        written: WrittenTypes,
        types: Mapping[str, Type],
        graphs: Mapping[str, str],
        directives: Sequence[DirectiveDefinitionNode],
    ) -> None:
        self.join = features.join
        self.written = written
        self.types = types
        self.graphs = graphs
        self.directives = directives
        self._by_source: dict[str, list[str]] = {}
        for name, known in sorted(types.items()):
            for source in known.sources:
                self._by_source.setdefault(source, []).append(name)
        self._around: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, source: str) -> str:
        """The schema of `source`; root types and others without a field there are left out."""
        printed = (
            self._type(self.written.by_name[name], self.types[name], source)
            for name in self._by_source.get(source, ())
        )
        directives = (self._directive(node) for node in self.directives if self._has_types(node, source))
        return "\n\n".join([_HEAD, *directives, *(text for text in printed if text)]) + "\n"

    def _has_types(self, node: DirectiveDefinitionNode, source: str) -> bool:
        """Whether the source has the types of a directive's arguments; else it cannot define the directive so."""
        named = {type_ref(item.type).name for item in node.arguments or ()} - BUILT_IN_SCALARS
        return all(name in self.types and source in self.types[name].sources for name in named)

    def _directive(self, node: DirectiveDefinitionNode) -> str:
        locations = " | ".join(location.value for location in node.locations)
        return (
            f"directive @{node.name.value}{_arguments(node)}"
            f"{' repeatable' if node.repeatable else ''} on {locations}"
        )

    def _type(self, written: WrittenType, known: Type, source: str) -> str:
        """A type as the source has it. One that has lost its fields to overrides has none, but for root types."""
        if known.kind is Kind.SCALAR:
            return f"scalar {known.name}"
        if known.kind is Kind.UNION:
            members = " | ".join(sorted(known.sources[source].possible))
            return f"union {known.name}" + (f" = {members}" if members else "")
        if known.kind is Kind.ENUM:
            values = " ".join(self._values(written, source))
            return f"enum {known.name}" + (f" {{ {values} }}" if values else "")
        fields = "\n".join(self._fields(written, known, source))
        if not fields and known.name in ROOT_NAMES:
            return ""
        return self._head(written, known, source) + (f" {{\n{fields}\n}}" if fields else "")

    def _values(self, written: WrittenType, source: str) -> list[str]:
        """The values of an enum that the source has; where nothing says so (join v0.1, v0.2), all of them."""
        said = {
            name: {item.text("graph") for item in applied(node, self.join.directive("enumValue"))}
            for name, node in written.fields.items()
        }
        some = any(said.values())
        return [name for name, graphs in said.items() if not some or self.graphs[source] in graphs]

    def _head(self, written: WrittenType, known: Type, source: str) -> str:
        part, said = written.sources[source], known.sources[source]
        text = f"{_WORDS[said.kind]} {known.name}"
        if said.interfaces:
            text += " implements " + " & ".join(said.interfaces)
        for key in part.keys:
            text += f" @key(fields: {_quoted(key.text)}" + (")" if key.resolvable else ", resolvable: false)")
        return text + (" @interfaceObject" if said.interface_object else "")

    def _fields(self, written: WrittenType, known: Type, source: str) -> Iterator[str]:
        for name, item in known.fields.items():
            said = item.sources.get(source)
            if said is not None:
                before, after = self._printed(written.name, name, written.fields[name])
                external = said.external and source not in item.ever_resolvers
                yield f"  {name}{before}: {said.type.text}{after}{_directives(said, external)}"

    def _printed(self, type_name: str, name: str, node: Node) -> tuple[str, str]:
        """What stands around a field's type, the same in every source: arguments and default value."""
        known = self._around.get((type_name, name))
        if known is None:
            known = self._around[type_name, name] = (_arguments(node), _default(node))
        return known


def _directives(said: FieldInSource, external: bool) -> str:
    text = " @external" if external else ""
    for name, fields in (("requires", said.requires), ("provides", said.provides)):
        if fields:
            text += f" @{name}(fields: {_quoted(' '.join(map(str, fields)))})"
    return text


def _arguments(node: Node) -> str:
    arguments = ", ".join(
        f"{item.name.value}: {type_text(item.type)}{_default(item)}"
        for item in getattr(node, "arguments", None) or ()
    )
    return f"({arguments})" if arguments else ""


def _default(node: Node) -> str:
    value = getattr(node, "default_value", None)
    return f" = {print_ast(value)}" if value is not None else ""


def _quoted(text: str) -> str:
    return print_ast(StringValueNode(value=text))
