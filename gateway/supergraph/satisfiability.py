"""Satisfiability: whether each field can be reached from wherever its object can be met.

The question is Apollo's ("can every operation be answered?") on the graph of (source, type): from a source,
its own fields, and the sources whose key it can supply.
"""

from collections.abc import Iterator, Mapping

from gateway.errors import Finding
from gateway.supergraph.model import FieldSet, Kind, Lookup, Type


def can_supply(types: Mapping[str, Type], source: str, type_name: str, wanted: FieldSet) -> bool:
    """True when `source` itself resolves every field of `wanted` on an object of `type_name`."""
    for part in wanted:
        known = types[type_name].fields.get(part.name)
        said = known.sources.get(source) if known else None
        if said is None or said.external:
            return False
        if part.children:
            inner = types[said.type.name].possible
            if not all(can_supply(types, source, name, part.children) for name in inner):
                return False
    return True


def next_sources(types: Mapping[str, Type], source: str, type_name: str) -> Iterator[tuple[str, FieldSet]]:
    """The sources that find an entity of `type_name` by a key that `source` supplies, with that key."""
    for other, keys in sorted(types[type_name].keys.items()):
        if other != source:
            yield from ((other, key) for key in keys if can_supply(types, source, type_name, key))


def reachable_sources(types: Mapping[str, Type], source: str, type_name: str) -> frozenset[str]:
    """`source` and every source that is found from it by one or several keys."""
    seen, waiting = {source}, [source]
    while waiting:
        for other, _ in next_sources(types, waiting.pop(), type_name):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(seen)


def unreachable_fields(types: Mapping[str, Type], lookups: Mapping[str, Lookup]) -> list[Finding]:
    """One finding for each field that some place cannot reach, with an operation that asks for it."""
    findings: list[Finding] = []
    seen: set[tuple[frozenset[str], str]] = set()
    waiting = [
        (frozenset({lookup.record}), lookup.type_name, f"{{ {lookup.field}({lookup.argument}: …)")
        for lookup in lookups.values()
    ]
    while waiting:
        sources, type_name, trail = waiting.pop(0)  # breadth first: the shortest operation is shown
        if (sources, type_name) in seen:
            continue
        seen.add((sources, type_name))
        reach = frozenset(name for source in sources for name in reachable_sources(types, source, type_name))
        for name, known in sorted(types[type_name].fields.items()):
            able = frozenset(known.resolvers) & reach
            operation = f"{trail} {{ {name}"
            if not able:
                findings.append(_finding(type_name, name, sources, known.resolvers, operation))
                continue
            target = types.get(known.type.name)
            if target is not None and target.kind in (Kind.OBJECT, Kind.INTERFACE, Kind.UNION):
                waiting += [(able, concrete, operation) for concrete in sorted(target.possible)]
    return findings


def _finding(
    type_name: str, name: str, sources: frozenset[str], owners: tuple[str, ...], operation: str
) -> Finding:
    closing = " }" * operation.count("{")
    owner = ", ".join(owners) or "no source"
    return Finding(
        "SATISFIABILITY_ERROR",
        f"{type_name}.{name} cannot be answered in `{operation}{closing}`: {', '.join(sorted(sources))} leads there, "
        f"but cannot supply a key of {type_name} by which {owner} finds it",
        f"let {owner} find {type_name} by a key that {', '.join(sorted(sources))} supplies",
    )
