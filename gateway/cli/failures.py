"""How commands end: exit statuses, and errors one a line on stderr."""

import os
import sys
import tempfile
import traceback
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Final

from gateway.errors import ConfigurationError, Finding

FINE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 64
INTERRUPTED: Final = 130


def failure(code: str, message: str, remedy: str) -> ConfigurationError:
    """A failure that one line tells: raise it anywhere below a command."""
    return ConfigurationError([Finding(code, message, remedy)])


def report(findings: Iterable[Finding]) -> None:
    """Print findings on stderr, one a line."""
    for finding in findings:
        print(one_line(str(finding)), file=sys.stderr)


def one_line(text: str) -> str:
    """The text on one line. It may quote what others wrote: what a terminal would obey stands there as an escape."""
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character).startswith("C") else character
        for character in " ".join(text.splitlines())
    )


def report_unexpected(error: Exception) -> None:
    """Print a fault of ours: one line with an id; the trace is in a private file (HUITONG_TRACE=1: here)."""
    identifier = uuid.uuid4().hex
    trace = "".join(traceback.format_exception(error))
    if os.environ.get("HUITONG_TRACE") == "1":
        print(trace, file=sys.stderr, end="")
        remedy = "the trace is above"
    else:
        descriptor, name = tempfile.mkstemp(prefix="huitong-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{identifier}\n{trace}")
        remedy = f"the trace is in {name}, or here with HUITONG_TRACE=1"
    message = f"something went wrong inside huitong ({type(error).__name__}, id {identifier})"
    report([Finding("INTERNAL", message, remedy)])
