"""Security directives (`@authenticated`, `@requiresScopes`, `@policy`): which of them stand before a field.

A field is secured by those on itself, on its type and on the type that it returns. Composition copies what secures
implementing types up to their interfaces; what an interface says and no type that implements it does was written
there by hand, and secures the field on every one of them: nobody reads around an interface what it secures.
A field that an interface object supplies is secured on every type by what stands on it there.
"""

from graphql import EnumValueDefinitionNode, Node

from gateway.supergraph.join.document import applied
from gateway.supergraph.join.features import Features
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.type_refs import type_ref

_NOTHING: frozenset[str] = frozenset()


class Security:
    """Answers which security directives hold for a field, by the specification's names."""

    def __init__(self, features: Features, types: WrittenTypes) -> None:
        self._names = features.secured
        self._join_field = features.join.directive("field")
        self._types = types
        self._of_types = {name: self._on(found.node) for name, found in types.by_name.items()}
        self._by_hand: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, owner: WrittenType, field: str) -> tuple[str, ...]:
        """The directives that secure a field, in order of name."""
        node = owner.fields[field]
        returned = "" if isinstance(node, EnumValueDefinitionNode) else type_ref(node.type).name
        found = self._said_of(owner, field) | self._of_types.get(returned, _NOTHING)
        for name in owner.interfaces if self._names else ():
            interface = self._types.by_name[name]
            if field in interface.fields:
                found |= self._written_by_hand(interface, field)
                found |= self._of_interface_object(interface, field, node)
        return tuple(sorted(found))

    def _written_by_hand(self, interface: WrittenType, field: str) -> frozenset[str]:
        """What an interface says of its field and none of the types that implement it says."""
        known = self._by_hand.get((interface.name, field))
        if known is None:
            known = self._said_of(interface, field)
            for name in self._types.possible(interface.name) if known else ():
                known -= self._said_of(self._types.by_name[name], field)
            self._by_hand[interface.name, field] = known
        return known

    def _of_interface_object(self, interface: WrittenType, field: str, node: Node) -> frozenset[str]:
        """What stands on a field that the type at `node` has from interface objects alone (`join__field` without graph).

        Whatever its types say besides: composition may have copied nothing down.
        """
        if not any(item.interface_object for item in interface.sources.values()):
            return _NOTHING
        comes_from_there = any(not said.text("graph") for said in applied(node, self._join_field))
        return self._on(interface.fields[field]) if comes_from_there else _NOTHING

    def _said_of(self, owner: WrittenType, field: str) -> frozenset[str]:
        return self._on(owner.fields[field]) | self._of_types[owner.name]

    def _on(self, node: Node) -> frozenset[str]:
        return frozenset(
            self._names[item.name.value]
            for item in getattr(node, "directives", None) or ()
            if item.name.value in self._names
        )
