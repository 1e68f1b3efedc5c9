"""The example city's settings in a folder of their own, to be changed as a department would."""

import shutil
from pathlib import Path

import pytest

from gateway.cli.demo_config import load_demo_config
from gateway.errors import ConfigurationError
from gateway.registry.loading import load_snapshot
from gateway.settings import load_settings
from gateway.snapshot import Snapshot

CONFIG = Path(__file__).parents[2] / "config"


class Deployment:
    """The settings below `folder`; nobody answers at the departments' addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "config"
        shutil.copytree(CONFIG, self.folder)

    def path(self, name: str) -> Path:
        """A file beside the manifests."""
        return self.folder / "departments" / name

    def write(self, name: str, text: str) -> Path:
        """Add a file beside the manifests."""
        self.path(name).write_text(text, "utf-8")
        return self.path(name)

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a file beside the manifests, where `old` stands first."""
        text = self.path(name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def line(self, name: str, part: str) -> str:
        """`file:line` of the first line that has `part`."""
        lines = self.path(name).read_text("utf-8").splitlines()
        return f"{self.path(name)}:{1 + next(number for number, line in enumerate(lines) if part in line)}"

    async def load(self) -> Snapshot:
        """What a gateway would run."""
        environment = {
            name: value
            for department in load_demo_config().departments
            for name, value in department.filled(self.folder, "http://127.0.0.1:9", "none").items()
        }
        settings = load_settings(self.folder / "gateway.yaml", {})
        return await load_snapshot(settings, environment, ask_sources=False)

    async def refused(self) -> list[str]:
        """Each finding for which no gateway starts, as operators read it."""
        with pytest.raises(ConfigurationError) as refused:
            await self.load()
        return [str(finding) for finding in refused.value.findings]
