"""Choosing: which of its options each want takes, so that the whole is shallow, then has few fetches.

Depth, fetches, keys that may be null, size, latency, names of sources, compared in that order. All combinations are
tried while there are few; else sources are taken greedily, widest first among the shallowest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from gateway.planning.budget import WorkBudget
from gateway.planning.resolution import Resolution
from gateway.planning.standing import Standing, Way
from gateway.planning.wants import Want
from gateway.supergraph.model import FieldSet, Supergraph

MAX_COMBINATIONS = 64


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer one want: into which source, with which inputs, and what it finds there.

    `sure`: one of its keys is never null.
    """

    way: Way
    target: Standing
    key: FieldSet
    requires: FieldSet
    inputs: Resolution
    inner: Resolution
    fallbacks: tuple[tuple[FieldSet, Resolution], ...] = ()
    sure: bool = True

    @property
    def identity(self) -> tuple[str, str | None, FieldSet]:
        """Wants whose options agree in this share a hop."""
        return self.way.source, self.way.entity, self.requires

    @property
    def asked(self) -> frozenset[tuple[str, str | None, int]]:
        """The fetches for this very object."""
        own = (self.way.source, self.way.entity, self.inputs.depth)
        return self.inputs.asked | self.inner.asked | {own}

    @property
    def lacks(self) -> int:
        """The selections below the want that nobody answers from there."""
        return sum(map(_leaves, self.inner.residue))

    @property
    def depth(self) -> int:
        """Dependent fetches until everything below the want is there."""
        return 1 + self.inputs.depth + self.inner.depth


Open = Sequence[tuple[list[Want], list[Option]]]
Choice = list[tuple[list[Want], Option]]


def choose(wants: Open, supergraph: Supergraph, budget: WorkBudget) -> Choice:
    """One option for each of the wants that are decided together.

    Those that share a hop come together in the answer, with one option that stands for it.
    """
    if not wants:
        return []
    combinations = prod(len(options) for _, options in wants)
    if combinations <= MAX_COMBINATIONS:
        budget.spend(combinations)
        best = min(product(*(options for _, options in wants)), key=lambda chosen: _cost(chosen, supergraph))
        picked = list(zip((together for together, _ in wants), best, strict=True))
    else:
        picked = _greedy(wants, supergraph, budget)
    return _joined(picked)


def _cost(chosen: Iterable[Option], supergraph: Supergraph) -> tuple[object, ...]:
    options = list(chosen)
    asked = frozenset[tuple[str, str | None, int]]().union(*(option.asked for option in options))
    able = {source: supergraph.sources[source].capabilities for source, _, _ in asked}
    return (
        sum(option.lacks for option in options),
        max(option.depth for option in options),
        sum(1 if able[source].batch > 1 else 2 for source, _, _ in asked)
        + sum(option.inner.below + option.inputs.below for option in options),
        sum(not option.sure for option in options),
        sum(option.inner.size + option.inputs.size for option in options),
        sum(one.latency for one in able.values()),
        [option.way.source for option in options],
    )


def _greedy(wants: Open, supergraph: Supergraph, budget: WorkBudget) -> Choice:
    picked: Choice = []
    left = list(wants)
    while left:
        covered: dict[tuple[str, str | None], list[tuple[int, int, Option]]] = {}
        for position, (together, options) in enumerate(left):
            budget.spend(len(options))
            least = min((option.lacks, option.depth) for option in options)
            for option in options:
                if (option.lacks, option.depth) == least:
                    place = (option.way.source, option.way.entity)
                    covered.setdefault(place, []).append((position, len(together), option))
        best = min(
            covered.values(),
            key=lambda found: (-sum(count for _, count, _ in found), *_cost([found[0][2]], supergraph)),
        )
        picked += [(left[position][0], option) for position, _, option in best]
        taken = {position for position, _, _ in best}
        left = [group for position, group in enumerate(left) if position not in taken]
    return picked


def _leaves(want: Want) -> int:
    return sum(map(_leaves, want.children)) if want.children else 1


def _joined(picked: Choice) -> Choice:
    joined: dict[object, tuple[list[Want], Option]] = {}
    for together, option in picked:
        joined.setdefault(option.identity, ([], option))[0].extend(together)
    return list(joined.values())
