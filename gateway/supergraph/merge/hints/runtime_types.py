"""Shared fields whose sources can return different concrete types."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, listed, what_each_says
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.model import Kind

CODE = "INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN"


def look(merging: Merging) -> Iterator[Finding]:
    """A shared field has the same value in all its sources, hence only types that all of them know.

    Where they have none in common, it is refused if any object of it can be asked of two sources.
    """
    for type_, field in merging.fields():
        types = _runtime_types(merging, type_, field)
        common = frozenset.intersection(*types.values()) if types else frozenset()
        if common and len(set(types.values())) > 1:
            said = {
                source: (listed(sorted(names)), field.sources[source].marks.place)
                for source, names in types.items()
            }
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is shared, and can be {what_each_says(merging.sources, said)}",
                f"see that it is never anything but {listed(sorted(common))} while it is shared",
                next(iter(said.values()))[1],
            )


def _runtime_types(merging: Merging, type_: MergedType, field: MergedField) -> dict[str, frozenset[str]]:
    """For each source that resolves a field of an object type: the concrete types that it can return there.

    Nothing where only one of them returns an interface or a union: others may promise less than that one. A source
    that knows the returned interface as an interface object alone is left out: it names no type.
    """
    if type_.kind is not Kind.OBJECT or len(field.sources) < 2:
        return {}
    moved = merging.overrides.of(type_.name, field.name).away_from
    found = {}
    abstract = 0
    for source, said in field.sources.items():
        name = named(said.type)
        types = merging.possible(source, name)
        if said.external is None and source not in moved and (types or _is_empty(merging, source, name)):
            found[source] = types
            abstract += name not in types
    return found if abstract > 1 else {}


def _is_empty(merging: Merging, source: str, name: str) -> bool:
    """Whether a source knows an interface without any implementation."""
    known = merging.sources.schemas[source].types.get(name)
    return known is not None and known.kind is Kind.INTERFACE and not known.interface_object
