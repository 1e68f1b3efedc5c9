"""Sources for the tests of merging: SDL with a link to the federation, read and merged."""

from dataclasses import dataclass

from gateway.errors import Finding
from gateway.supergraph.join.write_types import TypeWriter
from gateway.supergraph.merge.merging import merge
from gateway.supergraph.merge.model import Merged
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources

DIRECTIVES = (
    "key",
    "shareable",
    "external",
    "requires",
    "provides",
    "override",
    "inaccessible",
    "tag",
    "interfaceObject",
    "composeDirective",
    "authenticated",
    "requiresScopes",
    "policy",
    "cost",
    "listSize",
    "context",
    "fromContext",
)
LINK = "extend schema @link(url: {url}, import: [{imports}])".format(
    url='"https://specs.apollo.dev/federation/v2.9"', imports=", ".join(f'"@{name}"' for name in DIRECTIVES)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What merging made of some sources."""

    merged: Merged
    findings: list[Finding]
    hints: list[str]


def merged(**sources: str) -> Outcome:
    """Sources by name, merged. Each SDL follows a link to the federation, so that it begins on line 2."""
    return merged_texts(
        [
            SourceText(name, f"Bureau {name.upper()}", sdl if "@link" in sdl else f"{LINK}\n{sdl}")
            for name, sdl in sorted(sources.items())
        ]
    )


def merged_texts(texts: list[SourceText]) -> Outcome:
    """Sources of which each must be right by itself, merged."""
    unread: list[Finding] = []
    schemas = read_sources(texts, unread, [])
    assert unread == [], [str(finding) for finding in unread]
    findings: list[Finding] = []
    hints: list[str] = []
    return Outcome(merge(schemas, findings, hints), findings, hints)


def told(**sources: str) -> list[str]:
    """The findings about sources, each as `CODE place message`."""
    return [
        f"{finding.code} {finding.file}:{finding.line}:{finding.column} {finding.message}"
        for finding in merged(**sources).findings
    ]


def hinted(code: str, **sources: str) -> list[str]:
    """The hints of one code about sources that are right, without the code."""
    outcome = merged(**sources)
    assert outcome.findings == []
    return [hint.removeprefix(code + " ") for hint in outcome.hints if hint.startswith(code + " ")]


def written(name: str, **sources: str) -> list[str]:
    """One type as composed SDL has it, line by line, of sources that are right."""
    outcome = merged(**sources)
    assert outcome.findings == [], [str(finding) for finding in outcome.findings]
    text = TypeWriter(outcome.merged.graphs).type(outcome.merged.types[name])
    return [line.strip() for line in text.splitlines() if line.strip() not in ("{", "}")]


def fields_of(name: str, **sources: str) -> list[str]:
    """The fields, values or input fields of one type as composed SDL has them."""
    return [
        line
        for line in written(name, **sources)[1:]
        if not line.startswith(("@join__type", "@join__implements"))
    ]
