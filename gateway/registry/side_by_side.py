"""Work on many sources at a time, of which every finding is told."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from gateway.errors import ConfigurationError, Finding

_AT_ONCE: Final = 16
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def side_by_side(make: Callable[[_Item], _Made], items: Iterable[_Item]) -> list[_Made]:
    """What `make` makes of each item, in their order. Raises ConfigurationError with all findings that it raised."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        under_way = [threads.submit(make, item) for item in items]
    made: list[_Made] = []
    findings: list[Finding] = []
    for one in under_way:
        try:
            made.append(one.result())
        except ConfigurationError as error:
            findings += error.findings
    if findings:
        raise ConfigurationError(findings)
    return made
