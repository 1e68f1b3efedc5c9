"""What fields return in single sources, where that is not what they return in the supergraph (`join__field(type:)`).

A source writes its keys and what it provides against its own types.
"""

from collections.abc import Iterator, Mapping

from graphql import EnumValueDefinitionNode, GraphQLError, Node, parse_type

from gateway.supergraph.join.document import applied
from gateway.supergraph.join.types import WrittenTypes
from gateway.supergraph.type_refs import type_ref

MAX_TYPE_TOKENS = 200
"""Of a type that is written as a text."""


class OwnTypes:
    """The types as one source has them, as far as field sets ask (`field_sets.Shapes`)."""

    def __init__(self, merged: WrittenTypes, returned: Mapping[tuple[str, str], str]) -> None:
        self._merged = merged
        self._returned = returned

    def possible(self, type_name: str) -> frozenset[str]:
        """The concrete types of a type in the whole supergraph; empty for leaves and inputs."""
        return self._merged.possible(type_name)

    def returns(self, type_name: str, field: str) -> str | None:
        """The name of the type that a field returns in the source, or None."""
        return self._returned.get((type_name, field)) or self._merged.returns(type_name, field)


def read_own_types(types: WrittenTypes, join_field: str, sources: Mapping[str, str]) -> dict[str, OwnTypes]:
    """Per source whose types differ from the supergraph's, its own. `sources`: by name of the graph.

    What is wrong with a type is found where the field is read, and is passed over here.
    """
    returned: dict[str, dict[tuple[str, str], str]] = {}
    for owner in types.by_name.values():
        for name, node in owner.fields.items():
            if isinstance(node, EnumValueDefinitionNode):
                continue
            merged = type_ref(node.type).name
            for graph, own in _said(node, join_field):
                if graph in sources and own != merged and own in types.by_name:
                    returned.setdefault(sources[graph], {})[owner.name, name] = own
    return {source: OwnTypes(types, own) for source, own in returned.items()}


def _said(node: Node, join_field: str) -> Iterator[tuple[str, str]]:
    """Each graph that says what type a field has there, and the name of that type."""
    for said in applied(node, join_field):
        text = said.text("type")
        if text:
            try:
                yield (
                    said.text("graph"),
                    type_ref(parse_type(text, no_location=True, max_tokens=MAX_TYPE_TOKENS)).name,
                )
            except GraphQLError:
                continue
