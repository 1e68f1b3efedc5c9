"""What one department's data may be given to: checked before a composed supergraph is served under a policy."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gateway.errors import Finding
from gateway.settings import SHARING, SupergraphSettings
from gateway.supergraph.model import TYPENAME, FieldSet, Supergraph

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
    """Inputs of `@requires` are disclosed to the source that requires them: refused until that can be approved.

    Keys of a type are disclosed by registration to the sources that find it by them; nothing else is.
    `files`: where each source is registered.
    """
    for type_name, owner in sorted(supergraph.types.items()):
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


def _foreign(fields: FieldSet, type_name: str, source: str, supergraph: Supergraph) -> Iterator[str]:
    """The fields of a field set that the source does not resolve, or not while some label is active, and whose they are.

    No keys are among them.
    """
    for part in fields:
        owner = supergraph.types[part.on or type_name]
        if part.name == TYPENAME:
            continue
        known = owner.fields[part.name]
        said = known.sources.get(source)
        leaves = any(source == move.old for move in known.moves)
        if said is None or said.external or leaves:
            others = sorted(known.ever_resolvers - {source})
            yield f"{owner.name}.{part.name}{' of ' if others else ''}{' or '.join(others)}"
        yield from _foreign(part.children, known.type.name, source, supergraph)
