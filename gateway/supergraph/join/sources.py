"""The sources of a composed supergraph: the values of the enum join__Graph (join v0.1 to v0.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import EnumTypeDefinitionNode

from connectors.base import Capabilities
from gateway.supergraph.join.document import COMPOSE_AGAIN, INVALID, Applied, Document, Report, applied
from gateway.supergraph.join.features import Feature
from gateway.supergraph.model import Source

MAX_SOURCES = 1_000

_FEDERATED = Capabilities(batch=500, mixed=True)
"""What every federated GraphQL source can do: `_entities` takes representations of any types, many at once."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The sources by name, and the name of each as the document's directives write it."""

    sources: Mapping[str, Source]
    names: Mapping[str, str]

    def of(self, said: Applied, report: Report) -> str | None:
        """The source that `graph:` names, or None (`graph` is not given, or is a finding)."""
        graph = said.text("graph")
        if graph and graph not in self.names:
            report.add(INVALID, f"@{said.node.name.value} names the source {graph[:60]}, which does not exist",
                       COMPOSE_AGAIN, said.node)  # fmt: skip
        return self.names.get(graph)


def read_sources(document: Document, join: Feature, report: Report) -> Graphs:
    """The sources. A finding for each that has no name or the name of another."""
    node = document.types.get(join.type("Graph"))
    sources: dict[str, Source] = {}
    names: dict[str, str] = {}
    if not isinstance(node, EnumTypeDefinitionNode) or not node.values:
        report.add(INVALID, f"the supergraph lists no sources: the enum {join.type('Graph')} is missing",
                   COMPOSE_AGAIN, node)  # fmt: skip
        return Graphs(sources, names)
    if len(node.values) > MAX_SOURCES:
        report.add(
            INVALID,
            f"the supergraph has more than {MAX_SOURCES} sources",
            "compose smaller supergraphs",
            node,
        )
        report.stop()
    for value in node.values:
        said = next(iter(applied(value, join.directive("graph"))), None)
        name = said.text("name") if said else ""
        if said is None or not name or name in sources:
            report.add(INVALID, f"the source {value.name.value} has no name of its own", COMPOSE_AGAIN, value)
            continue
        names[value.name.value] = name
        sources[name] = Source(name, name, _FEDERATED, url=said.text("url"))
    return Graphs(sources, names)
