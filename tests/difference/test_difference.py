"""Whatever the departments' schemas are: if they compose, clients get the answers that one graph would give."""

from functools import cache
from statistics import median

import pytest

from tests.difference.features import FEATURES
from tests.difference.generating import THEMES
from tests.difference.trials import Failed, Tally, try_cases

CASES = 300
BEGUN_AT = 20
"""Where the draws begin: the same cases in each run. `make fuzz` draws others."""


@cache
def _tried(theme: str) -> tuple[Tally, Failed | None]:
    tally = Tally()
    number = -(-CASES // len(THEMES))
    try:
        try_cases(theme, number, BEGUN_AT, tally)
    except Failed as failed:
        return tally, failed
    return tally, None


@pytest.mark.parametrize("theme", THEMES)
def test_a_federated_graph_answers_as_one_graph_would(theme: str) -> None:
    _, failed = _tried(theme)

    assert failed is None, str(failed)


def test_what_is_tried_is_worth_trying() -> None:
    tried = sum((_tried(theme)[0] for theme in THEMES), Tally())

    assert tried.cases >= CASES
    assert tried.refused <= CASES / 4, "most sources that are drawn must compose"
    assert median(tried.fetches) >= 3
    rare = {name: tried.features[name] for name in FEATURES if tried.features[name] < tried.cases / 20}
    assert rare == {}, "each feature belongs to at least one case in twenty"
