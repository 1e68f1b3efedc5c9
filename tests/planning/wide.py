"""A wide federated graph: one interface, many implementers, many sources.

Run as a program, it plans one wide operation and prints as JSON how many fetches that takes and how many MB more.
"""

import json
import tracemalloc

from connectors.base import FieldSelection
from gateway.constraints import Constraints
from gateway.operation import Operation, OperationLimits, read_operation
from gateway.planning import QueryPlan, plan_operation
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Supergraph

OPEN = Constraints((), (), (), "", "", open=True)
SOURCES = tuple(f"S{number}" for number in range(20))
_HEAD = """
schema @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
directive @join__field(graph: join__Graph) repeatable on FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | INTERFACE
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
"""


def wide_supergraph(implementers: int, fields: int, owners: int) -> Supergraph:
    """`Query.nodes: [Node!]!`; every field of every implementer stands in `owners` of the sources."""
    graphs = " ".join(f'{name} @join__graph(name: "{name}", url: "http://127.0.0.1:9/")' for name in SOURCES)
    everywhere = " ".join(f"@join__type(graph: {name})" for name in SOURCES)
    names = range(fields)
    parts = [
        _HEAD,
        f"enum join__Graph {{ {graphs} }}",
        f"type Query {everywhere} {{ nodes: [Node!]! @join__field(graph: S0) }}",
        f"interface Node {everywhere} {{ id: ID! {' '.join(f'f{name}(n: Int): String' for name in names)} }}",
    ]
    for number in range(implementers):
        placed = " ".join(f'@join__implements(graph: {name}, interface: "Node") '
                          f'@join__type(graph: {name}, key: "id")' for name in SOURCES)  # fmt: skip
        own = " ".join(
            f"f{name}(n: Int): String " + " ".join(f"@join__field(graph: {SOURCES[(name * (3 * turn + 1) + number) % 20]})"
                                                   for turn in range(owners))
            for name in names
        )  # fmt: skip
        parts.append(f"type T{number} implements Node {placed} {{ id: ID! {own} }}")
    return read_supergraph("\n".join(parts), "wide").supergraph


def wide_operation(supergraph: Supergraph, fields: int, each: int) -> Operation:
    """Each field `each` times, with other arguments."""
    inner = " ".join(f"f{name}_{turn}: f{name}(n: {turn})" for name in range(fields) for turn in range(each))
    return read_operation(f"{{ nodes {{ {inner} }} }}", None, supergraph, OperationLimits(tokens=20_000))


def plan(supergraph: Supergraph, operation: Operation) -> QueryPlan:
    """The plan when everything is allowed."""
    return plan_operation(operation, OPEN, supergraph)


def asked(selections: tuple[FieldSelection, ...]) -> int:
    """How many fields of how many concrete types."""
    return sum(len(item.types) * item.field.startswith("f") + asked(item.children) for item in selections)


def main() -> None:
    """Measure in a process of its own: memory that others used before would hide what this needs."""
    supergraph = wide_supergraph(100, 100, 2)
    tracemalloc.start()
    made = plan(supergraph, wide_operation(supergraph, 100, 10))
    megabytes = tracemalloc.get_traced_memory()[1] / 1024**2
    fields = sum(asked(node.spec.selections) for node in made.nodes)
    print(json.dumps({"fetches": len(made.nodes), "fields": fields, "megabytes": megabytes}))


if __name__ == "__main__":
    main()
