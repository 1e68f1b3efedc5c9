"""`make fuzz`: try federated graphs until stopped. `--seed` to have a run again, `--theme` for one theme alone."""

import argparse
import logging
import os
import random
import sys
import time
from statistics import median

os.environ["HUITONG_CHECK_PLANS"] = "1"  # before the planner is imported

from tests.difference.features import FEATURES
from tests.difference.generating import THEMES
from tests.difference.lab import Difference, Lab
from tests.difference.smaller import as_test, smaller
from tests.difference.trials import Failed, Tally, try_cases

ROUND = 40
"""Cases of one theme before the next one's turn."""


def main() -> int:
    """Returns 1 when a difference was found."""
    stated = _arguments()
    logging.disable(logging.CRITICAL)  # failures of sources are part of what is tried
    tally, began, number = Tally(), time.monotonic(), stated.seed
    themes = [stated.theme] if stated.theme else list(THEMES)
    print(f"seed {stated.seed}; Ctrl-C ends it", flush=True)
    try:
        while stated.minutes is None or time.monotonic() - began < stated.minutes * 60:
            theme = themes[number % len(themes)]
            try_cases(theme, ROUND, number, tally)
            number += 1
            if (number - stated.seed) % len(themes) == 0:
                print(f"{tally.cases} cases, {len(tally.fetches)} operations", flush=True)
    except KeyboardInterrupt:
        pass
    except Failed as failed:
        _tell(failed, theme, number)
        _sum_up(tally, stated.seed, time.monotonic() - began)
        return 1
    _sum_up(tally, stated.seed, time.monotonic() - began)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--theme", choices=list(THEMES))
    parser.add_argument("--minutes", type=float, help="end after so many; without it: never")
    return parser.parse_args()


def _tell(failed: Failed, theme: str, number: int) -> None:
    print(
        f"\nA difference: {failed.difference.kind} (--theme {theme!r} --seed {number})",
        flush=True,
    )
    print(f"{failed.difference}\n\nMaking it smaller ...", flush=True)
    small = failed.drawn
    try:
        small = smaller(failed.drawn, failed.difference)
    except KeyboardInterrupt:
        print("Stopped; this is the case as it was drawn.")
    print(f"\nTo paste into tests/difference/test_found.py:\n\n{as_test(small, 'found')}")
    try:
        lab = Lab(small)
        for run in small.runs:
            lab.check(run)
    except Difference as difference:
        print(difference)


def _sum_up(tally: Tally, begun_at: int, seconds: float) -> None:
    print(f"\nseed {begun_at}: {tally.cases} cases in {seconds:.0f} s, {tally.refused} more did not compose")
    print(f"{len(tally.fetches)} operations, {median(tally.fetches or [0]):g} fetches in the median")
    for name in FEATURES:
        part = tally.features[name] / max(1, tally.cases)
        print(f"  {name:28} {tally.features[name]:6} {part:7.1%}")


if __name__ == "__main__":
    sys.exit(main())
