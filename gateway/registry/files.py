"""Files of text that operators name, read within a bound."""

from pathlib import Path
from typing import Final

from gateway.errors import ConfigurationError, Finding

MAX_BYTES: Final = 20_000_000


def read_text(file: Path, code: str, remedy: str) -> str:
    """The text of a file, without the byte order mark that some editors write.

    Raises ConfigurationError with one finding of this code and remedy.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(file, code, f"the file cannot be read ({error.strerror})", remedy) from None
    except ValueError:  # the operating system is not even asked
        raise _unreadable(file, code, "no file can have this name", remedy) from None
    if len(content) > MAX_BYTES:
        raise _unreadable(file, code, f"the file is larger than {MAX_BYTES:,} bytes", remedy)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(file, code, "the file is not UTF-8 text", remedy) from None


def _unreadable(file: Path, code: str, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError([Finding(code, message, remedy, file)])
