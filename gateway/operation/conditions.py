"""The small algebra of `@skip` and `@include`: OR and AND of conditions, kept simple and bounded."""

from collections.abc import Sequence
from typing import Final

from graphql import BooleanValueNode, DirectiveNode, VariableNode

from connectors.base import ALWAYS, Condition
from gateway.operation.limits import exceeded

CONDITIONS: Final = frozenset({"skip", "include"})
"""The directives that decide whether a selection is there."""

NEVER = Condition(frozenset())
MAX_ALTERNATIVES = 64
"""Alternatives of one condition; conditions multiply along a path, and this bounds what they can become."""

Terms = frozenset[tuple[str, bool]]


def condition_of(directives: Sequence[DirectiveNode]) -> Condition:
    """When a selection with these directives is there."""
    condition = ALWAYS
    for directive in directives:
        name = directive.name.value
        if name not in CONDITIONS or not directive.arguments:
            continue
        wanted = name == "include"
        value = directive.arguments[0].value
        if isinstance(value, BooleanValueNode):
            condition = both(condition, ALWAYS if value.value is wanted else NEVER)
        elif isinstance(value, VariableNode):
            condition = both(condition, variable_is(value.name.value, wanted))
    return condition


def variable_is(name: str, wanted: bool) -> Condition:
    """Holds when the Boolean variable has the value."""
    return Condition(frozenset({frozenset({(name, wanted)})}))


def either(left: Condition, right: Condition) -> Condition:
    """Holds when one of the two holds. Raises RequestRefused past MAX_ALTERNATIVES."""
    if left == right:
        return left
    _bounded(len(left.any_of) + len(right.any_of))
    return _simplified(left.any_of | right.any_of)


def at_least(left: Condition, right: Condition) -> Condition:
    """Holds when one of the two holds, and perhaps more often: what is fetched in vain does no harm."""
    if len(left.any_of) + len(right.any_of) > MAX_ALTERNATIVES:
        return ALWAYS
    return either(left, right)


def both(left: Condition, right: Condition) -> Condition:
    """Holds when both hold. Raises RequestRefused past MAX_ALTERNATIVES."""
    if left in (right, ALWAYS):
        return right
    if right == ALWAYS:
        return left
    _bounded(len(left.any_of) * len(right.any_of))
    pairs = (first | second for first in left.any_of for second in right.any_of)
    return _simplified(frozenset(terms for terms in pairs if not _contradicts(terms)))


def _bounded(alternatives: int) -> None:
    if alternatives > MAX_ALTERNATIVES:
        raise exceeded("conditions", MAX_ALTERNATIVES, "alternatives of @skip and @include")


def _contradicts(terms: Terms) -> bool:
    return any((name, not wanted) in terms for name, wanted in terms)


def _simplified(alternatives: frozenset[Terms]) -> Condition:
    """Drop what a weaker alternative covers, and join `x` with `not x`."""
    current = set(alternatives)
    changed = True
    while changed:
        changed = False
        for terms in sorted(current, key=lambda terms: (len(terms), sorted(terms))):
            for name, wanted in terms:
                opposite = (terms - {(name, wanted)}) | {(name, not wanted)}
                if opposite in current:
                    current -= {terms, opposite}
                    current.add(terms - {(name, wanted)})
                    changed = True
                    break
            if changed:
                break
    return Condition(frozenset(terms for terms in current if not any(other < terms for other in current)))
