"""Sources for tests of reachability: as short as they can be, composed up to the question whether all is answered."""

from collections.abc import Mapping

from gateway.errors import Finding
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from gateway.supergraph.merge.merging import merge
from gateway.supergraph.model import Supergraph
from gateway.supergraph.reach import unreachable
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources

HEAD = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@external", '
    '"@requires", "@provides", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@context", '
    '"@fromContext"])\n'
)


def supergraph(**sources: str) -> Supergraph:
    """The supergraph of some sources, name → SDL without its `@link`."""
    texts = [SourceText(name, name, HEAD + sdl) for name, sdl in sorted(sources.items())]
    findings: list[Finding] = []
    schemas = read_sources(texts, findings, [])
    assert not findings, findings
    merged = merge(schemas, findings, [])
    assert not findings, findings
    return read_supergraph(write_supergraph(merged), "supergraph", contexts=True).supergraph


def told(sources: Mapping[str, str]) -> list[str]:
    """What is told about some sources, one text for each finding."""
    return [str(finding) for finding in unreachable(supergraph(**sources))]
