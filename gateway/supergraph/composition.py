"""Composition: the schemas of all sources, and the deployment's unified types, become one supergraph.

The rules are those of Apollo Federation v2 for what is honoured here (entities with keys, value types,
interfaces, unions, enums, scalars, inputs); error codes are the ones that Apollo's composition documents.
All findings are reported at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.merging import MergedType, merge_types, split_lists
from gateway.supergraph.model import Kind, Lookup, Source, Supergraph, Type, TypeInSource
from gateway.supergraph.public_schema import build_public_schema
from gateway.supergraph.satisfiability import unreachable_fields
from gateway.supergraph.source_schema import ONTOLOGY, SourceSchema, SourceText, SourceType, read_source

ScalarParser = Callable[[object], object]


def compose(
    sources: Sequence[SourceText],
    ontology_sdl: str = "",
    record: Mapping[str, str] | None = None,
    scalars: Mapping[str, ScalarParser] | None = None,
) -> Supergraph:
    """Compose `sources` into one supergraph whose output fields are all nullable.

    `record` names, per type, the source that decides whether an entity exists; each such type gets a lookup
    root. `scalars` holds the parser of each custom scalar (raises ValueError for input that is not valid).
    Raises ConfigurationError with every finding.
    """
    findings: list[Finding] = []
    schemas = _read(sources, findings)
    ontology = read_source(SourceText(ONTOLOGY, "", ontology_sdl), findings) if ontology_sdl.strip() else None
    merged = merge_types(schemas, ontology, findings)
    findings += split_lists(merged)
    if findings:
        raise ConfigurationError(findings)
    types = _with_possible(merged, schemas)
    lookups = _lookups(types, record or {}, findings)
    if not lookups and not findings:
        findings.append(Finding("NO_QUERIES", "no type has a lookup, so nothing can be asked",
                                "name a source of record for a type in `record:`"))  # fmt: skip
    if findings:
        raise ConfigurationError(findings)
    types, unreached = _reached(types, lookups)
    findings.extend(unreachable_fields(types, lookups))
    if findings:
        raise ConfigurationError(findings)
    schema, sdl = build_public_schema(merged, types, lookups, scalars or {})
    known = {
        text.name: Source(text.name, text.department, text.capabilities, text.sharing)
        for text in sorted(sources, key=lambda text: text.name)
    }
    return Supergraph(types, known, lookups, schema, sdl, _hints(schemas, ontology, merged, unreached))


def _read(sources: Sequence[SourceText], findings: list[Finding]) -> list[SourceSchema]:
    names: set[str] = set()
    schemas = []
    for text in sorted(sources, key=lambda text: text.name):
        if text.name in names:
            findings.append(Finding("INVALID_SUBGRAPH_NAME", f"two sources are called {text.name}",
                                    "give each source an id of its own", text.name))  # fmt: skip
        names.add(text.name)
        if text.sharing != "unconditional":
            findings.append(
                Finding("SHARING_UNSUPPORTED", f"{text.name} shares its data as {text.sharing!r}, which needs grants",
                        "register it with `sharing: unconditional`, or wait for grants", text.name)
            )  # fmt: skip
        schema = read_source(text, findings)
        if schema is not None:
            schemas.append(schema)
    return schemas


def _with_possible(merged: Mapping[str, MergedType], schemas: Sequence[SourceSchema]) -> dict[str, Type]:
    types = {}
    for name, found in merged.items():
        if found.kind is Kind.OBJECT:
            possible = frozenset({name})
        elif found.kind is Kind.UNION:
            possible = frozenset(found.members)
        elif found.kind is Kind.INTERFACE:
            possible = frozenset(other.name for other in merged.values()
                                 if other.kind is Kind.OBJECT and name in other.interfaces)  # fmt: skip
        else:
            possible = frozenset()
        fields = {item.name: item.field for item in found.fields.values()}
        sources = {
            schema.source.name: _in_source(schema.types[name], schema.types)
            for schema in schemas
            if name in schema.types
        }
        types[name] = Type(name, found.kind, fields, possible, found.keys, found.labels, sources)
    return types


def _in_source(said: SourceType, others: Mapping[str, SourceType]) -> TypeInSource:
    """What one source says of a type: which concrete types it can be there."""
    if said.kind is Kind.OBJECT:
        possible = frozenset({said.name})
    elif said.kind is Kind.UNION:
        possible = frozenset(said.members)
    else:
        possible = frozenset(other.name for other in others.values()
                             if other.kind is Kind.OBJECT and said.name in other.interfaces)  # fmt: skip
    return TypeInSource(said.kind, possible, interfaces=tuple(dict.fromkeys(said.interfaces)))


def _lookups(
    types: Mapping[str, Type], record: Mapping[str, str], findings: list[Finding]
) -> dict[str, Lookup]:
    lookups = {}
    for type_name, source in sorted(record.items()):
        entity = types.get(type_name)
        if entity is None:
            findings.append(Finding("RECORD_UNKNOWN_TYPE", f"`record` names {type_name}, which no source supplies",
                                    "correct the type's name in `record:`", "record"))  # fmt: skip
            continue
        keys = [key for key in entity.keys.get(source, ()) if len(key) == 1 and not key[0].children]
        if not keys:
            findings.append(
                Finding("RECORD_WITHOUT_KEY", f"{source} is the source of record of {type_name}, but finds none by key",
                        f"name a source that has a single key of {type_name}", "record")
            )  # fmt: skip
            continue
        name = type_name[0].lower() + type_name[1:]
        lookups[name] = Lookup(name, type_name, "id", keys[0][0].name, source)
    return lookups


def _reached(
    types: dict[str, Type], lookups: Mapping[str, Lookup]
) -> tuple[dict[str, Type], tuple[str, ...]]:
    """The types that some operation can meet, and the names of output types that none can."""
    seen: set[str] = set()
    waiting = [lookup.type_name for lookup in lookups.values()]
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


def _among(seen: set[str], found: Type) -> Type:
    """The type with nothing but the types in `seen` possible."""
    sources = {name: replace(said, possible=said.possible & seen) for name, said in found.sources.items()}
    return replace(found, possible=found.possible & seen, sources=sources)


def _named(text: str) -> str:
    return text.replace("[", "").replace("]", "").replace("!", "")


def _hints(
    schemas: Sequence[SourceSchema],
    ontology: SourceSchema | None,
    merged: Mapping[str, MergedType],
    unreached: Sequence[str],
) -> tuple[str, ...]:
    hints = [
        f"{schema.source.name} offers the root field {name}, which is left out: root fields of sources are not served"
        for schema in schemas
        for name in sorted(schema.root_fields)
    ]
    hints += [f"no operation can reach the type {name}, which is left out" for name in unreached]
    for unified in (ontology.types if ontology else {}).values():
        supplied: Mapping[str, object] = merged[unified.name].fields if unified.name in merged else {}
        missing = [name for name in unified.fields if name not in supplied]
        if unified.name not in merged:
            hints.append(f"no source supplies the unified type {unified.name}, which is left out")
        else:
            hints += [f"no source supplies {unified.name}.{name}, which is left out" for name in missing]
    return tuple(hints)
