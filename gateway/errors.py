"""Every error code, declared once, and the two shapes in which errors leave: to clients and to operators.

Clients get a message that never depends on hidden data and a stable
`extensions.code`. Operators get one line, `CODE file:line:column message; remedy`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any


class Code(Enum):
    """The codes that clients see under `extensions.code` (documented in docs/errors.md)."""

    ACCESS_DENIED = "ACCESS_DENIED"
    SOURCE_UNAVAILABLE = "SOURCE_UNAVAILABLE"
    SOURCE_TIMEOUT = "SOURCE_TIMEOUT"
    SOURCE_INVALID_RESPONSE = "SOURCE_INVALID_RESPONSE"
    SOURCE_ERROR = "SOURCE_ERROR"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_REQUEST = "BAD_REQUEST"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PURPOSE_REQUIRED = "PURPOSE_REQUIRED"
    PURPOSE_NOT_PERMITTED = "PURPOSE_NOT_PERMITTED"
    UNANSWERABLE = "UNANSWERABLE"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class GraphQLProblem:
    """One entry of a response's `errors` (GraphQL specification, section "Errors")."""

    code: Code
    message: str
    path: Sequence[str | int] | None = None
    locations: Sequence[tuple[int, int]] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)  # JSON values of the code's own

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON has it; `extensions.code` first."""
        entry: dict[str, Any] = {"message": self.message}
        if self.locations:
            entry["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        if self.path is not None:
            entry["path"] = list(self.path)
        entry["extensions"] = {"code": self.code.value, **self.extensions}
        return entry


class RequestRefused(Exception):
    """A request that gets no data at all: it does not parse, does not validate, or breaks a limit."""

    def __init__(self, problems: Sequence[GraphQLProblem]) -> None:
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in what operators wrote (configuration, manifests, policies): what, where, how to mend."""

    code: str
    message: str
    remedy: str
    file: Path | str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return " ".join(part for part in (self.code, place, f"{self.message}; {self.remedy}") if part)


class ConfigurationError(Exception):
    """What operators wrote cannot be used. Carries every finding, not merely the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)
