"""Bounds on what a supergraph multiplies out to: a short text can promise far more than it says.

Sources times fields, implementers times fields of their interfaces, and the text of all sources' own schemas are
bounded before any of them is made. Supergraphs of thousands of fields and hundreds of sources stay far below.
"""

from collections.abc import Iterator

from gateway.supergraph.join.document import COMPOSE_AGAIN, INVALID, Report
from gateway.supergraph.join.types import WrittenType, WrittenTypes
from gateway.supergraph.model import Kind

MAX_CELLS = 5_000_000
"""Fields, arguments and members, each counted once for every source of its type."""
MAX_EXTRACTED = 300_000_000
"""Characters of all sources' own schemas together."""
MAX_INHERITED = 1_000_000
"""Fields and interfaces of interfaces, each counted once for every type that implements the interface."""


def check_bounds(types: WrittenTypes, report: Report) -> None:
    """Raise ConfigurationError when a supergraph multiplies out to too much, or interfaces are not implemented."""
    every = types.by_name.values()
    _check(report, "fields in sources", MAX_CELLS, (_weight(found) * len(found.sources) for found in every))
    _check(
        report,
        "characters in sources",
        MAX_EXTRACTED,
        (_length(found) * len(found.sources) for found in every),
    )
    _check(report, "inherited fields", MAX_INHERITED, (_inherited(found, types) for found in every))
    _check(report, "types behind interface objects", MAX_CELLS, (_stood_for(found, types) for found in every))
    for found in every:
        _check_implemented(found, types, report)
    report.stop()


def _check(report: Report, what: str, limit: int, weights: Iterator[int]) -> None:
    if sum(weights) > limit:
        report.add(INVALID, f"the supergraph has more than {limit} {what}", "compose smaller supergraphs")
        report.stop()


def _weight(found: WrittenType) -> int:
    arguments = sum(len(getattr(node, "arguments", None) or ()) for node in found.fields.values())
    return 1 + len(found.fields) + len(found.members) + arguments


def _length(found: WrittenType) -> int:
    return found.node.loc.end - found.node.loc.start if found.node.loc else 0


def _inherited(found: WrittenType, types: WrittenTypes) -> int:
    interfaces = [types.by_name[name] for name in found.interfaces]
    return sum(len(interface.fields) + len(interface.interfaces) for interface in interfaces)


def _stood_for(found: WrittenType, types: WrittenTypes) -> int:
    parts = [part for part in found.sources.values() if part.interface_object]
    return len(types.possible(found.name)) * sum(1 + len(part.interfaces) for part in parts)


def _check_implemented(found: WrittenType, types: WrittenTypes, report: Report) -> None:
    """A type has every field of its interfaces (GraphQL specification, section 3.6, "Type Validation")."""
    if found.kind not in (Kind.OBJECT, Kind.INTERFACE):
        return
    for name in found.interfaces:
        missing = [field for field in types.by_name[name].fields if field not in found.fields]
        if missing:
            report.add(INVALID, f"{found.name} implements {name} without its field {missing[0]}",
                       COMPOSE_AGAIN, found.node)  # fmt: skip
