"""What one department's data may be given to: checked before a composed supergraph is served under a policy."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gateway.errors import Finding
from gateway.policy.model import Coordinate
from gateway.settings import SHARING, SupergraphSettings
from gateway.supergraph.model import TYPENAME, Field, FieldSet, Supergraph, Type

_SHARED = SHARING[0]


def sharing_findings(supergraph: Supergraph, stated: SupergraphSettings, file: Path) -> Iterator[Finding]:
    """Every source must say that it shares: composed SDL does not, and nothing is shared by being forgotten."""
    for name in sorted(supergraph.sources):
        sharing = stated.sharing.get(name)
        if sharing is None:
            yield Finding("SHARING_UNSTATED", f"nothing says how {name} shares its data",
                          f"add `{name}:` with {', '.join(SHARING)} to `sharing:`", file)  # fmt: skip
        elif sharing != _SHARED:
            yield Finding("SHARING_UNSUPPORTED", f"{name} shares its data as {sharing!r}, which needs grants",
                          f"compose without it, state `{name}: {_SHARED}`, or wait for grants", file)  # fmt: skip
    for name in sorted(stated.sharing.keys() - supergraph.sources.keys()):
        yield Finding("SHARING_UNSTATED", f"`sharing:` names {name[:80]!r}, which is no source",
                      f"the sources are {', '.join(sorted(supergraph.sources))}", file)  # fmt: skip


def exchange_findings(supergraph: Supergraph, files: Mapping[str, Path]) -> Iterator[Finding]:
    """What others supply is disclosed to the source that requires it: refused until that can be approved.

    Keys of a type are disclosed by registration to the sources that find it by them; nothing else is. A field is no
    key because one source that does not have it calls it so: that would be an input by another name.
    `files`: where each source is registered.
    """
    for type_name, owner in sorted(supergraph.types.items()):
        for source, keys in sorted(owner.keys.items()):
            inputs = sorted({told for key in keys for told in _borrowed(key, owner, source, supergraph)})
            if inputs:
                yield Finding(
                    "EXCHANGE_MISSING",
                    f"{source} finds {type_name} by {', '.join(inputs)}, which may not be passed on: it is no key there",
                    "let the source find the type by a key that the type has elsewhere, or by fields of its own",
                    files[source],
                )
        for field in owner.fields.values():
            for source, said in sorted(field.sources.items()):
                inputs = sorted(set(_foreign(said.requires, type_name, source, supergraph)))
                if inputs:
                    yield Finding(
                        "EXCHANGE_MISSING",
                        f"{type_name}.{field.name} of {source} requires {', '.join(inputs)}, which may not be passed on",
                        "leave the field out of what is composed: inputs cannot be approved yet (exchange.yaml)",
                        files[source],
                    )


def _borrowed(key: FieldSet, owner: Type, source: str, supergraph: Supergraph) -> Iterator[str]:
    """The fields of a key that the source does not resolve, and by which nobody who does finds the type."""
    for path in _paths(key, owner.name, supergraph):
        steps = [supergraph.field(*step) for step in path]
        if all(_resolves(source, step) for step in steps):
            continue
        others = _others(source, steps[-1])
        found_by = (there for other in others for there in owner.keys.get(other, ()))
        if not any(path in _paths(there, owner.name, supergraph) for there in found_by):
            yield _told(*path[-1], others)


def _paths(fields: FieldSet, type_name: str, supergraph: Supergraph) -> Iterator[tuple[Coordinate, ...]]:
    """The way to each plain value of a field set."""
    for part in fields:
        step = (part.on or type_name, part.name)
        if part.children:
            returned = supergraph.field(*step).type.name
            yield from ((step, *rest) for rest in _paths(part.children, returned, supergraph))
        elif part.name != TYPENAME:
            yield (step,)


def _foreign(fields: FieldSet, type_name: str, source: str, supergraph: Supergraph) -> Iterator[str]:
    """The fields of a field set that the source does not resolve, or not while some label is active, and whose they are.

    No keys are among them.
    """
    for part in fields:
        owner = supergraph.types[part.on or type_name]
        if part.name == TYPENAME:
            continue
        known = owner.fields[part.name]
        if not _resolves(source, known):
            yield _told(owner.name, part.name, _others(source, known))
        yield from _foreign(part.children, known.type.name, source, supergraph)


def _resolves(source: str, field: Field) -> bool:
    """Whether a source resolves a field whichever labels are active."""
    said = field.sources.get(source)
    return said is not None and not said.external and all(source != move.old for move in field.moves)


def _others(source: str, field: Field) -> list[str]:
    return sorted(field.ever_resolvers - {source})


def _told(type_name: str, field: str, others: Sequence[str]) -> str:
    return f"{type_name}.{field}{' of ' if others else ''}{' or '.join(others)}"
