"""Security requirements over several sources: all of them hold (`@requiresScopes`, `@policy`)."""

from collections.abc import Iterable
from math import prod

Alternatives = tuple[tuple[str, ...], ...]
"""What is required: one of these groups, all of whose names must be held. `()` and `((),)`: nothing."""

MAX_ALTERNATIVES = 256
"""More groups than this are not multiplied out; then everything that any source names is required."""

_NOTHING: Alternatives = ((),)


def all_of(required: Iterable[Alternatives]) -> Alternatives | None:
    """The alternatives that satisfy every source's own; None when no source requires anything.

    What all sources say in the same words stays as they say it.
    """
    said = list(dict.fromkeys(required))
    if len(said) < 2:
        return said[0] if said else None
    if too_many(said):
        return (tuple(dict.fromkeys(name for own in said for group in own for name in group)),)
    merged = _NOTHING
    for own in said:
        merged = _shortest(
            tuple(dict.fromkeys((*left, *right))) for left in merged for right in own or _NOTHING
        )
    return merged


def too_many(required: Iterable[Alternatives]) -> bool:
    """True when the sources' alternatives are too many to be multiplied out."""
    said = dict.fromkeys(required)
    return len(said) > 1 and prod(max(len(own), 1) for own in said) > MAX_ALTERNATIVES


def implies(held: Alternatives | None, required: Alternatives | None) -> bool:
    """True when whoever satisfies `held` satisfies `required` too."""
    if not required:
        return True
    groups = [frozenset(group) for group in held or _NOTHING]
    return all(any(group.issuperset(wanted) for wanted in required) for group in groups)


def _shortest(alternatives: Iterable[tuple[str, ...]]) -> Alternatives:
    """Without those that ask for more than another does, the smaller ones first."""
    kept: list[frozenset[str]] = []
    groups: list[tuple[str, ...]] = []
    for group in sorted(alternatives, key=len):
        names = frozenset(group)
        if not any(less <= names for less in kept):
            kept.append(names)
            groups.append(group)
    return tuple(groups)
