"""Normalisation: fragments merged in, type conditions as sets of concrete types, conditions kept apart.

What CollectFields does for one object and one set of variables (GraphQL specification, section 6.3.2) is done
here once for all: each selection set becomes, per response key, selections for disjoint sets of types.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    print_ast,
)

from connectors.base import ALWAYS, Condition
from gateway.constraints import Needs
from gateway.operation.conditions import CONDITIONS, NEVER, both, condition_of, either
from gateway.operation.introspection import check_nowhere_else, introspection_of, meta_fields
from gateway.operation.limits import OperationLimits, exceeded
from gateway.operation.model import Argument, Directive, Operation, OperationKind, Selection, Slot, walk
from gateway.supergraph.model import ROOTS, Supergraph


def normalise(
    key: str,
    document: DocumentNode,
    definition: OperationDefinitionNode,
    supergraph: Supergraph,
    limits: OperationLimits,
) -> Operation:
    """Normalise one operation of a validated document. Raises RequestRefused past `limits.selections`."""
    taken = frozenset(item.variable.name.value for item in definition.variable_definitions or ())
    work = _Normaliser(document, supergraph, limits, taken)
    kind = OperationKind(definition.operation.value)
    root = frozenset({kind.root_type})
    items = work.flatten(definition.selection_set, root, ALWAYS)
    selections = work.merge(items)
    check_nowhere_else(selections)
    places = ((item.response, item.condition, item.node) for item in items)
    asked = introspection_of(meta_fields(places), work.fragments, limits)
    return Operation(
        key=key,
        kind=kind,
        name=definition.name.value if definition.name else None,
        selections=selections,
        slots=work.slots,
        needs=_needs(selections, supergraph),
        document=document,
        definition=definition,
        condition_variables=frozenset(
            name for selection in walk(selections) for name in selection.condition.variables
        ).union(asked.conditions if asked else ()),
        introspection=asked,
        directives=work.directives(definition, around=False),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """One field as it stands in the text, with the types and the condition under which it applies."""

    response: str
    node: FieldNode
    arguments: tuple[Argument, ...]
    types: frozenset[str]
    condition: Condition
    directives: tuple[Directive, ...]


class _Normaliser:
    def __init__(
        self,
        document: DocumentNode,
        supergraph: Supergraph,
        limits: OperationLimits,
        taken: frozenset[str],
    ) -> None:
        self.fragments = {
            item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)
        }
        self.supergraph = supergraph
        self.limits = limits
        self.slots: dict[str, Slot] = {}
        self.slot_names: dict[tuple[str, str], str] = {}
        self.free_names = (name for name in map("a{}".format, count()) if name not in taken)
        self.count = 0
        self.public: dict[str, frozenset[str]] = {}

    def flatten(self, node: SelectionSetNode, types: frozenset[str], condition: Condition) -> list[_Item]:
        """The fields of a selection set and of all its fragments, in order."""
        items: list[_Item] = []
        seen: set[tuple[object, ...]] = set()
        self._flatten(node.selections, types, condition, (), items, seen)
        return items

    def _flatten(
        self,
        nodes: Sequence[SelectionNode],
        types: frozenset[str],
        condition: Condition,
        around: tuple[Directive, ...],
        items: list[_Item],
        seen: set[tuple[object, ...]],
    ) -> None:
        """`around`: directives on the fragments that are entered; `seen`: spreads that need not be entered again."""
        for node in nodes:
            self._count()
            under = both(condition, condition_of(node.directives or ()))
            if under == NEVER:
                continue
            if isinstance(node, FieldNode):
                items.append(self._item(node, types, under, around))
                continue
            inside = (*around, *self.directives(node, around=True))
            fragment: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                inside += self.directives(fragment, around=True)
                spread = (node.name.value, types, under, inside)
                if spread in seen:
                    continue
                seen.add(spread)
            else:
                assert isinstance(node, InlineFragmentNode)
                fragment = node
            narrowed = types
            if fragment.type_condition is not None:
                narrowed = types & self._possible(fragment.type_condition.name.value)
            if narrowed:
                self._flatten(fragment.selection_set.selections, narrowed, under, inside, items, seen)

    def _possible(self, type_name: str) -> frozenset[str]:
        """The concrete types of the public schema that an object of this type can have; none for leaves."""
        if type_name not in self.public:
            self.public[type_name] = self.supergraph.public_types(type_name)
        return self.public[type_name]

    def directives(
        self, node: OperationDefinitionNode | SelectionNode | FragmentDefinitionNode, around: bool
    ) -> tuple[Directive, ...]:
        """The directives for sources that stand on a node."""
        found = []
        for item in node.directives or ():
            known = self.supergraph.schema.get_directive(item.name.value)
            if known is not None and known.name not in CONDITIONS:
                arguments = self._slotted(item.arguments or (), known.args)
                found.append(Directive(known.name, arguments, around))
        return tuple(found)

    def _item(
        self, node: FieldNode, types: frozenset[str], condition: Condition, around: tuple[Directive, ...]
    ) -> _Item:
        response = (node.alias or node.name).value
        arguments = self._arguments(node, types)
        directives = (*around, *self.directives(node, around=False))
        self._count(len(directives))  # those of fragments around each other multiply by the fields inside
        return _Item(response, node, arguments, types, condition, directives)

    def _arguments(self, node: FieldNode, types: frozenset[str]) -> tuple[Argument, ...]:
        if not node.arguments:
            return ()
        owner = self.supergraph.schema.type_map[min(types)]
        assert isinstance(owner, (GraphQLObjectType, GraphQLInterfaceType))
        known = owner.fields.get(node.name.value)
        if known is None:
            return ()  # __type(name:) belongs to introspection
        return self._slotted(node.arguments, known.args)

    def _slotted(
        self, given: Sequence[ArgumentNode], known: Mapping[str, GraphQLArgument]
    ) -> tuple[Argument, ...]:
        """The given arguments by name; those that take a default value need no slot: sources know theirs."""
        found = []
        for item in sorted(given, key=lambda item: item.name.value):
            definition = known[item.name.value]
            identity = (print_ast(item.value), str(definition.type))
            if identity not in self.slot_names:
                self.slot_names[identity] = next(self.free_names)
            name = self.slot_names[identity]
            self.slots[name] = Slot(item.value, definition.type)
            found.append(Argument(item.name.value, name))
        return tuple(found)

    def merge(self, items: Iterable[_Item]) -> tuple[Selection, ...]:
        """Selections from items: per response key, one for each set of types that is treated alike."""
        by_response: dict[str, list[tuple[int, _Item]]] = {}
        for position, item in enumerate(items):
            by_response.setdefault(item.response, []).append((position, item))
        groups = [group for same in by_response.values() for group in _treated_alike(same)]
        # Each concrete type gets its fields in the order in which they first apply to it.
        groups.sort(key=lambda group: group[0][0][0])
        return tuple(self._selection(group, types) for group, types in groups)

    def _selection(self, placed: "_Group", types: frozenset[str]) -> Selection:
        self._count()
        condition = NEVER
        group = [item for _, item in placed]
        for item in group:
            condition = either(condition, item.condition)
        first = group[0]
        field = first.node.name.value
        inner: list[_Item] = []
        target = self._target(field, types)
        for item in group:
            if item.node.selection_set is not None and target:
                under = ALWAYS if item.condition == condition else item.condition
                inner += self.flatten(item.node.selection_set, target, under)
        turns = tuple((position, item.condition) for position, item in placed)
        return Selection(
            first.response,
            field,
            types,
            first.arguments,
            condition,
            children=self.merge(inner),
            turns=turns,
            directives=_united(group, condition),
        )

    def _target(self, field: str, types: frozenset[str]) -> frozenset[str]:
        """The concrete types that the field can lead to; empty for leaves and for introspection."""
        targets: frozenset[str] = frozenset()
        for name in types:
            owner = self.supergraph.schema.type_map[name]
            assert isinstance(owner, GraphQLObjectType | GraphQLInterfaceType)
            known = owner.fields.get(field)
            if known is not None:
                targets |= self._possible(get_named_type(known.type).name)
        return targets

    def _count(self, number: int = 1) -> None:
        self.count += number
        if self.count > self.limits.selections:
            raise exceeded("selections", self.limits.selections, "selections, fragments merged in")


_Group = tuple[tuple[int, _Item], ...]
"""Items under one response key, each with its position among all items of the selection set."""


def _treated_alike(items: list[tuple[int, _Item]]) -> Iterator[tuple[_Group, frozenset[str]]]:
    """Partition the types of items under one response key by which of the items apply to them."""
    groups: dict[tuple[int, ...], set[str]] = {}
    if len({item.types for _, item in items}) == 1:
        yield tuple(items), items[0][1].types
        return
    for name in sorted({name for _, item in items for name in item.types}):
        signature = tuple(index for index, (_, item) in enumerate(items) if name in item.types)
        groups.setdefault(signature, set()).add(name)
    for signature, types in groups.items():
        yield tuple(items[index] for index in signature), frozenset(types)


def _united(items: Iterable[_Item], condition: Condition) -> tuple[Directive, ...]:
    """The directives of all items that are one selection under this condition, those that are the same once."""
    found: tuple[Directive, ...] = ()
    for item in items:
        under = ALWAYS if item.condition == condition else item.condition
        own = tuple(replace(directive, condition=under) for directive in item.directives)
        found += tuple(directive for directive in own if directive not in found)
    return found


def _needs(selections: tuple[Selection, ...], supergraph: Supergraph) -> Needs:
    fields: set[tuple[str, str]] = set()
    roots: set[tuple[str, str]] = set()
    types: set[str] = set()
    for selection in walk(selections):
        if selection.field.startswith("__"):
            continue
        for name in selection.types:
            (roots if name in ROOTS else fields).add((name, selection.field))
            types |= supergraph.public_types(supergraph.returned(name, selection.field).name)
    return Needs(frozenset(fields), frozenset(types), frozenset(roots))
