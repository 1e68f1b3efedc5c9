"""Where Huitong's composition is wrong and known to be. Each has to fail: who mends one takes it out of here."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pytest

from tests.apollo.compositions.set_files import SourceSet

CODES: Final[Mapping[str, str]] = {}
"""Other codes than @apollo/composition's, by the set's title."""

SCHEMAS: Final[Mapping[str, str]] = {}
"""Another public schema."""

HINTS: Final[Mapping[str, str]] = {}
"""Other hints."""


def each(
    sets: Iterable[SourceSet], unmended: Mapping[str, str]
) -> list[Any]:  # Any: pytest's own kind of parameter
    """Sets as parameters of a test; those that are unmended are expected to fail, for the reason given."""
    return [
        pytest.param(
            one, id=one.title, marks=_expected_to_fail(unmended[one.title]) if one.title in unmended else ()
        )
        for one in sets
    ]


def _expected_to_fail(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True)
