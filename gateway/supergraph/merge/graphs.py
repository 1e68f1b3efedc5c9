"""The names of sources in composed SDL: values of the enum `join__Graph` (join specification, "Graph")."""

import re
from collections.abc import Iterable, Mapping

from gateway.supergraph.merge.model import Graph
from gateway.supergraph.source.model import SourceText


def name_graphs(sources: Iterable[SourceText]) -> Mapping[str, Graph]:
    """Each source, in the order of names, under a name that is a legal enum value and its own."""
    ordered = sorted(sources, key=lambda source: source.name)
    wanted: dict[str, list[SourceText]] = {}
    for source in ordered:
        wanted.setdefault(_value(source.name), []).append(source)
    values = {}
    for value, sharing in wanted.items():
        for number, source in enumerate(sharing, start=1):
            values[source.name] = value if len(sharing) == 1 else f"{value}_{number}"
    return {source.name: Graph(source.name, values[source.name], source.url) for source in ordered}


def _value(name: str) -> str:
    """Upper case, and nothing that could clash with the numbers that tell equal names apart."""
    value = re.sub(r"[^0-9A-Za-z_]", "_", name)
    if re.match(r"[0-9]", value):
        value = "_" + value
    if re.search(r"_[0-9]+$", value):
        value += "_"
    return value.upper()
