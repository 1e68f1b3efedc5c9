"""Security requirements over several sources: all of them hold (`@requiresScopes`, `@policy`)."""

from collections.abc import Iterable

Alternatives = tuple[tuple[str, ...], ...]
"""What is required: one of these groups, all of whose names must be held. `((),)`: nothing; `()`: nobody may."""

MAX_ALTERNATIVES = 500
"""More groups than this are not multiplied out: nobody may, and a rule tells it."""


def all_of(required: Iterable[Alternatives]) -> Alternatives | None:
    """The alternatives that satisfy every source's own; None when no source requires anything."""
    merged: Alternatives | None = None
    for alternatives in required:
        own = _shortest(alternatives)
        if merged is None:
            merged = own
        elif len(merged) * len(own) > MAX_ALTERNATIVES**2 or len(merged) > MAX_ALTERNATIVES:
            return ()
        else:
            merged = _shortest(tuple(dict.fromkeys((*left, *right))) for left in merged for right in own)
    return merged


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
