"""Security directives (`@authenticated`, `@requiresScopes`, `@policy`): which of them stand before a field.

A field is secured by those on itself, on its type, on the type that it returns, and on the interface fields that it
implements: nobody reads through an interface what the interface secures, nor around it.
"""

from collections.abc import Mapping

from graphql import EnumValueDefinitionNode, Node

from gateway.supergraph.join.features import Features
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.source_schema import type_ref


class Security:
    """Answers which security directives hold for a field, by the specification's names."""

    def __init__(self, features: Features, types: WrittenTypes) -> None:
        self._names = features.secured
        self._types = types
        self._of_types = {name: self._on(found.node) for name, found in types.by_name.items()}

    def of(self, owner: WrittenType, field: str) -> tuple[str, ...]:
        """The directives that secure a field, in order of name."""
        found = self._of_field(owner, field)
        for name in owner.interfaces:
            interface = self._types.by_name[name]
            if field in interface.fields:
                found |= self._of_field(interface, field)
        return tuple(sorted(found))

    def _of_field(self, owner: WrittenType, field: str) -> frozenset[str]:
        node = owner.fields[field]
        returned = "" if isinstance(node, EnumValueDefinitionNode) else type_ref(node.type).name
        return self._on(node) | self._of_types[owner.name] | self._of_types.get(returned, frozenset())

    def _on(self, node: Node) -> frozenset[str]:
        names: Mapping[str, str] = self._names
        return frozenset(
            names[item.name.value]
            for item in getattr(node, "directives", None) or ()
            if item.name.value in names
        )
