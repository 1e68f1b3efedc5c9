"""docs/composing.md lists every kind of change under what it does."""

import re
from pathlib import Path

from gateway.supergraph.diff import Severity

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "composing.md"
SOURCES = ROOT / "gateway" / "supergraph" / "diff"


def documented(severity: Severity) -> set[str]:
    rows = re.findall(
        rf"^\| `{severity.value}` \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return set(re.findall(r"`([A-Z_]+)`", rows[0]))


def test_every_kind_is_listed_and_no_other() -> None:
    kinds = {
        kind
        for file in SOURCES.glob("*.py")
        for kind in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', file.read_text(encoding="utf-8"))
    } - {"INVALID_GRAPHQL"}
    rows = [documented(severity) for severity in Severity]
    assert set().union(*rows) == kinds
    assert sum(map(len, rows)) == len(kinds)  # each in one row
