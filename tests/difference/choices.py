"""Choices that hypothesis makes: whatever is drawn here, it can make simpler.

The first of several items and the least of numbers is the simplest; what is unlikely is left out first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

Item = TypeVar("Item")


@cache
def _between(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@dataclass
class Choices:
    """Draws by hypothesis. `likelier`: chances, in per cent, that a theme sets in place of the usual ones, by name."""

    draw: Callable[[st.SearchStrategy[Any]], Any]  # Any: what the strategy makes
    likelier: Mapping[str, int] = field(default_factory=dict)

    def number(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both possible."""
        found: int = self.draw(_between(low, high)) if low < high else low
        return found

    def chance(self, percent: int, name: str = "") -> bool:
        """True in so many of a hundred cases; `name`: what a theme may make likelier."""
        percent = self.likelier.get(name, percent)
        return 0 < percent and self.number(0, 99) >= 100 - percent

    def one(self, items: Sequence[Item]) -> Item:
        """One of these. Raises LookupError when there is none."""
        if not items:
            raise LookupError("nothing to choose from")
        return items[self.number(0, len(items) - 1)]

    def some(self, items: Iterable[Item], low: int, high: int) -> list[Item]:
        """From `low` to `high` of these, as far as there are so many; in the order in which they were chosen."""
        left = list(items)
        wanted = self.number(min(low, len(left)), min(high, len(left)))
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(wanted)]
