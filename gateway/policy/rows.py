"""Sets of rows as ORs of ANDs of guard terms, and the simplest way to say who sees what on them.

Inside the policy a set of rows is a set of *alternatives*, each a set of terms that all
hold. One type's terms are told apart by their guard's name alone, which orders them.
"""

from collections.abc import Iterable
from itertools import product
from typing import TypeAlias

from connectors.base import GuardTerm, RowFilter
from gateway.constraints import Candidate, Mask, Permit

Terms: TypeAlias = frozenset[GuardTerm]
Alternatives: TypeAlias = frozenset[Terms]


def absorbed(alternatives: Iterable[Terms]) -> Alternatives:
    """The same rows without alternatives that a weaker one already covers."""
    kept: list[Terms] = []
    for terms in sorted(set(alternatives), key=len):
        if not any(weaker <= terms for weaker in kept):
            kept.append(terms)
    return frozenset(kept)


def both(one: Alternatives, other: Alternatives) -> Alternatives:
    """The rows that are in both sets."""
    return absorbed(left | right for left, right in product(one, other))


def covers(wide: Iterable[Terms], narrow: Alternatives) -> bool:
    """True when the terms alone show that every row of `narrow` is in `wide`."""
    wide = tuple(wide)
    return all(any(terms <= alternative for terms in wide) for alternative in narrow)


def as_filter(alternatives: Alternatives) -> RowFilter:
    """The rows in the connectors' words; equal sets give equal filters."""
    return RowFilter(tuple(sorted((_ordered(terms) for terms in alternatives), key=_names)))


def as_permit(ways: Iterable[tuple[Terms, Mask | None]], visible: Alternatives) -> Permit:
    """How a field is read on the `visible` rows, given the ways (guards, mask) in which it may be.

    On a row a raw way wins, then the strictest mask. So the ways are taken in that order,
    and as soon as those taken hold on every visible row, the rest can decide nothing, and
    the last ones taken need no guards: where they are wrong, an earlier one is right.
    """
    by_mask: dict[Mask | None, list[Terms]] = {}
    for terms, mask in ways:
        by_mask.setdefault(mask, []).append(terms)
    always = frozenset.intersection(*visible) if visible else frozenset()
    taken: list[Terms] = []
    candidates: list[Candidate] = []
    for mask in sorted(by_mask, key=_precedence):
        taken += by_mask[mask]
        if covers(taken, visible):
            candidates.append(Candidate((), mask))
            break
        rest = absorbed(terms - always for terms in by_mask[mask])
        candidates += [Candidate(terms, mask) for terms in as_filter(rest).any_of]
    return Permit(tuple(candidates))


def _precedence(mask: Mask | None) -> tuple[int, str]:
    return (-1, "") if mask is None else (mask.rank, mask.name)


def _ordered(terms: Terms) -> tuple[GuardTerm, ...]:
    return tuple(sorted(terms, key=lambda term: term.guard))


def _names(terms: tuple[GuardTerm, ...]) -> tuple[str, ...]:
    return tuple(term.guard for term in terms)
