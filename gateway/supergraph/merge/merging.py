"""All sources' schemas → one, judged: every rule looks at the outcome, then every hint."""

from collections.abc import Iterable, Sequence
from itertools import islice

from gateway.errors import Finding
from gateway.supergraph.merge.hints import HINTS
from gateway.supergraph.merge.model import Merged
from gateway.supergraph.merge.outcome import merge_sources
from gateway.supergraph.merge.rules import RULES, RULES_OF_ANSWERS, RULES_OF_THE_WHOLE
from gateway.supergraph.source.model import SourceSchema

MAX_TOLD = 1_000
"""Findings that are told, and hints; that there are more is told too."""


def merge(schemas: Sequence[SourceSchema], findings: list[Finding], hints: list[str]) -> Merged:
    """Merge the schemas. Each rule that they break together is a finding, each doubt a hint.

    With findings the outcome is there for whoever looks at it, not to be written.
    """
    merging = merge_sources(schemas)
    for rules in (RULES, RULES_OF_THE_WHOLE, RULES_OF_ANSWERS):
        found = _bounded(finding for rule in rules for finding in rule(merging))
        findings += found
        if found:
            return merging.merged
    hints += [str(hint) for hint in _bounded(hint for look in HINTS for hint in look(merging))]
    return merging.merged


def _bounded(found: Iterable[Finding]) -> list[Finding]:
    kept = list(islice(found, MAX_TOLD + 1))
    if len(kept) > MAX_TOLD:
        kept[MAX_TOLD:] = [
            Finding(kept[-1].code, "there are more findings than are shown", "mend those above first")
        ]
    return kept
