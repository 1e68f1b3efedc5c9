"""What is wrong with a manifest, said to the department that wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ManifestFinding:
    """One thing that is wrong: what, how to mend it, where. Never a secret's value.

    The attributes are those of the gateway's own findings. Lines and columns count from 1.
    """

    message: str
    remedy: str
    file: Path | None = None
    line: int | None = None
    column: int | None = None
    code: str = "INVALID_MANIFEST"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return " ".join(part for part in (self.code, place, f"{self.message}; {self.remedy}") if part)


class ManifestError(Exception):
    """A manifest cannot be used. Carries every finding, not merely the first."""

    def __init__(self, findings: Sequence[ManifestFinding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)
