"""The log: one JSON object a line, without variables, tokens, or values of any department.

Exceptions are written as their class and the places they passed: their messages may quote
data. `HUITONG_TRACE=1` adds the messages, for a developer's own machine.
"""

import json
import logging
import os
import time
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import Code, GraphQLProblem

LOGGER: Final = logging.getLogger("huitong")
_NOTES: Final = "huitong.notes"
_ROOT: Final = Path(__file__).parents[2]
_MAX_FRAMES: Final = 20


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Send what is logged to `stream`, one JSON object a line: ours from `level`, others' warnings."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(level)


def note(scope: Scope, **facts: Any) -> None:  # Any: JSON values
    """Add facts to the line that the log will hold on this request; those that are None are left out."""
    notes = scope.setdefault(_NOTES, {})
    notes.update({name: fact for name, fact in facts.items() if fact is not None})


def internal_problem(scope: Scope, error: Exception) -> GraphQLProblem:
    """The problem that a client sees for a fault of ours; the log has the cause under the same id."""
    identifier = uuid.uuid4().hex
    note(scope, codes=[Code.INTERNAL.value], id=identifier)
    LOGGER.error("internal error", exc_info=error, extra={"facts": {"id": identifier}})
    message = "Something went wrong inside the gateway. Its log has the cause under this id."
    return GraphQLProblem(Code.INTERNAL, message, extensions={"id": identifier})


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """`facts` of the record's own stand beside time, level and event."""
        line: dict[str, Any] = {  # JSON values
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.name != LOGGER.name:
            line["logger"] = record.name
        if record.exc_info and record.exc_info[1] is not None:
            line["error"], line["places"] = _described(record.exc_info[1]), _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _described(error: BaseException) -> str:
    name = type(error).__name__
    return f"{name}: {error}" if os.environ.get("HUITONG_TRACE") == "1" else name


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_MAX_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


class RequestLog:
    """ASGI middleware: logs each request when it has ended, and answers what nobody else caught."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the path is logged, its query string never."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        answered = _Answered(send)
        try:
            await self._app(scope, receive, answered)
        except Exception as error:
            problem = internal_problem(scope, error)
            if not answered.status:
                await _plain_error(answered, problem)
        finally:
            _log_request(scope, answered, time.perf_counter() - begun)


class _Answered:
    """Counts what is sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.bytes = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


async def _plain_error(send: Send, problem: GraphQLProblem) -> None:
    body = json.dumps({"errors": [problem.to_json()]}).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _log_request(scope: Scope, answered: _Answered, seconds: float) -> None:
    facts = {
        "method": scope["method"],
        "path": scope["path"][:200],
        "status": answered.status or None,
        "ms": round(seconds * 1000, 1),
        "bytes": answered.bytes,
        **scope.get(_NOTES, {}),
    }
    LOGGER.info("request", extra={"facts": facts})


def to_file(path: Path) -> TextIO:
    """A log file that only its owner can read, appended to; the caller closes it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8", buffering=1)
