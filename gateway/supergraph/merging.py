"""Merging: every type of every source, by name, into one definition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gateway.errors import Finding
from gateway.supergraph.model import Field, FieldInSource, FieldSet, Kind, Label, TypeRef
from gateway.supergraph.source_schema import SourceField, SourceSchema, SourceType

BUILT_IN_SCALARS = frozenset({"Int", "Float", "String", "Boolean", "ID"})


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field of the supergraph with what only its printing needs."""

    name: str
    field: Field
    arguments: Mapping[str, SourceField]
    description: str
    deprecated: str | None
    default: str | None


@dataclass(slots=True)
class MergedType:
    """A type of the supergraph before it is known which concrete types it can be."""

    name: str
    kind: Kind
    description: str
    fields: dict[str, MergedField] = field(default_factory=dict)
    keys: dict[str, tuple[FieldSet, ...]] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    members: tuple[str, ...] = ()
    interfaces: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)


def merge_types(
    schemas: Sequence[SourceSchema], ontology: SourceSchema | None, findings: list[Finding]
) -> dict[str, MergedType]:
    """All types by name, in order of name. What cannot be merged is added to `findings`."""
    names = sorted({name for schema in schemas for name in schema.types})
    merged = {}
    for name in names:
        said = {schema.source.name: schema.types[name] for schema in schemas if name in schema.types}
        unified = ontology.types.get(name) if ontology else None
        kinds = {item.kind for item in said.values()} | ({unified.kind} if unified else set())
        if len(kinds) > 1:
            places = ", ".join(f"{item.kind.value} at {item.place}" for item in said.values())
            findings.append(Finding("TYPE_KIND_MISMATCH", f"{name} is not one kind of type: {places}",
                                    "define it as the same kind everywhere", _first(said).place))  # fmt: skip
            continue
        merged[name] = _merge_type(name, said, unified, findings)
    _check_references(merged, findings)
    return merged


def _merge_type(
    name: str, said: Mapping[str, SourceType], unified: SourceType | None, findings: list[Finding]
) -> MergedType:
    everyone = [*([unified] if unified else []), *said.values()]
    kind = _first(said).kind
    result = MergedType(
        name,
        kind,
        next((item.description for item in everyone if item.description), ""),
        labels=_labels(item.labels for item in everyone),
        members=_in_order(member for item in said.values() for member in item.members),
        interfaces=_in_order(interface for item in said.values() for interface in item.interfaces),
    )
    result.keys = {
        source: tuple(key for key, resolvable in item.keys if resolvable and key)
        for source, item in said.items()
        if any(resolvable and key for key, resolvable in item.keys)
    }
    if kind is Kind.ENUM:
        result.values = {value: text for item in said.values() for value, text in item.values.items()}
        result.values |= {value: text for value, text in (unified.values if unified else {}).items()
                          if value in result.values}  # fmt: skip
        _check_enum(name, said, findings)
    names = _in_order(item for known in everyone for item in known.fields)
    for item in names:
        defined = {source: known.fields[item] for source, known in said.items() if item in known.fields}
        if kind is Kind.INPUT and len(defined) < len(said):
            continue  # Federation: input types are merged by intersection.
        if defined:
            own = unified.fields.get(item) if unified else None
            result.fields[item] = _merge_field(name, kind, item, defined, own, said, findings)
    return result


def _merge_field(
    type_name: str,
    kind: Kind,
    name: str,
    defined: Mapping[str, SourceField],
    unified: SourceField | None,
    said: Mapping[str, SourceType],
    findings: list[Finding],
) -> MergedField:
    everyone = [*([unified] if unified else []), *defined.values()]
    coordinate = f"{type_name}.{name}"
    _check_types(coordinate, everyone, findings)
    if kind is Kind.OBJECT:
        _check_sharing(coordinate, name, defined, said, findings)
    arguments = _merge_arguments(coordinate, defined, findings)
    sources = {
        source: FieldInSource(
            item.type,
            {argument: item.arguments[argument].type.text for argument in arguments},
            external=item.external and not _in_some_key(name, said[source]),
        )
        for source, item in defined.items()
    }
    first = next(iter(defined.values()))
    loosest = next((item.type for item in defined.values() if not item.type.text.endswith("!")), first.type)
    return MergedField(
        name,
        Field(name, loosest, sources, _labels(item.labels for item in everyone)),
        {argument: first.arguments[argument] for argument in arguments},
        next((item.description for item in everyone if item.description), ""),
        next((item.deprecated for item in everyone if item.deprecated), None),
        first.default,
    )


def _check_types(coordinate: str, everyone: Sequence[SourceField], findings: list[Finding]) -> None:
    shapes = {(item.type.name, item.type.lists) for item in everyone}
    if len(shapes) > 1:
        said = "; ".join(f"{item.type.text} at {item.place}" for item in everyone)
        findings.append(Finding("FIELD_TYPE_MISMATCH", f"{coordinate} has different types: {said}",
                                "give it one type everywhere", everyone[-1].place))  # fmt: skip


def _check_sharing(
    coordinate: str,
    name: str,
    defined: Mapping[str, SourceField],
    said: Mapping[str, SourceType],
    findings: list[Finding],
) -> None:
    """Federation v2: a field that several sources resolve is @shareable in each, unless it is part of a key."""
    for source, item in defined.items():
        if item.external and not _in_some_key(name, said[source]):
            findings.append(Finding("UNSUPPORTED_FEATURE", f"{coordinate} is @external in {source} beyond its keys",
                                    "take the field out of that schema", item.place))  # fmt: skip
    resolving = {source: item for source, item in defined.items()
                 if not item.external and not _in_some_key(name, said[source])}  # fmt: skip
    if len(resolving) > 1 and not all(item.shareable for item in resolving.values()):
        places = ", ".join(item.place for item in resolving.values())
        findings.append(
            Finding("INVALID_FIELD_SHARING", f"{coordinate} is resolved by several sources: {places}",
                    "let one of them own it, or mark it @shareable in all", next(iter(resolving.values())).place)
        )  # fmt: skip


def _merge_arguments(
    coordinate: str, defined: Mapping[str, SourceField], findings: list[Finding]
) -> list[str]:
    """The arguments that every source knows; an argument that some source requires must be known to all."""
    every = _in_order(name for item in defined.values() for name in item.arguments)
    common = []
    for name in every:
        said = [item.arguments[name] for item in defined.values() if name in item.arguments]
        if len({argument.type.text for argument in said}) > 1:
            findings.append(Finding("FIELD_ARGUMENT_TYPE_MISMATCH", f"{coordinate}({name}:) has different types",
                                    "give the argument one type everywhere", said[-1].place))  # fmt: skip
        if len(said) == len(defined):
            common.append(name)
        elif any(argument.type.text.endswith("!") and argument.default is None for argument in said):
            findings.append(
                Finding("REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH",
                        f"{coordinate}({name}:) is required by some sources and unknown to others",
                        "add it everywhere, or make it optional", said[0].place)
            )  # fmt: skip
    return common


def _check_enum(name: str, said: Mapping[str, SourceType], findings: list[Finding]) -> None:
    sets = {frozenset(item.values) for item in said.values()}
    if len(sets) > 1:
        findings.append(
            Finding("ENUM_VALUE_MISMATCH", f"the values of {name} differ between " + ", ".join(said),
                    "list the same values everywhere", _first(said).place)
        )  # fmt: skip


def _check_references(merged: Mapping[str, MergedType], findings: list[Finding]) -> None:
    for found in merged.values():
        places = [(f"{found.name}.{item.name}", item.field.type) for item in found.fields.values()]
        places += [(f"{found.name}.{item.name}({name}:)", argument.type)
                   for item in found.fields.values() for name, argument in item.arguments.items()]  # fmt: skip
        places += [(found.name, TypeRef(name, 0, name)) for name in (*found.members, *found.interfaces)]
        for place, reference in places:
            if reference.name not in merged and reference.name not in BUILT_IN_SCALARS:
                findings.append(Finding("INVALID_GRAPHQL", f"{place} names the type {reference.name}, which nobody defines",
                                        "define the type, or correct its name"))  # fmt: skip


def split_lists(merged: Mapping[str, MergedType]) -> list[Finding]:
    """Lists of keyless objects whose fields lie in different sources.

    Nothing tells which item of one source's list is which of another's: merged by position, a row could be
    judged by one item and shown with another's values.
    """
    findings = []
    for owner in merged.values():
        for item in owner.fields.values():
            target = merged.get(item.field.type.name)
            resolvers = set(item.field.resolvers)
            if not item.field.type.lists or target is None or target.keys or len(resolvers) < 2:
                continue
            if any(not resolvers <= set(part.field.resolvers) for part in target.fields.values()):
                findings.append(
                    Finding("UNSUPPORTED_FEATURE",
                            f"{owner.name}.{item.name} lists {target.name}, which has no key, from several sources, "
                            "each with fields of its own", f"give {target.name} a key, or let one source own the list")
                )  # fmt: skip
    return findings


def _in_some_key(name: str, known: SourceType) -> bool:
    return any(part.name == name for key, _ in known.keys for part in key)


def _labels(groups: Iterable[Iterable[Label]]) -> tuple[Label, ...]:
    found = {label for group in groups for label in group}
    return tuple(sorted(found, key=lambda label: (label.level, sorted(label.categories))))


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _first(said: Mapping[str, SourceType]) -> SourceType:
    return next(iter(said.values()))
