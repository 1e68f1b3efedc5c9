"""Kinds of connectors, found by what is installed."""

import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.kinds import GROUP, check_source, find_kind
from connectors.manifest import ManifestFinding

pytestmark = pytest.mark.anyio


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A department's own package with a kind of connector of its own."""
    (tmp_path / "harbour.py").write_text("class Harbour:\n    pass\n", encoding="utf-8")
    metadata = tmp_path / "harbour-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\nharbour = harbour:Harbour\n", encoding="utf-8")
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


async def test_only_connectors_that_can_check_are_asked_to() -> None:
    class Checking:
        async def check(self) -> list[ManifestFinding]:
            return [ManifestFinding("a", "b")]

    checking: Any = Checking()
    nothing: Any = object()
    assert [each.message for each in await check_source(checking)] == ["a"]
    assert await check_source(nothing) == []
