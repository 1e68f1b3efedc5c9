"""Sources for the tests of reading: SDL with a link to the federation, read."""

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema, SourceText
from gateway.supergraph.source.reading import read_source
from gateway.supergraph.source.sources import read_sources

EVERY_IMPORT = '"@key", "@requires", "@provides", "@external", "@shareable", "@override", "@extends", "@inaccessible", "@tag"'


def linked(sdl: str, version: str = "v2.3", imports: str = EVERY_IMPORT) -> str:
    """The SDL after a link to the federation specification; `sdl` begins on line 2."""
    return f'extend schema @link(url: "https://specs.apollo.dev/federation/{version}", import: [{imports}])\n{sdl}'


def findings_of(sdl: str) -> list[Finding]:
    """What reading a source called `people` finds, and checking it by itself."""
    findings: list[Finding] = []
    read_sources([SourceText("people", "Interior", sdl)], findings, [])
    return findings


def told(sdl: str) -> list[str]:
    """The findings about a source called `people`, as `CODE line:column`."""
    return [f"{finding.code} {finding.line}:{finding.column}" for finding in findings_of(sdl)]


def read(sdl: str, name: str = "people") -> SourceSchema:
    """The schema of a source that must be readable."""
    findings: list[Finding] = []
    schema = read_source(SourceText(name, "Interior", sdl), findings)
    assert schema is not None, [str(finding) for finding in findings]
    return schema
