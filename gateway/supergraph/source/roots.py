"""The root types of a source, by whatever names; here they are called Query, Mutation and Subscription."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import DocumentNode

from gateway.supergraph.model import Kind
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.syntax import kind_of, schema_nodes, type_nodes

ROOT_NAMES: Mapping[str, str] = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


@dataclass(frozen=True, slots=True)
class Roots:
    """`renamed`: a root type's name in the source → its name here."""

    renamed: Mapping[str, str]

    def name(self, type_name: str) -> str:
        """A type's name here."""
        return self.renamed.get(type_name, type_name)


def read_roots(document: DocumentNode, report: Report) -> Roots:
    """The root types; a finding where one is no object type, or its usual name stands for another type."""
    kinds = {node.name.value: (kind_of(node), node) for node in type_nodes(document)}
    stated = {
        item.operation.value: item.type
        for node in schema_nodes(document)
        for item in node.operation_types or ()
    }
    renamed: dict[str, str] = {}
    for operation, usual in ROOT_NAMES.items():
        node = stated.get(operation)
        name = node.name.value if node else usual
        kind, definition = kinds.get(name, (None, None))
        if kind not in (None, Kind.OBJECT):
            report.add(INVALID, f"the root type {name} of each {operation} is no object type",
                       "make it an object type", node or definition)  # fmt: skip
        elif name != usual and name in kinds and usual in kinds:
            report.add(f"ROOT_{operation.upper()}_USED",
                       f"the type {usual} is not the root of each {operation}, which is {name}",
                       f"give {usual} another name, or make it the root type", kinds[usual][1])  # fmt: skip
        elif kind is not None and name in renamed:
            report.add(INVALID, f"{name} is the root type of two operations", "use a type for each", node)
        elif kind is not None:
            renamed[name] = usual
    return Roots(renamed)
