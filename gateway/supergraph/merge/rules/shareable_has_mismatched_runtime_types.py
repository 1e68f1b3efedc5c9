"""SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: sources that share a field and cannot give it the same value."""

from collections.abc import Iterator, Mapping

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedField, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, listed, what_each_says
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourcePlace

CODE = "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES"


def check(merging: Merging) -> Iterator[Finding]:
    """The sources of a shared field have a concrete type in common that it can return."""
    for type_, field in merging.fields():
        types = runtime_types(merging, type_, field)
        if any(types.values()) and not frozenset.intersection(*types.values()):
            said: Mapping[str, tuple[str, SourcePlace]] = {
                source: (listed(sorted(names) or ["nothing"]), field.sources[source].marks.place)
                for source, names in types.items()
            }
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is shared, and can be {what_each_says(merging.sources, said)}: no type in"
                " common",
                "let all sources of the field return the same types, or resolve it in one source alone",
                next(iter(said.values()))[1],
            )


def runtime_types(merging: Merging, type_: MergedType, field: MergedField) -> dict[str, frozenset[str]]:
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
