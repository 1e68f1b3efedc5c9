"""INVALID_GRAPHQL: input types that need one another without end once sources are merged."""

from collections.abc import Iterator

from graphql import NonNullTypeNode

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.model import Kind

CODE = "INVALID_GRAPHQL"


def check(merging: Merging) -> Iterator[Finding]:
    """GraphQL specification, "Input Objects": circular references pass through a nullable field or a list."""
    needs = _needs(merging)
    # What needs only input types that end, ends; what is left needs itself.
    endless = dict(needs)
    while True:
        ended = [name for name, needed in endless.items() if not needed & endless.keys()]
        if not ended:
            break
        for name in ended:
            del endless[name]
    circle = _circle(endless)
    if circle:
        first = merging.merged.types[circle[0]]
        places = {source: said.marks.place for source, said in first.sources.items()}
        yield finding(
            CODE,
            f"{' → '.join((*circle, circle[0]))}: these input types need one another in fields that are required once"
            f" merged; {circle[0]} is in {where(merging.sources, places)}",
            "make one of the fields nullable in all sources",
            next(iter(places.values())),
        )


def _needs(merging: Merging) -> dict[str, frozenset[str]]:
    """For each input type the input types of its required fields, lists apart."""
    types = merging.merged.types
    inputs = {name: type_ for name, type_ in types.items() if type_.kind is Kind.INPUT}
    return {
        name: frozenset(
            inner.type.name.value
            for item in type_.inputs.values()
            if isinstance(inner := item.type, NonNullTypeNode) and hasattr(inner.type, "name")
        )
        & inputs.keys()
        for name, type_ in inputs.items()
    }


def _circle(endless: dict[str, frozenset[str]]) -> list[str]:
    """One circle of those that are left."""
    walked: list[str] = []
    name = next(iter(endless), None)
    while name is not None and name not in walked:
        walked.append(name)
        name = min((needed for needed in endless[name] if needed in endless), default=None)
    return walked[walked.index(name) :] if name is not None else []
