"""The name that a misspelt one may stand for, within a bound: comparing each name with every other takes hours."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MAX_COMPARED: Final = 20_000
"""Names of one source that are compared in all; then only such as differ in nothing but case are found."""

_LIKE: Final = 0.8
"""One letter in four to eight may be another, lacking or too many."""
_LONGEST: Final = 80


class Likeness:
    """Finds names like those that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = sorted(known)
        self.in_other_case = {name.lower(): name for name in self.known}
        self.left = MAX_COMPARED

    def of(self, name: str) -> str | None:
        """The known name most like this one, if any is."""
        found = self.in_other_case.get(name.lower())
        if found or len(name) > _LONGEST or self.left < len(self.known):
            return found
        self.left -= len(self.known)
        return next(iter(get_close_matches(name, self.known, n=1, cutoff=_LIKE)), None)
