"""Kinds of connectors, found by what is installed."""

import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.kinds import GROUP, find_kind


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A department's own package with a kind of connector of its own."""
    (tmp_path / "harbour.py").write_text("class Harbour:\n    pass\n", encoding="utf-8")
    metadata = tmp_path / "harbour-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(
        f"[{GROUP}]\nharbour = harbour:Harbour\nwreck = harbour:Wreck\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "harbour", raising=False)
    find_kind.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_kind_that_a_package_brings_is_found() -> None:
    kind: Any = find_kind("harbour")
    assert kind.__name__ == "Harbour"


@pytest.mark.usefixtures("installed")
def test_a_kind_that_nobody_brings_is_told_with_those_that_there_are() -> None:
    with pytest.raises(LookupError, match=r"no kind of connector called ship.*harbour"):
        find_kind("ship")


@pytest.mark.usefixtures("installed")
def test_a_package_that_does_not_bring_what_it_says_is_told() -> None:
    with pytest.raises(LookupError, match="the package that brings wreck cannot be loaded"):
        find_kind("wreck")
