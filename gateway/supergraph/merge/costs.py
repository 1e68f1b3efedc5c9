"""`@cost` and `@listSize` over several sources: the dearest stands (Apollo Federation, "Demand control")."""

from collections.abc import Iterable, Mapping, Sequence

from graphql import (
    BooleanValueNode,
    ConstArgumentNode,
    ConstDirectiveNode,
    ConstListValueNode,
    ConstValueNode,
    IntValueNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    StringValueNode,
    print_ast,
)

from gateway.supergraph.merge.names import DirectiveNames
from gateway.supergraph.source.model import Marks

COST = "cost"
LIST_SIZE = "listSize"


def costs_of(
    said: Mapping[str, Marks], names: DirectiveNames
) -> dict[str, list[tuple[str, ConstDirectiveNode]]]:
    """The costs that sources state of one element: directive → source and application."""
    found: dict[str, list[tuple[str, ConstDirectiveNode]]] = {}
    for source, marks in said.items():
        for node in marks.applied:
            for directive in (COST, LIST_SIZE):
                if node.name.value == names.of(directive, source):
                    found.setdefault(directive, []).append((source, node))
    return found


def merged_cost(directive: str, nodes: Sequence[ConstDirectiveNode], name: str) -> ConstDirectiveNode:
    """One application for all: as it is written where all write the same, else the most that any states."""
    arguments = tuple(nodes[0].arguments or ())
    if len({tuple(sorted(print_ast(item) for item in node.arguments or ())) for node in nodes}) > 1:
        arguments = tuple(_weight(nodes) if directive == COST else _sizes(nodes))
    return ConstDirectiveNode(name=NameNode(value=name), arguments=arguments)


def _weight(nodes: Sequence[ConstDirectiveNode]) -> Iterable[ConstArgumentNode]:
    yield _argument("weight", IntValueNode(value=str(max(_integers(nodes, "weight"), default=0))))


def _sizes(nodes: Sequence[ConstDirectiveNode]) -> Iterable[ConstArgumentNode]:
    sizes = _integers(nodes, "assumedSize")
    if sizes:
        yield _argument("assumedSize", IntValueNode(value=str(max(sizes))))
    for name in ("slicingArguments", "sizedFields"):
        lists = [value for value in _given(nodes, name) if isinstance(value, ListValueNode)]
        if lists:
            texts = [
                item.value
                for value in lists
                for item in value.values or ()
                if isinstance(item, StringValueNode)
            ]
            items = tuple(StringValueNode(value=text) for text in dict.fromkeys(texts))
            yield _argument(name, ConstListValueNode(values=items))
    name = "requireOneSlicingArgument"
    refused = any(isinstance(value, BooleanValueNode) and not value.value for value in _given(nodes, name))
    yield _argument(name, BooleanValueNode(value=not refused))


def _given(nodes: Sequence[ConstDirectiveNode], name: str) -> list[ConstValueNode]:
    return [
        item.value
        for node in nodes
        for item in node.arguments or ()
        if item.name.value == name and not isinstance(item.value, NullValueNode)
    ]


def _integers(nodes: Sequence[ConstDirectiveNode], name: str) -> list[int]:
    """The numbers that are given; no longer than GraphQL's Int, which the source's own check has seen to."""
    return [
        int(value.value)
        for value in _given(nodes, name)
        if isinstance(value, IntValueNode) and len(value.value) < 12
    ]


def _argument(name: str, value: ConstValueNode) -> ConstArgumentNode:
    return ConstArgumentNode(name=NameNode(value=name), value=value)
