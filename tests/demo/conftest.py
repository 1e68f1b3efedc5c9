"""One small city for all tests here."""

import pytest

from demo.city import City
from demo.generator import generate


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def city() -> City:
    return generate(1, 300)
