"""What is shipped and pinned: locks that hold anywhere, entry points that exist, texts that agree."""

import json
import re
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any  # TOML and JSON values

import pytest

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT_TABLE: dict[str, Any] = PROJECT["project"]

SOMEWHERE = re.compile(
    r"https?://|git\+|file:|--(?:extra-)?index-url|--find-links|/(?:root|home|work|tmp|opt)/"
)


def normalised(requirement: str) -> str:
    """The distribution's name in a requirement, as indexes compare it."""
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Each requirement of the lock: its name, and its text with hashes."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    return {normalised(line): line for line in text.splitlines() if line and not line.startswith("#")}


def test_the_python_lock_names_no_place() -> None:
    assert not SOMEWHERE.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_every_locked_requirement_has_a_version_and_a_hash() -> None:
    assert [name for name, text in locked().items() if not re.search(r"==\S+ .*--hash=sha256:", text)] == []


def test_everything_asked_for_is_locked() -> None:
    extras = PROJECT_TABLE["optional-dependencies"]
    asked = [*PROJECT_TABLE["dependencies"], *(item for extra in extras.values() for item in extra)]
    assert {normalised(item) for item in asked} - {"huitong"} <= locked().keys()


def test_the_npm_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize(
    "kind", PROJECT_TABLE["entry-points"]["huitong.connectors"].items(), ids=lambda kind: kind[0]
)
def test_every_kind_of_connector_is_there(kind: tuple[str, str]) -> None:
    assert isinstance(EntryPoint(*kind, group="huitong.connectors").load(), type)


def test_the_command_is_there() -> None:
    [(name, target)] = PROJECT_TABLE["scripts"].items()
    assert callable(EntryPoint(name, target, group="console_scripts").load())


def test_the_licence_is_the_one_that_is_stated() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT_TABLE["license"] == "Apache-2.0"
    assert "Apache License" in text.splitlines()[0]
    assert "END OF TERMS AND CONDITIONS" in text
