"""What join v0.1 (Federation 1) leaves unsaid, concluded from the rest.

It names no sources for types without a key, nor the external fields behind `requires` and `provides`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gateway.supergraph.model import Field, FieldInSource, FieldSet, Kind, Type


def with_external_fields(types: Mapping[str, Type]) -> dict[str, Type]:
    """The types with an external field for everything that a source requires or provides and does not resolve."""
    added: dict[tuple[str, str], set[str]] = {}
    for owner in types.values():
        for item in owner.fields.values():
            for source, said in item.sources.items():
                named = [
                    *_named(types, owner.name, said.requires),
                    *_named(types, said.type.name, said.provides),
                ]
                for coordinate in named:
                    added.setdefault(coordinate, set()).add(source)
    result = dict(types)
    for (type_name, name), sources in sorted(added.items()):
        known = result[type_name]
        item = known.fields[name]
        missing = [
            source for source in sorted(sources) if source in known.sources and source not in item.sources
        ]
        if missing:
            external = {source: _external(item) for source in missing}
            fields = {**known.fields, name: replace(item, sources={**item.sources, **external})}
            result[type_name] = replace(known, fields=fields)
    return result


def _external(item: Field) -> FieldInSource:
    arguments = next((said.arguments for said in item.sources.values()), {})
    return FieldInSource(item.type, arguments, external=True)


def _named(types: Mapping[str, Type], type_name: str, fields: FieldSet) -> Iterator[tuple[str, str]]:
    """Every (type, field) that a field set names, on concrete types too."""
    for part in fields:
        owner = part.on or type_name
        for name in {owner, *types[owner].possible}:
            if part.name in types[name].fields:
                yield name, part.name
        known = types[owner].fields.get(part.name)
        if known is not None and part.children:
            yield from _named(types, known.type.name, part.children)


def without_unreached(types: Mapping[str, Type], unsaid: frozenset[str]) -> dict[str, Type]:
    """The types, those of `unsaid` only in the sources that lead to them from what they are known to have."""
    known_to_have: dict[str, list[str]] = {}
    for name, known in types.items():
        for source in known.sources:
            known_to_have.setdefault(source, []).extend(() if name in unsaid else (name,))
    gone = {
        (name, source)
        for source, start in known_to_have.items()
        for name in unsaid - _reached(types, source, start)
    }
    return {name: _pruned(known, gone) for name, known in types.items()}


def _reached(types: Mapping[str, Type], source: str, start: list[str]) -> frozenset[str]:
    waiting = list(start)
    seen = set(waiting)
    while waiting:
        known = types[waiting.pop()]
        for name in _led_to(known, source):
            if name not in seen and name in types and source in types[name].sources:
                seen.add(name)
                waiting.append(name)
    return frozenset(seen)


def _led_to(known: Type, source: str) -> Iterator[str]:
    if known.kind in (Kind.INTERFACE, Kind.UNION):
        yield from known.sources[source].possible
    for item in known.fields.values():
        said = item.sources.get(source)
        if said is not None:
            yield said.type.name
            yield from (text.strip("[]!") for text in said.arguments.values())


def _pruned(known: Type, gone: set[tuple[str, str]]) -> Type:
    sources = {
        source: replace(
            said,
            interfaces=tuple(name for name in said.interfaces if (name, source) not in gone),
        )
        for source, said in known.sources.items()
        if (known.name, source) not in gone
    }
    fields = {
        name: replace(
            item, sources={source: said for source, said in item.sources.items() if source in sources}
        )
        for name, item in known.fields.items()
    }
    return replace(known, fields=fields, sources=sources)
