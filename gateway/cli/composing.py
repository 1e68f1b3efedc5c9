"""`huitong compose` and `huitong schema diff`: from files to files, without a gateway."""

import os
import sys
import uuid
from pathlib import Path

import orjson

from gateway.cli.failures import FAILED, FINE, failure, one_line
from gateway.registry.files import read_text
from gateway.registry.source_list import read_source_list, source_texts
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.diff import Change, Severity, compare, read_schema


def compose_command(sources: Path, out: Path | None) -> int:
    """Compose the sources that a file lists and write the supergraph; hints go to stderr.

    Raises ConfigurationError with every finding; then nothing is written.
    """
    composed = compose_sources(source_texts(read_source_list(sources), sources))
    for hint in composed.hints:
        print(one_line(hint), file=sys.stderr)
    if out is None:
        _print_whole(composed.sdl)
    else:
        write_whole(out, composed.sdl)
    return FINE


def diff_command(old: Path, new: Path, form: str) -> int:
    """Print what changed between two schemas, the worst first; 1 when something breaks."""
    before, after = (
        read_schema(read_text(file, "INVALID_GRAPHQL", "name a file that holds a schema"), str(file))
        for file in (old, new)
    )
    changes = compare(before, after)
    if form == "json":
        print(orjson.dumps([_json(change) for change in changes], option=orjson.OPT_INDENT_2).decode())
    else:
        print("\n".join(map(str, changes)) or "没有变化 / nothing that clients see has changed")
    return FAILED if any(change.severity is Severity.BREAKING for change in changes) else FINE


def _json(change: Change) -> dict[str, str]:
    return {
        "severity": change.severity.value,
        "kind": change.kind,
        "coordinate": change.coordinate,
        "message": change.message,
    }


def _print_whole(text: str) -> None:
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:  # whoever reads wanted no more
        raise
    except OSError as error:
        message = f"the supergraph cannot be printed ({error.strerror})"
        raise failure("FILE_UNWRITABLE", message, "make room, or name a file by `--out`") from None


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it holds the old text or the new one, never a part. Raises ConfigurationError."""
    target = file.resolve()  # a link goes on leading to its file
    try:
        if target.exists() and not target.is_file():  # a pipe or a device has no old text
            target.write_text(text, encoding="utf-8")
        else:
            _replace(target, text)
    except OSError as error:
        raise failure(
            "FILE_UNWRITABLE", f"{file} cannot be written ({error.strerror})", "name another file"
        ) from None


def _replace(target: Path, text: str) -> None:
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with beside.open("x", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
