"""What holds for every test: asyncio, how hard hypothesis tries, and nothing left out unnoticed."""

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ["HUITONG_CHECK_PLANS"] = (
    "1"  # read when the planner is imported, here and in processes that tests start
)
IN_CI = os.environ.get("CI") == "true"

# Nothing here is timed. Examples are drawn anew in each run; a failure prints how to have it again.
settings.register_profile("dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", settings.get_profile("dev"), max_examples=200, derandomize=False, print_blob=True
)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the gateway does."""
    return "asyncio"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need Chromium, so that they can be chosen or left out by `-m`."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was skipped for want of something is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("\nIn CI no test may be left out.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
