"""All sets, composed once by each."""

import pytest

from tests.apollo.compositions.composing import Apollo, Huitong, by_apollo
from tests.apollo.compositions.set_files import small_sets, suite_sets
from tests.apollo.node import Node


@pytest.fixture(scope="session")
def apollo(node: Node) -> Apollo:
    """What @apollo/composition makes of them."""
    return by_apollo(node, [*suite_sets(), *small_sets()])


@pytest.fixture(scope="session")
def huitong() -> Huitong:
    """What Huitong makes of them."""
    return Huitong()
