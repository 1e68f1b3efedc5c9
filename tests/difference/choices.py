"""The choices of which a case is made: all follow from one number, which hypothesis draws.

Were each choice drawn by hypothesis, it would repeat and change what it drew before, so that of few cases many would
be alike; and to make a failing case smaller one must know what a schema is (smaller.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


@dataclass
class Choices:
    """Choices by `random`. `likelier`: chances, in per cent, that a theme sets in place of the usual ones, by name."""

    random: Random
    likelier: Mapping[str, int] = field(default_factory=dict)

    def number(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both possible."""
        return self.random.randint(low, high)

    def chance(self, percent: int, name: str = "") -> bool:
        """True in so many of a hundred cases; `name`: what a theme may make likelier."""
        return self.number(0, 99) < self.likelier.get(name, percent)

    def one(self, items: Sequence[Item]) -> Item:
        """One of these. Raises LookupError when there is none."""
        return self.random.choice(items)

    def some(self, items: Iterable[Item], low: int, high: int) -> list[Item]:
        """From `low` to `high` of these, as far as there are so many; in the order in which they were chosen."""
        known = list(items)
        return self.random.sample(known, self.number(min(low, len(known)), min(high, len(known))))
