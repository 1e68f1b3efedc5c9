"""What changed between two schemas, for those who ask: breaking, dangerous, safe."""

from gateway.supergraph.diff.comparing import compare
from gateway.supergraph.diff.model import Change, Severity
from gateway.supergraph.diff.reading import read_schema

__all__ = ["Change", "Severity", "compare", "read_schema"]
