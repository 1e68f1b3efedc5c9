"""How much validation will have to compare, counted before it begins.

FieldsInSetCanMerge (GraphQL specification, section 5.3.2) compares each two selections under one response key,
fragments entered and the children of equal keys merged, so a small text can ask for millions of comparisons.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.errors import RequestRefused
from gateway.operation.limits import OperationLimits, exceeded

_SQUARES: Final = 24
"""All comparisons together may be this many times the square of `repeats`: one or two seconds of validation at worst."""
_HEAVY: Final = 3
"""What a comparison with arguments or children costs, next to that of two plain leaves."""
_WORK: Final = 4
"""Counting itself may look at this many times `selections`: a document can hold operations that are not run."""


def check_repeats(document: DocumentNode, limits: OperationLimits) -> None:
    """Raise RequestRefused when response keys repeat so often that validation would take long to compare them."""
    counting = _Counting(document, limits)
    for item in document.definitions:
        if isinstance(item, OperationDefinitionNode):
            counting.enter([item.selection_set])
    for item in document.definitions:
        if isinstance(item, FragmentDefinitionNode) and item.name.value not in counting.entered:
            counting.enter([item.selection_set])


def too_repetitive(limits: OperationLimits) -> RequestRefused:
    """The refusal of a document that validation cannot compare within bounds."""
    return exceeded(
        "repeats", _SQUARES * limits.repeats**2, "comparisons of selections under equal response keys"
    )


class _Counting:
    def __init__(self, document: DocumentNode, limits: OperationLimits) -> None:
        self.fragments = {
            item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)
        }
        self.limits = limits
        self.entered: set[str] = set()
        self.seen: set[frozenset[int]] = set()
        self.comparisons = 0
        self.looked_at = 0

    def enter(self, sets: list[SelectionSetNode]) -> None:
        """Count a merged selection set and all below it. Fragments may be cyclic: no group is counted twice."""
        waiting = [sets]
        while waiting:
            for group in self._flattened(waiting.pop()):
                # By identity: equal nodes stand in different places, and hashing one walks all below it.
                known = frozenset(map(id, group))
                if known in self.seen:
                    continue
                self.seen.add(known)
                plain = not any(item.arguments or item.selection_set for item in group)
                self._compare(len(group), 1 if plain else _HEAVY)
                inner = [item.selection_set for item in group if item.selection_set]
                if inner:
                    waiting.append(inner)

    def _flattened(self, sets: Iterable[SelectionSetNode]) -> list[list[FieldNode]]:
        """The fields by response key; each named fragment is entered once."""
        groups: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        waiting = list(sets)
        while waiting:
            node = waiting.pop()
            direct: Counter[str] = Counter()
            for item in node.selections:
                self._look()
                if isinstance(item, FieldNode):
                    key = (item.alias or item.name).value
                    groups.setdefault(key, []).append(item)
                    direct[key] += 1
                elif isinstance(item, InlineFragmentNode):
                    waiting.append(item.selection_set)
                elif isinstance(item, FragmentSpreadNode) and item.name.value not in spread:
                    spread.add(item.name.value)
                    if item.name.value in self.fragments:
                        waiting.append(self.fragments[item.name.value].selection_set)
            if direct and max(direct.values()) > self.limits.repeats:
                raise exceeded("repeats", self.limits.repeats, "selections under one response key")
        self.entered |= spread
        self._compare(len(spread), _HEAVY)
        return list(groups.values())

    def _compare(self, count: int, weight: int) -> None:
        self.comparisons += weight * count * (count - 1) // 2
        if self.comparisons > _SQUARES * self.limits.repeats**2:
            raise too_repetitive(self.limits)

    def _look(self) -> None:
        self.looked_at += 1
        if self.looked_at > _WORK * self.limits.selections:
            raise exceeded("selections", self.limits.selections, "selections, fragments merged in")
