"""The merged schema → composed SDL in join v0.5: the one writer, whose text the one reader (and others') reads."""

from collections.abc import Iterator, Mapping

from graphql import print_ast

from gateway.supergraph.join.machinery import DIRECTIVES, JOIN, LINK, ONE_OF, TYPES
from gateway.supergraph.join.write_text import applications, called, described, indented, quoted
from gateway.supergraph.join.write_types import TypeWriter
from gateway.supergraph.merge.model import Feature, Graph, Merged, MergedType

_ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


def write_supergraph(merged: Merged) -> str:
    """Composed SDL that gateways of Apollo Federation 2 load.

    Directives and types stand in order of name, fields as they are merged: the same sources give the same text, and
    a small change of one source a small change of the text. Labels are not written: they are Huitong's own.
    """
    return "\n\n".join(_definitions(merged)) + "\n"


def _definitions(merged: Merged) -> Iterator[str]:
    yield _schema(merged)
    directives = {**{name: print_ast(node) for name, node in merged.directives.items()}, **DIRECTIVES}
    if any(_is_one_of(found) for found in merged.types.values()):
        directives["oneOf"] = ONE_OF
    yield from (text for _, text in sorted(directives.items()))
    writer = TypeWriter(merged.graphs)
    types = {name: writer.type(found) for name, found in merged.types.items()}
    types |= {name: print_ast(node) for name, node in merged.scalars.items()}
    types |= {**TYPES, "join__Graph": _graphs(merged.graphs)}
    yield from (text for _, text in sorted(types.items()))


def _is_one_of(found: MergedType) -> bool:
    return any(node.name.value == "oneOf" for node in found.marks.directives)


def _schema(merged: Merged) -> str:
    features = (LINK, JOIN, *merged.features)
    said = (*(_link(feature) for feature in features), *applications(merged.marks.directives))
    lines = ["schema", *map(indented, said), "{"]
    lines += [f"  {operation}: {name}" for operation, name in _ROOTS.items() if name in merged.types]
    return described(merged.marks.description, "\n".join((*lines, "}")))


def _link(feature: Feature) -> str:
    stated = [("url", quoted(feature.url))]
    if feature.alias is not None:
        stated.append(("as", quoted(feature.alias)))
    if feature.imports:
        stated.append(("import", f"[{', '.join(_import(*item) for item in feature.imports.items())}]"))
    if feature.purpose is not None:
        stated.append(("for", feature.purpose))
    return called("link", stated)


def _import(name: str, here: str) -> str:
    return quoted(name) if name == here else f"{{name: {quoted(name)}, as: {quoted(here)}}}"


def _graphs(graphs: Mapping[str, Graph]) -> str:
    values = (
        f"  {graph.value} "
        + called("join__graph", [("name", quoted(graph.name)), ("url", quoted(graph.url))])
        for graph in sorted(graphs.values(), key=lambda graph: graph.value)
    )
    return "\n".join(("enum join__Graph {", *values, "}"))
