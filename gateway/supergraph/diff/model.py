"""A change of a schema as plain data."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """What a change does to operations that were valid before. In order, the worst first."""

    BREAKING = "breaking"
    """Some are invalid now, or can get what their variables and answers had no place for."""
    DANGEROUS = "dangerous"
    """They stay valid, and what they are answered may surprise them."""
    SAFE = "safe"


_ORDER = {severity: position for position, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Change:
    """One change at a schema coordinate (`Type.field(arg:)`, `@directive(arg:)`, `Enum.VALUE`).

    `kind` is a stable word for programs; those that graphql-js knows are called as there. `message` continues the
    coordinate to a sentence, on one line.
    """

    severity: Severity
    kind: str
    coordinate: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity.value} {self.coordinate} {self.kind}: {self.message}"

    @property
    def order(self) -> tuple[int, str, str, str]:
        """The worst first, then by coordinate."""
        return _ORDER[self.severity], self.coordinate, self.kind, self.message
