"""Pruning: types that no operation can meet are left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from gateway.supergraph.model import Kind, Type


def prune(types: Mapping[str, Type], roots: Iterable[str]) -> tuple[dict[str, Type], tuple[str, ...]]:
    """The types that some operation can meet from `roots`, and the names of those that none can."""
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in seen or name not in types:
            continue
        seen.add(name)
        found = types[name]
        waiting += found.possible
        waiting += [item.type.name for item in found.fields.values()]
        waiting += [_named(text) for item in found.fields.values() for said in item.sources.values()
                    for text in said.arguments.values()]  # fmt: skip
    seen |= {name for name, found in types.items() if found.kind is Kind.INTERFACE and found.possible & seen}
    kept = {name: _among(seen, found) for name, found in types.items() if name in seen}
    return kept, tuple(sorted(name for name in types if name not in seen))


def _among(seen: Collection[str], found: Type) -> Type:
    """The type with nothing but the types in `seen` possible."""
    known = frozenset(seen)
    sources = {name: replace(said, possible=said.possible & known) for name, said in found.sources.items()}
    return replace(found, possible=found.possible & known, sources=sources)


def _named(text: str) -> str:
    return text.replace("[", "").replace("]", "").replace("!", "")
