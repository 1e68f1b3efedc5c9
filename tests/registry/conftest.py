"""A deployment for each test."""

from pathlib import Path

import pytest

from tests.registry.deployment import Deployment


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment(tmp_path)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
