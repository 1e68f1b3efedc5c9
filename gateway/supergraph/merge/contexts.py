"""Contexts over all sources: each is of one source, and clients do not give what is taken from one."""

from collections.abc import Iterator, Mapping

from gateway.supergraph.merge.model import JoinContextArgument
from gateway.supergraph.merge.type_refs import type_text
from gateway.supergraph.source.model import SourceField, SourceInput


def context_name(source: str, name: str) -> str:
    """What the composed schema calls a context of a source."""
    return f"{source}__{name}"


def contextual(said: Mapping[str, Mapping[str, SourceInput]]) -> frozenset[str]:
    """Of the arguments of one field in each source, those that any source takes from a context."""
    return frozenset(
        name for items in said.values() for name, item in items.items() if item.from_context is not None
    )


def given_by_clients(
    said: Mapping[str, Mapping[str, SourceInput]],
) -> Mapping[str, Mapping[str, SourceInput]]:
    """The arguments of one field in each source without those that any source takes from a context."""
    taken = contextual(said)
    if not taken:
        return said
    return {
        source: {name: item for name, item in items.items() if name not in taken}
        for source, items in said.items()
    }


def context_arguments(source: str, field: SourceField) -> Iterator[JoinContextArgument]:
    """What a source takes from contexts for a field."""
    for argument in field.arguments.values():
        given = argument.from_context
        if given is not None:
            yield JoinContextArgument(
                argument.name,
                type_text(argument.type),
                context_name(source, given.context),
                given.selection,
            )
