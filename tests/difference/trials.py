"""Trying cases of a theme: what was found, and what was exercised on the way."""

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import assume as assumed

from tests.difference.case import Drawn, cases
from tests.difference.features import exercised
from tests.difference.lab import Difference, Lab, Refused


@dataclass
class Tally:
    """What was tried. `exercised`: in how many cases each feature; `fetches`: of each plan."""

    cases: int = 0
    refused: int = 0
    features: Counter[str] = field(default_factory=Counter)
    fetches: list[int] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.cases + other.cases,
            self.refused + other.refused,
            self.features + other.features,
            self.fetches + other.fetches,
        )


@dataclass
class Failed(Exception):
    """A case that shows a difference."""

    drawn: Drawn
    difference: Difference

    def __str__(self) -> str:
        return f"{self.difference}\n{self.drawn!r}"


def check(drawn: Drawn, tally: Tally) -> None:
    """Raises Failed where Huitong differs. A case that composition may refuse does not count."""
    if not drawn.sources:
        assumed(False)
    try:
        lab = Lab(drawn)
        seen: set[str] = set()
        for run in drawn.runs:
            lab.check(run)
            seen |= exercised(lab, run)
            tally.fetches.append(len(lab.plan(run).nodes))
    except Refused:
        tally.refused += 1
        assumed(False)
    except Difference as difference:
        raise Failed(drawn, difference) from difference
    tally.cases += 1
    tally.features.update(seen)


def try_cases(theme: str, number: int, begun_at: int, tally: Tally) -> None:
    """Try this many cases of a theme; the same for the same `begun_at`. Raises Failed at the first difference."""

    @seed(begun_at)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # what fails is made smaller by smaller.py, which knows what a schema is
        suppress_health_check=list(HealthCheck),
        derandomize=False,
        print_blob=False,
        report_multiple_bugs=False,
    )
    @given(cases(theme))
    def tried(drawn: Drawn) -> None:
        check(drawn, tally)

    tried()
