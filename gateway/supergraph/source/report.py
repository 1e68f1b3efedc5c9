"""Where findings about one source go, and where its parts stand."""

from dataclasses import dataclass, field

from graphql import Node

from gateway.errors import Finding
from gateway.supergraph.source.model import SourcePlace, SourceText

MAX_FINDINGS = 200
"""Findings of one source that are told."""

INVALID = "INVALID_GRAPHQL"


@dataclass(slots=True)
class Report:
    """Collects what is wrong with one source. `failed` tells whether anything was."""

    source: SourceText
    findings: list[Finding] = field(default_factory=list)
    untold: bool = False
    _said: set[Finding] = field(default_factory=set)

    @property
    def failed(self) -> bool:
        """True once anything was found."""
        return bool(self.findings)

    @property
    def is_full(self) -> bool:
        """True once a finding was not kept."""
        return self.untold

    def place(self, node: Node | None) -> SourcePlace:
        """Where `node` begins: in the source's own text, or in what that text was derived from."""
        token = node.loc.start_token if node is not None and node.loc else None
        return self.place_at(token.line, token.column) if token else SourcePlace(self.source.name)

    def place_at(self, line: int, column: int) -> SourcePlace:
        """The place of a line and column of the source's text."""
        origin = self.source.places.get(line)
        return SourcePlace(*origin) if origin else SourcePlace(self.source.name, line, column)

    def add(self, code: str, message: str, remedy: str, at: Node | SourcePlace | None = None) -> None:
        """Add one finding; once for the same words at the same place."""
        place = at if isinstance(at, SourcePlace) else self.place(at)
        said = Finding(code, f"{self.source.name}: {message}", remedy, place.source, place.line, place.column)
        if said in self._said:
            return
        if len(self.findings) >= MAX_FINDINGS:
            self.untold = True
            return
        self._said.add(said)
        self.findings.append(said)

    def told(self) -> list[Finding]:
        """Every finding in the order of the text, and a last one that tells when there are more."""
        ordered = sorted(self.findings, key=_order)
        if self.untold:
            ordered.append(
                Finding(INVALID, f"{self.source.name}: only the first {MAX_FINDINGS} findings are shown",
                        "mend them first", self.source.name)
            )  # fmt: skip
        return ordered


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return (str(finding.file), finding.line or 0, finding.column or 0, finding.code, finding.message)
